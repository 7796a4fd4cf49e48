"""The store without a server: DuckDB in this process, over the Parquet files of a version."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from graph.dataset.manifest import damaged
from graph.errors import DataError
from graph.neo4j_server.views import views
from graph.record.merge import merged
from graph.record.model import Claim, Entity, Reply, Source
from graph.record.tables import LINKS, records_of
from graph.stores import searching, sql_statements
from graph.stores.base import DOCUMENTS, Gap, SearchResult, Store, without_surrogates
from graph.stores.relevant import RELEVANT_LINKS

if TYPE_CHECKING:
    from graph.dataset import Dataset

_TABLES = ("entities", "sources", "claims", "replies", "judgements", "links", "names")

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # they would be downloads
    "autoload_known_extensions": False,
    "python_enable_replacements": False,  # a Python variable is no table
    "temp_directory": "",  # a reader writes nothing
}

_UNREADABLE = (duckdb.IOException, duckdb.InvalidInputException)  # gone, or no longer Parquet


class EmbeddedStore(Store):
    """DuckDB over the files of a dataset version.

    Parameters
    ----------
    dataset : Dataset
        An open version, closed with the store.

    Raises
    ------
    DamagedError
        If a file of the version cannot be read.

    Notes
    -----
    Each call uses its own cursor, so threads may share the store. DuckDB can open no files except
    those of the version.
    """

    engine = "embedded"

    def __init__(self, dataset: Dataset) -> None:
        self.version = dataset.id
        self._dataset = dataset
        self._connection = duckdb.connect(":memory:", config=_CONFIG)
        try:
            files = {table: str(dataset.file(table).absolute()) for table in _TABLES}
            patterns = {table: glob.escape(file) for table, file in files.items()}
            allowed = ", ".join(map(_quoted, {*files.values(), *patterns.values()}))
            self._rows(f"SET allowed_paths = [{allowed}]")
            self._rows("SET enable_external_access = false")
            self._rows("SET lock_configuration = true")
            for table, pattern in patterns.items():
                parquet = f"read_parquet({_quoted(pattern)}, hive_partitioning = false)"
                self._rows(f"CREATE VIEW {table} AS FROM {parquet}")
            self._rows("CREATE SCHEMA graph")
            for name, sql in views(several=len(dataset.manifest.sets) > 1).items():
                self._rows(f"CREATE VIEW graph.{name} AS {sql}")
        except BaseException:
            self.close()
            raise

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id."""
        return merged(self._records("entities", sql_statements.ENTITIES, ids=list(ids)))

    def find(self, text: str, limit: int = 20) -> SearchResult:
        """Search entities, in two statements at most."""
        answer = searching.meeting(self._rows, text, limit)
        return answer if answer.total else searching.similar(self._rows, text, limit)

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Return claims by id."""
        return merged(self._records("claims", sql_statements.CLAIMS, ids=list(ids)))

    def claims_about(self, id: str) -> list[Claim]:  # noqa: A002
        """Return the claims that name an entity."""
        return list(merged(self._records("claims", sql_statements.CLAIMS_ABOUT, id=id)).values())

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return sources, and those on the way to their roots, by id."""
        sources: list[Source] = []
        seen: set[str] = set()
        pending = set(ids)
        while pending:  # one query for each step to the roots; each reads only what it needs
            rows: list[Source] = self._records(
                "sources", sql_statements.SOURCES, ids=sorted(pending)
            )
            sources += rows
            seen |= pending
            pending = {row.origin for row in rows} - seen - {""}
        return merged(sources)

    def replies(self, claim_ids: Iterable[str]) -> dict[str, list[Reply]]:
        """Return replies by claim."""
        replies: dict[str, list[Reply]] = {claim: [] for claim in claim_ids}
        for reply in self._records("replies", sql_statements.REPLIES, ids=list(replies)):
            replies[reply.claim].append(reply)
        return replies

    def links(self, link_ids: Iterable[str]) -> pa.Table:
        """Return links by id."""
        return self._table(LINKS, sql_statements.LINKS, ids=list(link_ids))

    def neighbours(self, id: str) -> pa.Table:  # noqa: A002
        """Return the links at an entity."""
        return self._table(LINKS, sql_statements.NEIGHBOURS, id=id)

    def relevant_subgraph(
        self, exporters: Iterable[str] | None, targets: Iterable[str] | None, max_hops: int = 6
    ) -> pa.Table:
        """Return the links that can lie on an admissible walk, in one statement.

        Parameters
        ----------
        exporters, targets, max_hops
            As for `Store.relevant_subgraph`.
        """
        return self._table(
            LINKS,
            RELEVANT_LINKS,
            exporters=None if exporters is None else list(exporters),
            targets=None if targets is None else list(targets),
            max_hops=max_hops,
        )

    def counts(self) -> dict[str, int]:
        """Return the number of records and links."""
        return dict(self._rows(sql_statements.COUNTS))

    def gaps(self, limit: int = 10) -> list[Gap]:
        """Return what the record does not know."""
        return [
            Gap(name, table, total, tuple(ids))
            for name, (table, statement) in sql_statements.GAPS.items()
            for total, ids in self._rows(sql_statements.COUNTED.format(ids=statement), limit=limit)
        ]

    def source_documents(self) -> pa.Table:
        """Return all sources."""
        return self._table(DOCUMENTS, f"{sql_statements.SOURCE_DOCUMENTS} ORDER BY id")

    def newest(self, limit: int = 10) -> pa.Table:
        """Return the latest of the cited sources."""
        return self._table(DOCUMENTS, sql_statements.NEWEST_DOCUMENTS, limit=limit)

    def ask(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Answer a question of the library in SQL, over the views of `graph.neo4j_server.views`.

        Parameters
        ----------
        statement : str
            One SELECT over the views.
        parameters : mapping
            Values of its `$names`.

        Returns
        -------
        list of dict
            The rows in the statement's order, by column.

        Raises
        ------
        DataError
            If the statement is not one SELECT, or does not run.
        """
        cursor = self._connection.cursor()
        try:
            parsed = cursor.extract_statements(statement)
            if [part.type for part in parsed] != [duckdb.StatementType.SELECT]:
                raise DataError("A question consists of one SELECT. Remove everything else.")
            rows = cursor.execute(parsed[0], without_surrogates(dict(parameters)) or None)
            names = [column[0] for column in rows.description or ()]
            return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
        except duckdb.IOException as error:
            raise self._unreadable(error) from error
        except duckdb.Error as error:
            why = str(error).splitlines()[0]
            raise DataError(f"The question's SQL does not run: {why}.") from error

    def close(self) -> None:
        """Close the connection and the dataset version."""
        self._connection.close()
        self._dataset.close()

    def _rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        try:
            return (
                self._connection.cursor()
                .execute(sql, without_surrogates(parameters) or None)
                .fetchall()
            )
        except _UNREADABLE as error:
            raise self._unreadable(error) from error

    def _table(self, schema: pa.Schema | None, sql: str, **parameters: Any) -> pa.Table:
        try:
            table = (
                self._connection.cursor()
                .sql(sql, params=without_surrogates(parameters) or None)
                .to_arrow_table()
            )
        except _UNREADABLE as error:
            raise self._unreadable(error) from error
        return table if schema is None else table.select(schema.names).cast(schema)

    def _records(self, table: str, sql: str, **parameters: Any) -> list[Any]:
        return list(records_of(table, self._table(None, sql, **parameters).to_pylist()))

    def _unreadable(self, error: duckdb.Error) -> Exception:
        return damaged(self._dataset.path, f"it cannot be read ({str(error).splitlines()[0]})")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
