"""Sound record sets for hypothesis: any texts, any columns, ids that hang together."""

from __future__ import annotations

import string
import unicodedata
from typing import Any

import msgspec
from hypothesis import strategies as st

from graph.record.model import RECORDS, AnyRecord, Claim
from graph.record.vocabulary import (
    RULES,
    Form,
    Kind,
    Relation,
    ReplyKind,
    Role,
    SourceType,
    Stage,
    Stance,
    Status,
)
from graph.validate.layout import LAYOUTS

_FAILED = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_PIECES = [
    *"aZ9 \n\r\t\";,=+-@'é\u0301天ياغЖ\x01\x1f\u2028\ufffe😀",
    "_x000D_",
    "#N/A",
    "zh:",
    "\r\n",
]


def _as_read(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


_ANY = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join) | st.text(max_size=12)

#: Texts as a reader makes them: NFC, stripped, without NUL and lone surrogates.
TEXTS = _ANY.map(_as_read).filter(
    lambda text: (
        "\0" not in text
        and not any("\ud800" <= c <= "\udfff" for c in text)
        and text not in _FAILED
    )
)
FILLED = TEXTS.filter(bool)
ITEMS = (
    FILLED.map(lambda text: _as_read(text.replace(";", ",")))
    .filter(bool)
    .filter(lambda t: t not in _FAILED)
)
IDS = st.text(st.sampled_from(string.ascii_lowercase + "0189-_.:é天ق"), min_size=1, max_size=8).map(
    _as_read
)
#: Contracts show every character, like ids.
CONTRACTS = TEXTS.filter(lambda text: text.isascii() and text.isprintable()) | IDS
YEARS = st.integers(1900, 2030)
DATES = st.one_of(
    st.just(""),
    YEARS.map(str),
    YEARS.map(lambda year: f"{year}-09"),
    st.dates().map(lambda day: day.isoformat()),
    YEARS.map(lambda year: f"{year}/{year + 1}"),
)
FRACTIONS = st.none() | st.floats(0, 1)
VALUES = st.decimals(0, 10**12, places=3)
CODES = st.text(st.sampled_from(string.ascii_uppercase), min_size=2, max_size=2).filter(
    lambda code: code not in ("UK", "EL")  # which are not ISO's
)
#: Names of columns of one's own: none that the format, of any table, has.
OWN = st.dictionaries(
    FILLED.filter(lambda name: not any(name.casefold() in a.types for a in LAYOUTS.values())),
    FILLED,
    max_size=3,
)


def _record(table: str, **fields: Any) -> AnyRecord:
    given = {name: value for name, value in fields.items() if value not in (None, "", ())}
    return msgspec.convert({"set": "mine"} | given, RECORDS[table], strict=False)


def _lists(items: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=3).map(tuple)


def _maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | strategy


@st.composite
def record_sets(draw: st.DrawFn) -> dict[str, list[AnyRecord]]:
    """A sound set of records by table: it loads without an error."""
    kinds = draw(st.dictionaries(IDS, st.sampled_from(Kind), min_size=1, max_size=5))
    entities = [
        _record(
            "entities", id=key, kind=kind, name=draw(FILLED), aliases=draw(_lists(ITEMS)),
            country=draw(_lists(CODES)), identifiers=draw(_lists(ITEMS)), founded=draw(DATES),
            url=draw(TEXTS), note=draw(TEXTS), properties=draw(OWN),
        )
        for key, kind in kinds.items()
    ]  # fmt: skip
    keys = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    sources = [
        _record(
            "sources", id=key, title=draw(FILLED), publisher=draw(FILLED), author=draw(TEXTS),
            date=draw(DATES), language=draw(TEXTS), type=draw(st.sampled_from(SourceType)),
            origin=draw(_maybe(st.sampled_from(keys[:at]))) if at else "",
            reliability=draw(FRACTIONS), sha256=draw(st.sampled_from(["", "0a" * 32])),
            read_scope=draw(TEXTS), checked=draw(DATES), properties=draw(OWN),
        )
        for at, key in enumerate(keys)
    ]  # fmt: skip
    claims: list[AnyRecord] = []
    linked: list[str] = []
    for key in draw(st.lists(IDS, max_size=4, unique=True)):
        claim: Claim = draw(_claims(key, kinds, keys, linked))
        claims.append(claim)
        if claim.relation is not Relation.SAYS and claim.stance is Stance.SUPPORTS:
            linked.append(key)
    replies = [
        _record(
            "replies", claim=key, party=draw(st.sampled_from(sorted(kinds))),
            kind=draw(st.sampled_from(ReplyKind)), text=f"{at} {draw(TEXTS)}".strip(),
            source=draw(_maybe(st.sampled_from(keys))), date=draw(DATES), properties=draw(OWN),
        )
        for at, key in enumerate(claim.id for claim in claims if isinstance(claim, Claim))
    ]  # fmt: skip
    return {"entities": entities, "sources": sources, "claims": claims, "replies": replies}


@st.composite
def _claims(
    draw: st.DrawFn, key: str, kinds: dict[str, Kind], sources: list[str], linked: list[str]
) -> Any:
    choices = [
        (relation, subject, other)
        for relation, rule in RULES.items()
        for subject, kind in kinds.items()
        for other in kinds
        if subject != other and (kind, kinds[other]) in rule.ends
    ]
    says = (Relation.SAYS, draw(st.sampled_from(sorted(kinds))), "")
    relation, subject, other = draw(st.sampled_from([says, *choices]))
    stance = draw(st.sampled_from(Stance)) if linked else Stance.SUPPORTS
    first = draw(DATES)
    event = RULES[relation].event
    value = draw(st.none() | VALUES)
    return _record(
        "claims", id=key, subject=subject, relation=relation, object=other, stance=stance,
        status=draw(st.sampled_from(Status)), valid_from=first,
        sources=tuple(draw(st.lists(st.sampled_from(sources), min_size=1, max_size=2))),
        as_of="" if event or first else draw(DATES), origin=draw(_lists(st.sampled_from(sources))),
        about=draw(st.sampled_from(linked)) if stance is Stance.REFUTES else "",
        strength=draw(FRACTIONS), asserted_by=draw(TEXTS), contract=draw(CONTRACTS),
        role=draw(st.none() | st.sampled_from(Role)), form=draw(st.none() | st.sampled_from(Form)),
        technology=draw(TEXTS), value=value, currency="EUR" if value is not None else "",
        share=draw(st.none() | st.floats(0, 100)) if relation is Relation.OWNS else None,
        stage=draw(st.none() | st.sampled_from(Stage)), locator=draw(TEXTS), text=draw(TEXTS),
        ref=draw(TEXTS), note=draw(TEXTS), properties=draw(OWN),
    )  # fmt: skip
