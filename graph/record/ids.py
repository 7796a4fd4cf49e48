"""Ids and digests made from content: the same on every machine, in every order of loading."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from graph.record.dates import Readings
from graph.record.model import AnyRecord, Claim
from graph.record.vocabulary import Relation

#: Raised by one whenever the same record would be written differently.
SCHEMA = 2


def plain(number: Decimal | float) -> str:
    """Write a number as decimal text, without exponent and without trailing zeros.

    Examples
    --------
    >>> plain(Decimal("0.70")), plain(Decimal("1E+3")), plain(0.1), plain(100.0)
    ('0.7', '1000', '0.1', '100')
    """
    text = format(Decimal(repr(number)) if isinstance(number, float) else number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _canonical(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, (Decimal, float)):
        return plain(value)
    if isinstance(value, dict):
        # what is empty ("", None, [], {}, False) is out; a zero becomes text, and stays
        return {
            _canonical(key): kept
            for key, item in value.items()
            if (item or item == 0) and (kept := _canonical(item))
        }
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    return value


_JSON = msgspec.json.Encoder(order="sorted")


def canonical(table: str, record: AnyRecord) -> bytes:
    """Write a record as canonical JSON: NFC, sorted keys, empty values out, decimals as text.

    Parameters
    ----------
    table : str
        Name of the record's table, which is part of what is hashed.
    record : Record
        The record.

    Returns
    -------
    bytes
        UTF-8 JSON, the same for equal records on any machine.
    """
    fields = _canonical(msgspec.structs.asdict(record))
    return _JSON.encode({"table": table, "record": fields})


def digest(table: str, record: AnyRecord) -> bytes:
    """Return the sha256 of the record's canonical JSON, 32 bytes."""
    return hashlib.sha256(canonical(table, record)).digest()


def version_id(digests: Iterable[bytes]) -> str:
    """Return the id of the version that holds the records with these digests.

    Parameters
    ----------
    digests : iterable of bytes
        One sha256 a record, in any order.

    Returns
    -------
    str
        64 hex digits: sha256 over the schema number and the sorted digests.
    """
    whole = hashlib.sha256(f"sightline schema {SCHEMA}\n".encode())
    for record_digest in sorted(digests):
        whole.update(record_digest)
    return whole.hexdigest()


def stable_id(namespace: str, *parts: str) -> str:
    """Return `namespace-` and 16 hex digits that depend on the parts alone.

    Examples
    --------
    >>> stable_id("l", "a", "b") == stable_id("l", "a", "b") != stable_id("l", "ab", "")
    True
    """
    text = "\x1f".join(unicodedata.normalize("NFC", part) for part in parts)
    return f"{namespace}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def link_id(claim: Claim, readings: Readings | None = None) -> str:
    """Return the id of the link that a supporting claim belongs to.

    Rows that agree in relation, ends (for `same_as` in either order), interval (both readings,
    however written), contract, programme, product and, of supplies, in whether they last are one
    link.

    Parameters
    ----------
    claim : Claim
        A row with an object.
    readings : Readings, optional
        The claim's readings, where the caller has them already.
    """
    outer, inner = readings or claim.readings
    ends = [claim.subject, claim.object]
    if claim.relation is Relation.SAME_AS:
        ends.sort()
        # the dates of a same_as bind nothing, but they are what the rows agree on
    interval = (f"{outer.first}:{outer.last}", f"{inner.first}:{inner.last}")
    deal = [claim.contract, claim.programme]
    if claim.product or claim.lasting:  # else the id is the one that it always had
        deal += [claim.product, "lasting" if claim.lasting else ""]
    return stable_id("l", claim.relation, *ends, *interval, *deal)
