"""Find the edits between two versions that move scores: the cases of docs/exposure.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import pyarrow as pa

from graph.dataset.engine import batches, read_parquet
from graph.record import dates
from graph.record.dates import EMPTY, Readings
from graph.record.merge import merging
from graph.record.model import Claim, Entity, Source
from graph.record.origins import root_of, roots_of
from graph.record.tables import SCHEMAS, records_of
from graph.record.vocabulary import Relation, Stance
from graph.record.vocabulary.statuses import STANDS

if TYPE_CHECKING:
    import duckdb

    from graph.dataset.changes import Changes, Key
    from graph.dataset.reader import Dataset

#: A row's id, and what it was and is.
Pair: TypeAlias = "tuple[str, Any, Any]"
_Edit: TypeAlias = "tuple[EditKind, tuple[str, ...], tuple[str, ...], str]"

_TIES = f"relation = '{Relation.SAME_AS}' AND stance = '{Stance.SUPPORTS}' AND {STANDS}"


class EditKind(StrEnum):
    """What an edit did, as far as scores are concerned."""

    ORIGINS_MERGED = "origins_merged"
    ORIGINS_SPLIT = "origins_split"
    ORIGINS_CHANGED = "origins_changed"
    DATES_NARROWED = "dates_narrowed"
    DATES_WIDENED = "dates_widened"
    DATES_CHANGED = "dates_changed"
    ENTITIES_MERGED = "entities_merged"
    ENTITIES_SPLIT = "entities_split"
    ENDS_CHANGED = "ends_changed"
    SOURCE_RETRACTED = "source_retracted"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    CLAIM_REINSTATED = "claim_reinstated"


class ScoreEdit(msgspec.Struct, frozen=True, order=True):
    """An edit that moves scores.

    Parameters
    ----------
    edit : EditKind
        What it did.
    before, after : tuple of str
        Ids of roots or of entities, or dates in a reader's words; empty where there is nothing.
    rows : tuple of str
        Ids of the rows in which it shows, sorted.
    """

    edit: EditKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows: tuple[str, ...]


def score_edits(
    db: duckdb.DuckDBPyConnection, old: Dataset, new: Dataset, tables: Mapping[str, Changes]
) -> list[ScoreEdit]:
    """Find the edits that move scores.

    Parameters
    ----------
    db : duckdb.DuckDBPyConnection
        From `graph.dataset.engine.engine`.
    old, new : Dataset
        The versions.
    tables : mapping of str to Changes
        What `graph.dataset.compare` found.

    Returns
    -------
    list of ScoreEdit
        Sorted. Added and removed rows are in the changes themselves.
    """
    grouped: dict[tuple[EditKind, tuple[str, ...], tuple[str, ...]], set[str]] = defaultdict(set)
    read_from = _Rows(db)

    def changed(table: str) -> list[Pair]:
        keys = tables[table].changed
        was, now = (read_from.rows(version, table, keys) for version in (old, new))
        return [(key.id, was[key], now[key]) for key in keys]

    def edits() -> Iterator[_Edit]:
        before, after = (read_from.origins(version) for version in (old, new))
        for key, was, now in changed("sources"):
            yield from _source(key, was, now, before, after)
        for key, was, now in changed("entities"):
            yield from _entity(key, was, now)
        claims = [pair for pair in changed("claims") if Relation.SAYS not in _relations(pair)]
        for key, was, now in claims:
            yield from _claim(key, was, now, after)
        ends = [(key, *pair) for key, was, now in claims for pair in _ends(was, now)]
        named = {entity for _, first, last in ends for entity in (first, last)}
        there, here = (read_from.known(version, "entities", named) for version in (old, new))
        for key, first, last in ends:  # a name that is new, beside the old one: that was split
            merged, split = first not in here, last not in there
            edit = EditKind.ENTITIES_MERGED if merged else EditKind.ENTITIES_SPLIT
            yield edit if merged != split else EditKind.ENDS_CHANGED, (first,), (last,), key
        for row, tie in read_from.rows(new, "claims", tables["claims"].added, _TIES).items():
            yield EditKind.ENTITIES_MERGED, _two(tie), (), row.id
        for row, tie in read_from.rows(old, "claims", tables["claims"].removed, _TIES).items():
            yield EditKind.ENTITIES_SPLIT, (), _two(tie), row.id
        gone = {source.id for source in tables["sources"].removed}
        gone -= read_from.known(new, "sources", gone)
        touched = [*tables["claims"].removed, *tables["claims"].changed] if gone else []
        for row, claim in read_from.rows(old, "claims", touched).items():
            for source in gone.intersection((*claim.sources, *claim.origin)):
                yield EditKind.SOURCE_RETRACTED, (source,), (), row.id

    for edit, first, last, row in edits():
        grouped[edit, first, last].add(row)
    return sorted(ScoreEdit(*what, tuple(sorted(rows))) for what, rows in grouped.items())


def _source(
    key: str, was: Source, now: Source, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[_Edit]:
    first, last = root_of(key, before.get), root_of(key, after.get)
    if was.origin != now.origin and first != last:
        edit = {first: EditKind.ORIGINS_MERGED, last: EditKind.ORIGINS_SPLIT}
        yield edit.get(key, EditKind.ORIGINS_CHANGED), (first,), (last,), key


def _entity(key: str, was: Entity, now: Entity) -> Iterator[_Edit]:
    if was.life != now.life:
        edit = _dates(Readings(was.life, EMPTY), Readings(now.life, EMPTY))
        yield edit, (_life(was),), (_life(now),), key


def _claim(key: str, was: Claim, now: Claim, origins: Mapping[str, str]) -> Iterator[_Edit]:
    if was.readings != now.readings:
        yield _dates(was.readings, now.readings), (_when(was),), (_when(now),), key
    first, last = (roots_of(claim, origins.get) for claim in (was, now))
    if was.origin != now.origin and first != last:
        merged = EditKind.ORIGINS_MERGED if len(last) < len(first) else EditKind.ORIGINS_SPLIT
        yield merged if len(last) != len(first) else EditKind.ORIGINS_CHANGED, first, last, key
    stood, stands = (claim.status.entry.stands for claim in (was, now))
    if stood != stands:
        edit = EditKind.CLAIM_WITHDRAWN if stood else EditKind.CLAIM_REINSTATED
        yield edit, (str(was.status),), (str(now.status),), key


def _relations(pair: Pair) -> set[Relation]:
    return {claim.relation for claim in pair[1:]}


def _ends(was: Claim, now: Claim) -> Iterator[tuple[str, str]]:
    """Yield what each end was and is."""
    for name in ("subject", "object"):
        first, last = getattr(was, name), getattr(now, name)
        if first and last and first != last:
            yield first, last


def _two(tie: Claim) -> tuple[str, ...]:
    return tuple(sorted((tie.subject, tie.object)))


def _life(entity: Entity) -> str:
    return dates.interval_in_words(entity.founded, entity.dissolved)


def _when(claim: Claim) -> str:
    event = claim.relation.entry.event
    return dates.interval_in_words(claim.valid_from, claim.valid_to, claim.as_of, event=event)


def _dates(was: Readings, now: Readings) -> EditKind:
    if was.outer.covers(now.outer) and now.inner.covers(was.inner):
        return EditKind.DATES_NARROWED
    if now.outer.covers(was.outer) and was.inner.covers(now.inner):
        return EditKind.DATES_WIDENED
    return EditKind.DATES_CHANGED


class _Rows:
    """Reads only the rows that a caller asks for."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def rows(
        self, version: Dataset, table: str, keys: Iterable[Key], only: str = ""
    ) -> dict[Key, Any]:
        """Return some rows of a table, by set and id; only those that a condition holds of."""
        wanted = {(key.set, key.id): key for key in keys}
        asked = {"set": [name for name, _ in wanted], "id": [id_ for _, id_ in wanted]}
        joined = self._joined(version, table, asked)
        return {
            wanted[row.set, row.id]: row  # type: ignore[union-attr]
            for batch in batches(joined.filter(only) if only else joined, SCHEMAS[table])
            for row in records_of(table, batch.to_pylist())
        }

    def known(self, version: Dataset, table: str, ids: Iterable[str]) -> set[str]:
        """Return those of some ids that a version has."""
        joined = self._joined(version, table, {"id": [*ids]})
        return {id_ for (id_,) in joined.project("id").fetchall()}

    def origins(self, version: Dataset) -> dict[str, str]:
        """Return what the sources that are no roots repeat."""
        sources = read_parquet(self._db, version.file("sources")).filter("origin <> ''")
        chosen = sources.aggregate(merging("sources", ["origin"]), "id")
        return dict(chosen.order("id").fetchall())

    def _joined(
        self, version: Dataset, table: str, asked: Mapping[str, list[str]]
    ) -> duckdb.DuckDBPyRelation:
        keys = self._db.from_arrow(
            pa.table({name: pa.array(of, pa.string()) for name, of in asked.items()})
        )
        by = " AND ".join(f'rows."{name}" = asked."{name}"' for name in asked)
        rows = read_parquet(self._db, version.file(table)).set_alias("rows")
        return rows.join(keys.set_alias("asked"), by, how="semi")
