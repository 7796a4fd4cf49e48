"""`sightline look-next`: entities near given ones in the record; never a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from app.cli import output
from app.cli.entities import entity_of, names_of
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph import wording
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.network.build import Link
    from graph.network.look_next import EntityPair, Suggestion

COLUMNS = ("id", "kind", "nearness", "steps", "link_ids", "claim_ids", "name")
_LINK_COLUMNS = (
    "relation",
    "link_id",
    "claim_ids",
    "refuting_ids",
    "statuses",
    "valid_from",
    "valid_to",
    "as_of",
    "contract",
    "programme",
)
#: Number of links per tie that the table shows.
SPELLED = 3


@click.command(
    "look-next",
    epilog=examples(
        "sightline look-next morpho", "sightline look-next axis-communications safran --top 5"
    ),
)
@click.argument("entities", metavar="ENTITY...", nargs=-1, required=True)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    default=20,
    show_default=True,
    help="Maximum number of entities, nearest first.",
)
@click.option(
    "--steps",
    type=click.IntRange(1, 12),
    metavar="N",
    default=6,
    show_default=True,
    help="Maximum distance in links.",
)
@options()
def command(request: Request, entities: tuple[str, ...], top: int, steps: int) -> None:
    """Suggest where to look next in the record, around given entities.

    ENTITY is an id, or a name that only one entity has. Nearness is personalised PageRank: the
    share of steps that a random walk over links, restarting often at an ENTITY, spends at an
    entity. Links of every kind, status and date count, in both directions. Nearness is not a
    score, does not describe anybody's conduct, and does not enter any score.
    """
    from graph.network.look_next import MEANING, WEAK, look_next
    from graph.network.nearby import network_near

    with request.open() as store:
        seeds = list(dict.fromkeys(entity_of(store, text).id for text in entities))
        network, left_out = network_near(store, seeds, steps, progress=True)
        answered = look_next(network, seeds, top=top)
        shown = answered.suggestions
        names = names_of(store, {*seeds, *_ids_in(shown)})
        version = store.version
    if more := answered.total - len(shown):
        left_out = {**left_out, "top": more}
    answer = output.Document(
        data_version=version,
        filters={"entities": seeds, "top": top, "steps": steps},
        total=answered.total,
        left_out=left_out,
        results=[_as_json(suggestion, names) for suggestion in shown],
        beside={"meaning": MEANING},
        notices=_at_the_edge(left_out),
    )

    ends = {
        end for suggestion in shown for tie in suggestion.ties for end in (tie.nearer, tie.farther)
    }
    weak = any(network.nodes[end]["kind"].entry.crowded for end in ends)

    def table(page: Page) -> None:
        _table(page, answer, shown, names)
        if shown:
            page.text(MEANING, style="dim")
        if weak:
            page.text(WEAK, style="dim")
        page.text(f"Data {version[:12]}.", style="dim")

    output.write_answer(request.format, answer, table, COLUMNS, map(_row, answer.results))


def _ids_in(shown: Sequence[Suggestion]) -> Iterator[str]:
    for suggestion in shown:
        yield suggestion.id
        for tie in suggestion.ties:
            for link in tie.links:
                yield from filter(None, (link.tail, link.head, link.programme))


def _as_json(suggestion: Suggestion, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": suggestion.id,
        "kind": suggestion.kind,
        "nearness": suggestion.nearness,
        "steps": suggestion.steps,
        "ties": [
            {
                "nearer": tie.nearer,
                "farther": tie.farther,
                "links": [_link_as_json(link) for link in tie.links],
            }
            for tie in suggestion.ties
        ],
        "name": names[suggestion.id],
    }


def _link_as_json(link: Link) -> dict[str, Any]:
    ends = {"from_id": link.tail, "to_id": link.head}
    return ends | {name: getattr(link, name) for name in _LINK_COLUMNS}


def _row(result: Mapping[str, Any]) -> dict[str, Any]:
    links = [link for tie in result["ties"] for link in tie["links"]]
    return {
        **result,
        "link_ids": [link["link_id"] for link in links],
        "claim_ids": [claim for link in links for claim in link["claim_ids"]],
    }


def _table(
    page: Page, answer: output.Document, shown: Sequence[Suggestion], names: Mapping[str, str]
) -> None:
    around = ", ".join(names[seed] for seed in answer.filters["entities"])
    if shown:
        page.text(f"Where to look next around {around}, nearest first", style="bold")
    else:
        page.text(f"No other entity is linked to {around} in the record.")
    for number, suggestion in enumerate(shown, start=1):
        page.gap()
        nearness = f"{suggestion.nearness:.3f}" if suggestion.nearness >= 0.001 else "under 0.001"
        page.text(
            f"{names[suggestion.id]}, {wording.kind(suggestion.kind)}, "
            f"id {page.identifier(suggestion.id)}: "
            f"nearness {nearness}, {number_of(suggestion.steps, 'step')} away",
            indent=f"{number}. ",
            style="bold",
        )
        for tie in suggestion.ties:
            _tie(page, tie, names)
    page.gap()
    for sentence in _left_out(answer):
        page.text(sentence)


def _tie(page: Page, tie: EntityPair, names: Mapping[str, str]) -> None:
    for link in tie.links[:SPELLED]:
        page.text(_sentence(page, link, names), indent="   ")
    if (more := len(tie.links) - SPELLED) > 0:
        ends = f"{names[tie.nearer]} and {names[tie.farther]}"
        page.text(f"and {number_of(more, 'more link')} between {ends}", indent="   ")


def _sentence(page: Page, link: Link, names: Mapping[str, str]) -> str:
    """Return a link in words, with its statuses and the claims to look up."""
    tail, head = (wording.name_or_id(end, names) for end in (link.tail, link.head))
    sentence = f"{tail} {wording.predicate(link.relation, link.valid_to)} {head}"
    if link.programme:
        sentence += f" for {wording.name_or_id(link.programme, names)}"
    if not link.relation.entry.timeless:
        sentence += f", {link.when}"
    behind_it = [wording.statuses(link.statuses).replace(" · ", ", ")]
    behind_it.append(
        ("claim " if len(link.claim_ids) == 1 else "claims ")
        + ", ".join(map(page.identifier, link.claim_ids))
    )
    if link.refuting_ids:
        behind_it.append(wording.refuted(len(link.refuting_ids)))
    return f"{sentence} ({'; '.join(behind_it)})"


def _left_out(answer: output.Document) -> Iterator[str]:
    further = answer.left_out
    if more := further.get("top"):
        are = "entity is" if more == 1 else "entities are"
        yield f"{more:,} {are} farther and not shown; --top {answer.total} shows all."
    yield from answer.notices


def _at_the_edge(left_out: Mapping[str, int]) -> list[str]:
    edge = left_out.get("steps", 0) + left_out.get("followed", 0)
    if not edge:
        return []
    why = "there are too many" if "followed" in left_out else "--steps sets the distance"
    where = number_of(edge, "entity", "entities")
    return [f"The search stopped at {where} with further links: {why}."]
