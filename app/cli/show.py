"""`sightline show`: everything on record about an entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from app.cli import output
from app.cli.entities import entity_of, names_of
from app.cli.evidence import EvidenceWriter
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page
from graph import wording
from graph.evidence import Evidence, entities_in, gather
from graph.record import dates
from graph.record.vocabulary import Relation, Status
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.record.model import Claim, Entity
    from graph.stores.base import Store

COLUMNS = (
    "claim",
    "relation",
    "subject",
    "object",
    "status",
    "valid_from",
    "valid_to",
    "as_of",
    "link_id",
    "sources",
    "origins",
    "text",
    "stance",
    "about",
    "stage",
    "product",
    "technology",
    "value",
    "currency",
    "role",
    "form",
    "contract",
    "programme",
    "share",
    "asserted_by",
    "data_version",
)


class EntityRecord(NamedTuple):
    """The record about an entity, up to a number of claims.

    Parameters
    ----------
    entity : Entity
        The entity.
    links : list of mapping
        Its links with a shown claim, in display order.
    evidence : list of Evidence
        The shown claims: those of the links, links between others that name it, statements.
    of_link : mapping of str to str
        Link of each claim; claims that make no link are absent.
    names : mapping of str to str
        Names by id.
    totals : tuple of int
        Number of links, and number of claims, including those left out.
    """

    entity: Entity
    links: list[Mapping[str, Any]]
    evidence: list[Evidence]
    of_link: Mapping[str, str]
    names: Mapping[str, str]
    totals: tuple[int, int]

    @property
    def claims_left_out(self) -> int:
        """Number of claims beyond the limit."""
        return self.totals[1] - len(self.evidence)

    @property
    def notices(self) -> list[str]:
        """Sentences about the claims and links beyond the limit."""
        if not self.claims_left_out:
            return []
        claims = number_of(self.claims_left_out, "further claim")
        links = number_of(self.totals[0] - len(self.links), "further link")
        return [f"{claims} and {links} are left out; --limit {self.totals[1]} includes all."]


@click.command("show", epilog=examples("sightline show axis-communications"))
@click.argument("entity", metavar="ID")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    default=200,
    show_default=True,
    help="Maximum number of claims.",
)
@options()
def command(request: Request, entity: str, limit: int) -> None:
    """Show an entity with its links, and with each claim's sources and replies.

    ID is an id, or a name that only one entity has. CSV has one row per claim.
    """
    with request.open() as store:
        known = _read(store, entity_of(store, entity), limit)
        version = store.version
    result = {
        **msgspec.to_builtins(known.entity),
        "links": [_link(link) for link in known.links],
        "claims": [_claim(item, known.of_link) for item in known.evidence],
        "sources": _sources(known.evidence),
    }
    output.write_answer(
        request.format,
        output.Document(
            data_version=version,
            filters={"id": known.entity.id, "limit": limit},
            total=1,
            left_out={"limit": known.claims_left_out} if known.claims_left_out else {},
            notices=known.notices,
            results=[result],
        ),
        lambda page: _table(page, known, version),
        COLUMNS,
        [_row(item, known.of_link) for item in known.evidence],
    )


def _read(store: Store, entity: Entity, limit: int) -> EntityRecord:
    links = sorted(store.neighbours(entity.id).to_pylist(), key=_order)
    of_link = {
        claim: link["link_id"]
        for link in links
        for column in ("claim_ids", "withdrawn_ids", "refuting_ids")
        for claim in link[column]
    }
    others = [claim for claim in store.claims_about(entity.id) if claim.id not in of_link]
    others.sort(key=lambda claim: (claim.relation is Relation.SAYS, *_days(claim)))
    ids = [*of_link, *(claim.id for claim in others)]
    evidence = gather(store, ids[:limit])
    shown_links = {of_link[id_] for id_ in ids[:limit] if id_ in of_link}
    shown = [link for link in links if link["link_id"] in shown_links]
    ends = {link[end] for link in shown for end in ("tail", "head", "programme", "product")}
    names = names_of(store, (ends | entities_in(evidence) | {entity.id}) - {""})
    return EntityRecord(entity, shown, evidence, of_link, names, (len(links), len(ids)))


def _days(claim: Claim) -> tuple[str, str, str]:
    """Return the sort key of a claim by date; undated claims come last."""
    dates_of_claim = claim.valid_from or claim.as_of or claim.valid_to or "~"
    return dates_of_claim, claim.valid_to, claim.id


def _link(link: Mapping[str, Any]) -> dict[str, Any]:
    fields = {"from_id": link["tail"], "to_id": link["head"]}
    return fields | {
        key: link[key]
        for key in (
            "relation",
            "link_id",
            "claim_ids",
            "withdrawn_ids",
            "refuting_ids",
            "statuses",
            "valid_from",
            "valid_to",
            "as_of",
            "contract",
            "programme",
        )
    }


def _claim(item: Evidence, of_link: Mapping[str, str]) -> dict[str, Any]:
    return {
        **msgspec.to_builtins(item.claim),
        "link_id": of_link.get(item.claim.id, ""),
        "origins": [root.id for root in item.origins],
        "replies": [msgspec.to_builtins(reply) for reply in item.replies],
    }


def _sources(evidence: Iterable[Evidence]) -> list[Any]:
    sources = {
        source.id: source
        for item in evidence
        for source in (*item.sources, *item.origins, *item.reply_sources.values())
    }
    return [msgspec.to_builtins(sources[id_]) for id_ in sorted(sources)]


def _row(item: Evidence, of_link: Mapping[str, str]) -> dict[str, Any]:
    fields = msgspec.structs.asdict(item.claim)
    roots = [root.id for root in item.origins]
    return fields | {
        "claim": item.claim.id,
        "link_id": of_link.get(item.claim.id, ""),
        "origins": roots,
    }


def _table(page: Page, known: EntityRecord, version: str) -> None:
    entity, names = known.entity, known.names
    page.text(entity.name, style="bold")
    identifier = page.identifier(entity.id)
    page.text(", ".join((wording.kind(entity.kind), *entity.country, f"id {identifier}")))
    for label, text in _about(entity):
        page.text(text, indent=label.ljust(14))
    writer = EvidenceWriter(page, names)
    by_link: dict[str, list[Evidence]] = {}
    for item in known.evidence:
        by_link.setdefault(known.of_link.get(item.claim.id, ""), []).append(item)
    page.heading(f"Links: {known.totals[0]:,}" if known.totals[0] else "Links: none")
    for number, link in enumerate(known.links, start=1):
        page.gap()
        page.text(_sentence(link, names), indent=f"{number}. ", style="bold")
        writer.claims(by_link.get(link["link_id"], []))
    others = by_link.get("", [])
    elsewhere = [item for item in others if _joins_others(item.claim, entity.id)]
    statements = [item for item in others if not _joins_others(item.claim, entity.id)]
    if elsewhere:
        page.heading(f"Named in links of others: {len(elsewhere):,}")
    for item in elsewhere:
        page.gap()
        page.text(wording.claim(item.claim, names), style="bold")
        writer.claims([item])
    if statements:
        page.heading(f"Statements without a link: {len(statements):,}")
    for item in statements:
        writer.claims([item])
    page.gap()
    for sentence in known.notices:
        page.text(sentence)
    page.text(f"Data {version[:12]}.", style="dim")


def _joins_others(claim: Claim, entity: str) -> bool:
    """Return whether a claim links others and only names an entity, say as a product."""
    return claim.relation is not Relation.SAYS and entity not in (claim.subject, claim.object)


def _about(entity: Entity) -> Iterable[tuple[str, str]]:
    """Return the fields of the entity itself that are filled, with their labels."""
    lines = {
        "Also called": "; ".join(entity.aliases),
        "Identifiers": "; ".join(entity.identifiers),
        "Founded": entity.founded,
        "Dissolved": entity.dissolved,
        "Stand-in": "for several or unnamed bodies" if entity.collective else "",
        "Address": entity.url,
        "Note": entity.note,
    }
    return ((label, text) for label, text in lines.items() if text)


def _order(link: Mapping[str, Any]) -> tuple[int, str, str]:
    return list(Relation).index(Relation(link["relation"])), link["valid_from"], link["link_id"]


def _sentence(link: Mapping[str, Any], names: Mapping[str, str]) -> str:
    relation = Relation(link["relation"])
    tail, head = (wording.name_or_id(link[end], names) for end in ("tail", "head"))
    sentence = f"{tail} {wording.predicate(relation, link['valid_to'])} {head}"
    if link["programme"]:
        sentence += f" for {wording.name_or_id(link['programme'], names)}"
    if not relation.entry.timeless:
        event = relation.entry.event
        when = dates.interval_in_words(
            link["valid_from"], link["valid_to"], link["as_of"], event=event
        )
        sentence += f", {when}"
    return f"{sentence} ({wording.statuses(map(Status, link['statuses'])).replace(' · ', ', ')})"
