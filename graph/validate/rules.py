"""What a record must keep to beyond its field types: dates, intervals, ends, and what needs what.

These rules look at one record, and at the kinds of the entities that it names. What only the whole
set tells (unknown ids, duplicates, cycles) is in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from graph.record import dates
from graph.record.countries import CODES, INVENTED, OF_USERS
from graph.record.dates import Days
from graph.record.model import AnyRecord, Claim, Entity, Reply, Source
from graph.record.spellings import is_invisible
from graph.record.vocabulary import Kind, Relation, Stance
from graph.validate.date_styles import date_cure
from graph.validate.faults import Fault

#: Words that mean a natural person, as a kind.
PERSON = frozenset({"person", "persons", "people", "individual", "natural person", "human"})

DATE_WORDS = "a year, month or day (2015, 2015-09, 2015-09-21), or a span of two (2010/2011)"
#: Codes that people and institutions use, and ISO does not: unseen, they would be outside the EU.
_MISTAKEN = {"UK": "GB", "EL": "GR"}
_LARGEST = 15  # digits before the point of a value: more is a slip, not a contract


_LOST = "\ufffd"
#: Columns of names and texts.
_PROSE: dict[type[AnyRecord], tuple[str, ...]] = {
    Entity: ("name", "aliases", "identifiers", "note"),
    Source: ("title", "publisher", "author", "note"),
    Claim: ("asserted_by", "technology", "text", "note"),
    Reply: ("text",),
}


class Known(NamedTuple):
    """Facts about other records that the rules need.

    Parameters
    ----------
    kind_of : callable
        Entity id to its kind; None where the id or its kind is unknown, which is another fault.
    is_collective : callable
        Entity id to whether it stands for several or unnamed bodies.
    judged : callable
        Whether reviewers have judged this pair of ids already.
    """

    kind_of: Callable[[str], Kind | None]
    is_collective: Callable[[str], bool]
    judged: Callable[[str, str], bool] = lambda _left, _right: False


PERSON_FAULT = Fault(
    "kind",
    "person",
    ", ".join(Kind),
    "No natural person is a node of this record, even where a source names one: "
    "leave the row out, and name the company or the body for which the person acted.",
)


def faults(record: AnyRecord, known: Known) -> Iterator[Fault]:
    """Find the rules that a record breaks.

    Parameters
    ----------
    record : Record
        The record; its field types are right already.
    known : Known
        What is known of the entities that it names.

    Yields
    ------
    Fault
        In the order of the columns, roughly.

    Examples
    --------
    >>> known = Known({"a": Kind.COMPANY, "b": Kind.PROGRAMME}.get, lambda _: False)
    >>> row = dict(id="c", set="s", subject="a", object="b", status="reported", sources=("q",))
    >>> for fault in faults(Claim(relation=Relation.OWNS, **row), known):
    ...     print(fault.column, "-", fault.found, "-", fault.allowed)
    object - b (programme) - company
    """
    yield from _visible(record, "id", "contract")
    yield from _legible(record)
    if isinstance(record, Entity):
        yield from _period(record, "founded", "dissolved")
        yield from _countries(record)
    elif isinstance(record, Source):
        yield from _dated(record, "date", "checked")
    elif isinstance(record, Reply):
        yield from _dated(record, "date")
    elif isinstance(record, Claim):
        yield from _interval(record)
        yield from _ends(record, known)
        yield from _details(record, known)


def _visible(record: AnyRecord, *columns: str) -> Iterator[Fault]:
    """Refuse ids that look like others: with characters that no reader can see."""
    for column in columns:
        text = getattr(record, column, "")
        if not text.isascii() or not text.isprintable():
            hidden = [c for c in text if is_invisible(c) or c == _LOST]
            if hidden:
                shown = "".join(f"<U+{ord(c):04X}>" if c in hidden else c for c in text)
                cure = "Delete these characters: two ids that look alike are two parties."
                yield Fault(column, shown, "an id without invisible or control characters", cure)


def _legible(record: AnyRecord) -> Iterator[Fault]:
    """Warn of the mark that programs write in place of letters that they could not read."""
    for column in _PROSE.get(type(record), ()):
        value = getattr(record, column)
        for text in (value,) if isinstance(value, str) else value:
            if (at := text.find(_LOST)) >= 0:
                cure = f"{_LOST} stands for lost letters: write them anew, and save as UTF-8."
                near = text[max(at - 20, 0) : at + 20]
                yield Fault(column, near, f"text without {_LOST} (U+FFFD)", cure, warning=True)
                break


def _countries(entity: Entity) -> Iterator[Fault]:
    for code in entity.country:
        if right := _MISTAKEN.get(code):
            yield Fault("country", code, "codes of ISO 3166-1", f"Write {right}.")
        elif code == INVENTED:
            continue
        elif code in OF_USERS:
            cure = "Keep it if you mean it (XK: Kosovo); EU rules take it for a country outside."
            yield Fault("country", code, "codes that ISO 3166-1 assigns", cure, warning=True)
        elif code not in CODES:
            cure = "Correct it if it is a slip: it decides which EU rules apply."
            yield Fault("country", code, "codes of ISO 3166-1 in use", cure, warning=True)


def _dated(record: AnyRecord, *columns: str) -> Iterator[Fault]:
    for column in columns:
        _, faults = _date(record, column)
        yield from faults


def _date(record: AnyRecord, column: str) -> tuple[Days | None, list[Fault]]:
    text = getattr(record, column)
    if not text:
        return None, []
    try:
        return dates.parse_date(text), []
    except ValueError:
        return None, [Fault(column, text, DATE_WORDS, date_cure(text))]


def _period(record: AnyRecord, begins: str, ends: str) -> Iterator[Fault]:
    first, faults = _date(record, begins)
    yield from faults
    last, faults = _date(record, ends)
    yield from faults
    if first and last and last.last < first.first:
        value = f"{getattr(record, ends)} ({begins} {getattr(record, begins)})"
        yield Fault(ends, value, f"no date before {begins}", "Change one of the two.")


def _interval(claim: Claim) -> Iterator[Fault]:
    event = claim.relation.entry.event
    yield from _period(claim, "valid_from", "valid_to")
    known, faults = _date(claim, "as_of")
    yield from faults
    if not claim.as_of:
        return
    if event:
        cure = "An event happens once: move the date to valid_from."
        yield Fault("as_of", claim.as_of, f"nothing beside {claim.relation}", cure)
    elif claim.valid_to:
        cure = "Keep valid_to where the source names an end, else as_of alone."
        yield Fault("as_of", claim.as_of, "nothing beside valid_to", cure)
    begin, faults = _date(claim, "valid_from")
    if known and begin and not faults and known.last < begin.first:
        value = f"{claim.as_of} (valid_from {claim.valid_from})"
        yield Fault("as_of", value, "no date before valid_from", "Change one of the two.")


def _ends(claim: Claim, known: Known) -> Iterator[Fault]:
    rule = claim.relation.entry
    if not claim.object:
        if rule.needs_object:
            cure = "Name the other end, or make the row a `says`, which needs none."
            yield Fault("object", "", f"an entity id, beside {claim.relation}", cure)
        return
    if not rule.ends:
        return
    if claim.subject == claim.object:
        cure = "A link joins two ids; a mere change of name is an alias."
        yield Fault("object", claim.object, "another id than the subject", cure)
        return
    if claim.relation is Relation.SAME_AS:
        yield from _same_as(claim, known)
    subject, other = known.kind_of(claim.subject), known.kind_of(claim.object)
    subjects = sorted({s for s, _ in rule.ends})
    if subject and subject not in subjects:
        cure = f"Choose another subject or another relation than {claim.relation}."
        yield Fault("subject", f"{claim.subject} ({subject})", _or(subjects), cure)
    elif subject and other and (subject, other) not in rule.ends:
        cure = f"Choose another object or another relation than {claim.relation}."
        if claim.relation is Relation.SUPPLIES and other is Kind.PROGRAMME:
            cure = "Name the buyer here and the programme in the column programme."
        allowed = _or(rule.objects_of(subject))
        yield Fault("object", f"{claim.object} ({other})", allowed, cure)


def _same_as(claim: Claim, known: Known) -> Iterator[Fault]:
    for column, end in (("subject", claim.subject), ("object", claim.object)):
        if known.is_collective(end):
            cure = "A stand-in for several or unnamed bodies is never merged: leave the row out."
            yield Fault(column, f"{end} (collective)", "an entity that is not collective", cure)
    if known.judged(claim.subject, claim.object):
        cure = "A reviewer has judged this pair: keep the judgement or the row, never both."
        yield Fault("object", claim.object, "a pair without a judgement", cure)


def _details(claim: Claim, known: Known) -> Iterator[Fault]:
    if claim.stance is Stance.REFUTES and not claim.about:
        cure = "Write the id of the row that it refutes; a bare denial is a `says` row or a reply."
        yield Fault("about", "", "a claim id, beside stance refutes", cure)
    if claim.about == claim.id:
        yield Fault("about", claim.about, "the id of another row", "A row cannot answer itself.")
    if claim.programme:
        if claim.relation is not Relation.SUPPLIES:
            cure = f"Leave it empty; what serves a programme beside {claim.relation} is a row."
            yield Fault("programme", claim.programme, "nothing but beside supplies", cure)
        yield from _kind(claim, "programme", Kind.PROGRAMME, known)
    yield from _kind(claim, "product", Kind.PRODUCT, known)
    if claim.share is not None and claim.relation is not Relation.OWNS:
        cure = "Leave it empty: a share is a share of ownership."
        yield Fault("share", f"{claim.share:g}", "nothing but beside owns", cure)
    yield from _money(claim)


def _kind(claim: Claim, column: str, kind: Kind, known: Known) -> Iterator[Fault]:
    named = getattr(claim, column)
    stored = known.kind_of(named) if named else None
    if stored and stored is not kind:
        cure = f"Name a {kind}, or leave it empty."
        yield Fault(column, f"{named} ({stored})", f"the id of a {kind}", cure)


def _money(claim: Claim) -> Iterator[Fault]:
    value = claim.value
    if value is None:
        if claim.currency:
            cure = "Add the value, or leave the currency out."
            yield Fault("currency", claim.currency, "nothing without a value", cure, warning=True)
        return
    if not value.is_finite() or value < 0 or (value and abs(value.adjusted()) >= _LARGEST):
        cure = "Write the amount in digits, with a point for decimals."
        yield Fault("value", str(value), f"0 or more, at most {_LARGEST} digits", cure)
    if not claim.currency:
        cure = "Write the currency's code of three letters."
        yield Fault("currency", "", "a code such as EUR, beside a value", cure)


def _or(kinds: list[Kind]) -> str:
    *most, last = map(str, kinds)
    return f"{', '.join(most)} or {last}" if most else last
