"""The entity page: what the record says about a company, body or programme, with replies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from app.parts import html
from app.parts.data import Data, ends, entities, may_be_on_paths
from app.parts.question_form import entity_box
from app.parts.view import View
from graph import wording
from graph.evidence import Evidence, entities_in, gather
from graph.network.build import Link, from_records, links_by_id
from graph.record import dates
from graph.record.vocabulary import Relation, Section, Stance


class Bar(NamedTuple):
    """The dates of a link as bars from 0 to 100: possible days (outer), certain days (inner).

    Each bar is a start and a length.
    """

    label: str
    outer: tuple[float, float]
    inner: tuple[float, float] | None


def page(data: Data) -> None:
    """Draw the page."""
    view = View("entity")
    listed = ends(data)
    chosen = entity_box(data, view, "Entity", "id", listed.exporters | listed.targets)
    view.write(id=chosen)
    if not chosen:
        html.note("Choose an entity, or type a name in any script.")
        return
    entity = data.store.entity(chosen)
    claims = data.store.claims_about(chosen)
    evidence = gather(data.store, [claim.id for claim in claims])
    names = {
        id_: known_entity.name
        for id_, known_entity in entities(data, entities_in(evidence)).items()
    }
    known = _links(data, evidence)
    begins, is_end = may_be_on_paths(data, chosen, entity.kind)
    html.show_template(
        "entity.html",
        entity=entity,
        names=names,
        begins=begins,
        ends=is_end,
        pinned=data.pinned,
    )
    _ownership(data, known, names)
    _sections(data, known, names, chosen)
    linked = [item for item in evidence if item.claim.relation is not Relation.SAYS]
    statements = [item for item in evidence if item.claim.relation is Relation.SAYS]
    html.show_template("claims.html", title="Claims behind the links", rows=linked, names=names)
    html.show_template("claims.html", title=Section.STATEMENTS, rows=statements, names=names)


def _links(data: Data, evidence: Iterable[Evidence]) -> list[Link]:
    """Return the links behind claims, by date."""
    rows = list(evidence)
    supported = {item.claim.id for item in rows}
    refuted = {item.claim.about for item in rows if item.claim.stance is Stance.REFUTES} - supported
    claims = [item.claim for item in rows] + list(data.store.claims(sorted(refuted)).values())
    ids = {end for claim in claims for end in (claim.subject, claim.object)}
    sources = {source.id: source for item in rows for source in (*item.sources, *item.origins)}
    network = from_records(entities(data, ids).values(), sources.values(), claims)
    return sorted(
        links_by_id(network).values(), key=lambda link: (link.readings.outer, link.link_id)
    )


def _ownership(data: Data, known: list[Link], names: dict[str, str]) -> None:
    """Show ownership and succession over the years."""
    chosen = [link for link in known if Section.OWNERSHIP in link.relation.entry.sections]
    if not chosen:
        return
    days = [day for link in chosen for day in link.readings.outer if day not in _OPEN]
    years = [date.fromordinal(day).year for day in days]
    first, last = min(years, default=2000), max(years, default=2000) + 1
    html.show_template(
        "ownership.html",
        title=Section.OWNERSHIP,
        bars=[_bar(link, names, first, last) for link in chosen if not _undated(link)],
        undated=[_statement(link, names) for link in chosen if _undated(link)],
        first=first,
        last=last,
        pinned=data.pinned,
    )


_OPEN = (dates.EARLIEST, dates.LATEST)


def _undated(link: Link) -> bool:
    return not (link.valid_from or link.valid_to or link.as_of)


def _statement(link: Link, names: dict[str, str]) -> str:
    tail, head = wording.name_or_id(link.tail, names), wording.name_or_id(link.head, names)
    verb = wording.verb(link.relation, link.valid_to)
    share = f" {link.share:g} % of" if link.share is not None else ""
    return f"{tail} {verb}{share} {head}, {link.when}; {wording.statuses(link.statuses)}"


def _bar(link: Link, names: dict[str, str], first: int, last: int) -> Bar:
    begin, end = date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal()

    def place(days: dates.Days) -> tuple[float, float]:
        left, right = (min(max(day, begin), end) for day in days)
        share = 100 / (end - begin)
        return round((left - begin) * share, 2), round((right - left) * share, 2)

    inner = link.readings.inner
    event = link.relation.entry.event
    return Bar(
        _statement(link, names),
        place(link.readings.outer),
        None if event or not inner else place(inner),
    )


def _section(link: Link, entity: str) -> Section:
    """Return the section of a link on the page of an entity."""
    of_subject, of_object = link.relation.entry.sections
    return of_object if entity == link.head else of_subject


def _sections(data: Data, known: list[Link], names: dict[str, str], entity: str) -> None:
    for section in Section:
        if section is Section.OWNERSHIP:
            continue  # shown as bars
        rows: list[dict[str, Any]] = [
            {
                "tail": (link.tail, wording.name_or_id(link.tail, names)),
                "said": wording.link_in_words(link),
                "head": (link.head, wording.name_or_id(link.head, names)),
                "for": wording.name_or_id(link.programme, names) if link.programme else "",
                "what": [
                    wording.name_or_id(link.product, names) if link.product else "",
                    link.technology,
                ],
                "statuses": wording.statuses(link.statuses),
                "refuted": wording.refuted(len(link.refuting_ids)) if link.refuting_ids else "",
            }
            for link in known
            if _section(link, entity) is section
        ]
        if rows:
            html.show_template(
                "links.html", title=section, rows=rows, entity=entity, pinned=data.pinned
            )
