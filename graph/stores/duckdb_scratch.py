"""The last step of a server's answers, in DuckDB, with the statements that all stores share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import duckdb
import pyarrow as pa

from graph.record.model import Entity
from graph.record.names import name_rows
from graph.record.tables import LINKS
from graph.stores.relevant import RELEVANT_LINKS

_ENTITIES = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "set", "kind", "name")),
        ("country", pa.list_(pa.string())),
    ]
)


class Local:
    """A DuckDB database in memory with the tables that a statement needs.

    Parameters
    ----------
    entities : sequence of Entity
        One row for each id and set; the table `names` is derived from them.
    """

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "enable_external_access": False,
            }
        )
        rows = [{name: getattr(e, name) for name in _ENTITIES.names} for e in entities]
        self._take("entities", pa.Table.from_pylist(rows, _ENTITIES))
        self._take("names", pa.Table.from_batches([name_rows(entities)]))

    def _take(self, name: str, table: pa.Table) -> None:
        self._connection.from_arrow(table).create(name)

    @classmethod
    def of_links(cls, links: pa.Table, kinds: Mapping[str, str]) -> Self:
        """Create a database with links and kinds of entities instead of names."""
        local = cls(())
        local._connection.execute("DROP TABLE entities")
        local._take("entities", pa.table([list(kinds), list(kinds.values())], ["id", "kind"]))
        local._take("links", links)
        return local

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Run a statement with named parameters; threads may call this at the same time."""
        return self._connection.cursor().execute(sql, parameters or None).fetchall()

    def relevant(
        self, exporters: Iterable[str] | None, targets: Iterable[str] | None, max_hops: int
    ) -> pa.Table:
        """Prune the links to those of admissible walks, as `Store.relevant_subgraph` says.

        Parameters
        ----------
        exporters, targets, max_hops
            As for `Store.relevant_subgraph`.
        """
        parameters = {"exporters": exporters, "targets": targets, "max_hops": max_hops}
        links = self._connection.cursor().sql(RELEVANT_LINKS, params=parameters)
        return links.to_arrow_table().select(LINKS.names).cast(LINKS)
