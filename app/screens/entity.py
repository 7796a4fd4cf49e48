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
from graph.record.model import Claim
from graph.record.vocabulary import Relation, Section, Stance


class Bar(NamedTuple):
    """The dates of a link as bars from 0 to 100: possible days (outer), certain days (inner).

    Each bar is a start and a length.
    """

    label: str
    outer: tuple[float, float]
    inner: tuple[float, float] | None


#: Claims on one page; an entity with more has several pages.
CLAIMS_A_PAGE = 200


def page(data: Data) -> None:
    """Draw the page."""
    view = View("entity", data)
    if view.fresh and view.get("start"):
        _check_start(data, view)
    listed = ends(data)
    chosen = entity_box(data, view, "Entity", "id", listed.exporters | listed.targets)
    if not chosen:
        view.write(id=chosen)
        html.note("Choose an entity, or type a name in any script.")
        return
    entity = data.store.entity(chosen)
    claims = sorted(data.store.claims_about(chosen), key=_order)
    start = int(view.get("start") or 1) if view.still({"id": chosen}) else 1
    view.write(id=chosen, start=start if start > 1 else "")
    shown = claims[start - 1 : start - 1 + CLAIMS_A_PAGE]
    evidence = gather(data.store, [claim.id for claim in shown])
    known = _links(data, evidence)
    ids = entities_in(evidence) | {end for link in known for end in (link.tail, link.head)}
    names = {id_: known_entity.name for id_, known_entity in entities(data, ids).items()}
    begins, is_end = may_be_on_paths(data, chosen, entity.kind)
    html.show_template(
        "entity.html",
        entity=entity,
        names=names,
        begins=begins,
        ends=is_end,
        pinned=data.pinned,
    )
    _pages(data, chosen, start, len(claims))
    _ownership(data, known, names)
    _sections(data, known, names, chosen)
    linked = [item for item in evidence if item.claim.relation is not Relation.SAYS]
    statements = [item for item in evidence if item.claim.relation is Relation.SAYS]
    html.show_template("claims.html", title="Claims behind the links", rows=linked, names=names)
    html.show_template("claims.html", title=Section.STATEMENTS, rows=statements, names=names)
    _pages(data, chosen, start, len(claims))


def _check_start(data: Data, view: View) -> None:
    """Refuse an address that begins after the last claim."""
    total = len(data.store.claims_about(view.get("id"))) if view.get("id") else 0
    if int(view.get("start")) > max(total, 1):
        has = "1 claim" if total == 1 else f"{total:,} claims"
        why = f"start: the record has {has} about this entity, and the page would begin after them."
        view.refuse("start", why=why)


def _order(claim: Claim) -> tuple[int, str, str]:
    day = claim.valid_from or claim.as_of or claim.valid_to or "~"  # undated ones last
    return list(Relation).index(claim.relation), day, claim.id


def _pages(data: Data, entity: str, start: int, total: int) -> None:
    """Say which claims the page shows, and link to the others."""
    if total <= CLAIMS_A_PAGE:
        return
    last = min(start + CLAIMS_A_PAGE - 1, total)

    def address(first: int) -> str:
        return html.view_address("entity", id=entity, start=first, v=data.pinned)

    html.show_template(
        "pages.html",
        first=start,
        last=last,
        total=total,
        before=address(max(start - CLAIMS_A_PAGE, 1)) if start > 1 else "",
        after=address(last + 1) if last < total else "",
        command=f"sightline show {entity} --limit {total}",
    )


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
