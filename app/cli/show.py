"""`sightline show`: everything on record about an entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from graph.record.model import Claim, Entity

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
)


@click.command("show", epilog=examples("sightline show axis-communications"))
@click.argument("entity", metavar="ID")
@options()
def command(request: Request, entity: str) -> None:
    """Show an entity with its links, and with each claim's sources and replies.

    ID is an id, or a name that only one entity has. CSV has one row per claim.
    """
    with request.open() as store:
        shown = entity_of(store, entity)
        links = store.neighbours(shown.id).to_pylist()
        of_link = {
            claim: link["link_id"]
            for link in links
            for column in ("claim_ids", "withdrawn_ids", "refuting_ids")
            for claim in link[column]
        }
        about = dict.fromkeys(claim.id for claim in store.claims_about(shown.id))
        evidence = gather(store, about | of_link)
        ends = {link[end] for link in links for end in ("tail", "head", "programme")}
        names = names_of(store, (ends | entities_in(evidence) | {shown.id}) - {""})
        version = store.version
    result = {
        **msgspec.to_builtins(shown),
        "links": [_link(link) for link in links],
        "claims": [_claim(item, of_link) for item in evidence],
        "sources": _sources(evidence),
    }
    output.write_answer(
        request.format,
        output.Document(data_version=version, filters={"id": shown.id}, total=1, results=[result]),
        lambda page: _table(page, shown, links, evidence, of_link, names, version),
        COLUMNS,
        [_row(item, of_link) for item in evidence],
    )


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


def _table(
    page: Page,
    entity: Entity,
    links: Sequence[Mapping[str, Any]],
    evidence: Sequence[Evidence],
    of_link: Mapping[str, str],
    names: Mapping[str, str],
    version: str,
) -> None:
    page.text(entity.name, style="bold")
    page.text(", ".join((wording.kind(entity.kind), *entity.country, f"id {entity.id}")))
    for label, text in _about(entity):
        page.text(text, indent=label.ljust(14))
    writer = EvidenceWriter(page, names)
    by_link: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_link.setdefault(of_link.get(item.claim.id, ""), []).append(item)
    page.heading(f"Links: {len(links):,}" if links else "Links: none")
    for number, link in enumerate(sorted(links, key=_order), start=1):
        page.gap()
        page.text(_sentence(link, names), indent=f"{number}. ", style="bold")
        writer.claims(by_link.get(link["link_id"], []))
    others = by_link.get("", [])
    elsewhere = [item for item in others if _joins_others(item.claim, entity.id)]
    said_only = [item for item in others if not _joins_others(item.claim, entity.id)]
    if elsewhere:
        page.heading(f"Named in links of others: {len(elsewhere):,}")
    for item in elsewhere:
        page.gap()
        page.text(wording.claim(item.claim, names), style="bold")
        writer.claims([item])
    if said_only:
        page.heading(f"Statements without a link: {len(said_only):,}")
    for item in said_only:
        writer.claims([item])
    page.gap()
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
