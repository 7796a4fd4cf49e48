"""Compare two dataset versions, record by record."""

from __future__ import annotations

import msgspec

from graph.dataset.build import ORDER
from graph.dataset.changes import Changes, Key
from graph.dataset.engine import engine, read_parquet
from graph.dataset.reader import Dataset
from graph.dataset.score_edits import ScoreEdit, score_edits
from graph.dataset.storage import temporary
from graph.record.tables import SCHEMAS

_QUERY = """
WITH gone AS (SELECT "set", {key} AS key FROM old ANTI JOIN new USING ("set", digest)),
come AS (SELECT "set", {key} AS key FROM new ANTI JOIN old USING ("set", digest))
SELECT DISTINCT "set", key, gone.key IS NOT NULL AS gone, come.key IS NOT NULL AS come
FROM gone FULL JOIN come USING ("set", key)
ORDER BY ALL
"""


class Diff(msgspec.Struct, frozen=True):
    """Changes from one version to another, by table.

    Parameters
    ----------
    old, new : str
        Ids of the versions.
    tables : dict of str to Changes
        All tables of records, those without changes included.
    moves : list of ScoreEdit
        The edits among them that move scores, sorted.
    """

    old: str
    new: str
    tables: dict[str, Changes]
    moves: list[ScoreEdit] = []

    def __bool__(self) -> bool:
        return any(self.tables.values())


def compare_versions(old: Dataset, new: Dataset) -> Diff:
    """Compare two open versions, record by record."""
    tables = {}
    for dataset in (old, new):
        dataset.check()
    with temporary() as folder, engine(folder) as db:
        for table in SCHEMAS:
            read_parquet(db, old.file(table)).create_view("old")
            read_parquet(db, new.file(table)).create_view("new")
            key = " || ' ' || ".join(f'"{column}"' for column in ORDER[table][1:])
            changes = Changes([], [], [])
            for name, identifier, gone, come in db.sql(_QUERY.format(key=key)).fetchall():
                where = (
                    changes.changed
                    if gone and come
                    else (changes.removed if gone else changes.added)
                )
                where.append(Key(name, identifier))
            tables[table] = changes
        return Diff(old.id, new.id, tables, score_edits(db, old, new, tables))
