"""A small record, and how it becomes a version."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import msgspec

from graph.dataset import Archive
from graph.record.model import RECORDS, AnyRecord

#: Records by table.
Tables = dict[str, list[AnyRecord]]

_DEFAULTS: dict[str, dict[str, Any]] = {
    "entities": {"kind": "company", "name": "A company"},
    "sources": {"title": "A report", "publisher": "A publisher", "type": "press"},
    "claims": {
        "subject": "a",
        "relation": "supplies",
        "object": "b",
        "status": "reported",
        "sources": ["s"],
    },
    "replies": {"claim": "c-1", "party": "a", "kind": "answer"},
    "judgements": {"left": "a", "right": "b", "same": True, "who": "me", "when": "2026"},
}


def made(table: str, **fields: Any) -> Any:
    """A record that is sound without another word."""
    return msgspec.convert({"set": "mine"} | _DEFAULTS[table] | fields, RECORDS[table])


def sample(name: str = "mine", size: int = 3, seed: int = 0) -> Tables:
    """A record with something in each table; `seed` changes what it says, not its ids."""
    rng = random.Random(f"{name} {seed}")
    return {
        "entities": [
            made(
                "entities",
                set=name,
                id=f"{name}-{n}",
                name=f"Company {n}, {seed}",
                aliases=["zh:天网"],
            )
            for n in range(size)
        ],
        "sources": [made("sources", set=name, id=f"{name}-s-{n}") for n in range(size)],
        "claims": [
            made(
                "claims",
                set=name,
                id=f"{name}-c-{n}",
                subject=f"{name}-{rng.randrange(size)}",
                object=f"{name}-{rng.randrange(size)}",
                valid_from=str(rng.randrange(1990, 2026)),
                strength=rng.random(),
                properties={"Aktenzeichen": f"{rng.random()}"},
            )
            for n in range(size)
        ],
        "replies": [made("replies", set=name, claim=f"{name}-c-{n}") for n in range(size)],
        "judgements": [made("judgements", set=name, id=f"{name}-j")],
    }


def publish(archive: Archive, *records: Tables, replacing: Iterable[str] | None = None) -> str:
    """Publish a version with these records; with `replacing`, the other sets are kept."""
    with archive.writer() as writer:
        if replacing is not None:
            writer.keep(except_sets=set(replacing))
        for tables in records:
            for table, rows in tables.items():
                writer.add(table, rows)
        return writer.publish()


def content(archive: Archive, version: str | None = None) -> Tables:
    """All records of a version."""
    with archive.open(version) as dataset:
        return {table: list(dataset.records(table)) for table in RECORDS}


def leftovers(archive_folder: Any) -> list[str]:
    """Names of what is neither a version nor one of the files that a data folder has."""
    own = {"versions", "current", "lock"}
    inside = archive_folder / "versions"
    hidden = [entry.name for entry in inside.iterdir() if entry.name.startswith(".")]
    return hidden + [e.name for e in archive_folder.iterdir() if e.name not in own]
