"""The store that reads from a Neo4j server, which holds a copy of the version."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.errors import SightlineWarning, VersionError
from graph.neo4j_server import manual_edits as by_hand
from graph.neo4j_server import state
from graph.neo4j_server.differences import EDITED, known_differences
from graph.neo4j_server.records import links_of, merged_records, rows_of_sets, wrong_types
from graph.neo4j_server.schema import CLAIM, ENTITY, REPLY, SOURCE
from graph.neo4j_server.shape import NodeLabel
from graph.record.model import AnyRecord, Claim, Entity, Reply, Source
from graph.stores import cypher_statements, searching
from graph.stores.base import Gap, SearchResult, Store, without_surrogates
from graph.stores.duckdb_scratch import Local
from graph.stores.server_neighbourhood import Neighbourhood
from graph.stores.server_rows import candidates, documents_table, native, reply_order

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Record

    from graph.dataset import Dataset
    from graph.neo4j_server.connection import Connection


class HalfLoadedWarning(SightlineWarning):
    """The server's load is incomplete, or differs from the version: answers may lack rows."""


class LeftOutWarning(SightlineWarning):
    """A row of the server cannot be read, because somebody changed it: answers lack it."""


class ServerStore(Store):
    """A store that runs Cypher in a server that holds the dataset version.

    Manual additions are not part of the version, and not part of the answers.

    Parameters
    ----------
    connection : Connection
        An open connection to the server, closed with the store.
    dataset : Dataset
        The version, kept open so that it is not pruned; closed with the store.
    notes : Path, optional
        File in which this machine notes its loads and comparisons.

    Attributes
    ----------
    version : str
        Id of the dataset version; if the server differs from it, `edited-` and the id.

    Raises
    ------
    VersionError
        If the server holds another version, or none.

    Warns
    -----
    HalfLoadedWarning
        If its load is incomplete, or if somebody edited the record in the server.
    LeftOutWarning
        If a row cannot be read.

    Notes
    -----
    Threads may share the store. It ranks names and prunes walks in this process, with the
    statements of the embedded store over the rows that the server returns.
    """

    engine = "neo4j"

    def __init__(self, connection: Connection, dataset: Dataset, notes: Path | None = None) -> None:
        self.version = dataset.id
        self._notes = notes
        self._verified: set[str] = set()
        self._left_out_rows: set[str] = set()
        self._connection = connection
        self._dataset = dataset
        self._names: Local | None = None
        self._lock = threading.Lock()
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        """Compare the server with the version, and warn of what differs."""
        mark, place = state.read_load_state(self._connection), self._connection.place
        if mark is None or mark.version != self._dataset.id:
            raise self._other(mark.version if mark else "")
        doubts = state.incomplete(mark, place)
        self._verified.add(self._connection.bookmark())
        if not doubts:
            differences = known_differences(self._connection, self._dataset, self._notes)
            doubts = state.doubts(mark, place, differences.lines())
        self.version = f"{EDITED}{self._dataset.id}" if doubts else self._dataset.id
        if doubts:
            warnings.warn(doubts, HalfLoadedWarning, stacklevel=4)

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id."""
        return self._by_id(ENTITY, cypher_statements.ENTITIES, ids=list(ids))

    def find(self, text: str, limit: int = 20) -> SearchResult:
        """Search entities: the server returns candidates, and this store ranks them."""
        text = without_surrogates(text)
        answer = searching.meeting(Local(self._named(text)).rows, text, limit)
        if answer.total:
            return answer
        with self._lock:  # any name may be similar to a typing error: fetch all, once
            if self._names is None:
                self._names = Local(self._all_named())
        return searching.similar(self._names.rows, text, limit)

    def _named(self, text: str) -> list[Entity]:
        statement, parameters = candidates(text)
        return self._rows_of_sets(self._rows(statement, **parameters))

    def _all_named(self) -> list[Entity]:
        return self._rows_of_sets(
            self._rows(cypher_statements.NAMED.replace("{condition}", "true"))
        )

    def _rows_of_sets(self, rows: Sequence[Sequence[Any]]) -> list[Entity]:
        values = (values for values, texts in rows if not texts)
        single = merged_records(ENTITY, values, self._left_out)
        several = (rows_of_sets(ENTITY, texts, self._left_out) for _, texts in rows if texts)
        return list(chain(single, *several))  # type: ignore[arg-type]

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Return claims by id."""
        return self._by_id(CLAIM, cypher_statements.CLAIMS, ids=list(ids))

    def claims_about(self, id: str) -> list[Claim]:  # noqa: A002
        """Return the claims that name an entity."""
        return list(self._by_id(CLAIM, cypher_statements.CLAIMS_ABOUT, id=id).values())

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return sources, and those on the way to their roots, by id."""
        sources: dict[str, Source] = {}
        pending = set(ids)
        while pending:
            more: dict[str, Source] = self._by_id(
                SOURCE, cypher_statements.SOURCES, ids=sorted(pending)
            )
            sources |= more
            pending = {source.origin for source in more.values() if source.origin} - sources.keys()
        return dict(sorted(sources.items()))

    def replies(self, claim_ids: Iterable[str]) -> dict[str, list[Reply]]:
        """Return replies by claim."""
        replies: dict[str, list[Reply]] = {claim: [] for claim in claim_ids}
        rows: list[Any] = self._records(REPLY, cypher_statements.REPLIES, ids=list(replies))
        for reply in sorted(rows, key=reply_order):
            replies[reply.claim].append(reply)
        return replies

    def links(self, link_ids: Iterable[str]) -> pa.Table:
        """Return links by id."""
        return self._links(cypher_statements.LINKS, ids=list(link_ids))

    def neighbours(self, id: str) -> pa.Table:  # noqa: A002
        """Return the links at an entity."""
        return self._links(cypher_statements.NEIGHBOURS, id=id)

    def relevant_subgraph(
        self, exporters: Iterable[str] | None, targets: Iterable[str] | None, max_hops: int = 6
    ) -> pa.Table:
        """Return the links that can lie on an admissible walk: fetched by reach, then pruned.

        Parameters
        ----------
        exporters, targets, max_hops
            As for `Store.relevant_subgraph`.
        """
        starts = None if exporters is None else list(exporters)
        ends = None if targets is None else list(targets)
        reach = Neighbourhood(self._rows, self._left_out)
        if starts is not None:
            reach.forth(starts, max_hops)
        elif ends is not None:
            reach.back(ends, max_hops)
        else:
            reach.everything()
        local = Local.of_links(links_of(reach.links.values()), reach.kinds)
        return local.relevant(starts, ends, max_hops)

    def counts(self) -> dict[str, int]:
        """Return the number of records and links."""
        [numbers] = self._rows(cypher_statements.COUNTS)
        return dict(zip(cypher_statements.COUNTED, numbers, strict=True))

    def gaps(self, limit: int = 10) -> list[Gap]:
        """Return what the record does not know."""
        return [
            Gap(name, table, total, tuple(ids))
            for name, (table, statement) in cypher_statements.GAPS.items()
            for total, ids in self._rows(cypher_statements.GAP.format(ids=statement), limit=limit)
        ]

    def source_documents(self) -> pa.Table:
        """Return all sources."""
        return documents_table(sorted(self._documents()))

    def newest(self, limit: int = 10) -> pa.Table:
        """Return the latest of the cited sources; of a span the end counts."""
        cited = sorted(row for row in self._documents() if row[-1])
        cited.sort(key=lambda row: (row[3] or "").rpartition("/")[2], reverse=True)
        return documents_table(cited[:limit])

    def ask(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Answer a question of the library in Cypher; the answer includes manual additions.

        Parameters
        ----------
        statement, parameters
            A Cypher statement that reads, and the values of its `$names`.
        """
        return [
            {name: native(value) for name, value in zip(row.keys(), row.values(), strict=True)}
            for row in self._answer(statement, parameters)
        ]

    def by_hand(self) -> int:
        """Return the number of nodes and relationships that people added."""
        return by_hand.count_manual_edits(self._connection)

    def close(self) -> None:
        """Close the connection and the dataset version."""
        self._connection.close()
        self._dataset.close()

    def _rows(self, statement: str, **parameters: Any) -> list[list[Any]]:
        return [row.values() for row in self._answer(statement, parameters)]

    def _answer(self, statement: str, parameters: Mapping[str, Any]) -> list[Record]:
        sent = without_surrogates(dict(parameters))

        def work(tx: ManagedTransaction) -> tuple[str, list[Record]]:
            loaded = tx.run(cypher_statements.LOADED).single()
            return loaded["version"] if loaded else "", list(tx.run(statement, sent))

        while True:
            (version, rows), bookmark = self._connection.read_marked(work)
            if version != self._dataset.id:  # somebody loaded another version meanwhile
                raise self._other(version)
            if bookmark in self._verified:
                return rows
            with self._lock:
                if bookmark not in self._verified:  # somebody wrote since the last comparison
                    self._check()
                    self._verified.add(bookmark)

    def _left_out(self, sentence: str) -> None:
        """Warn once of a row that cannot be read."""
        if sentence not in self._left_out_rows:
            self._left_out_rows.add(sentence)
            warnings.warn(sentence, LeftOutWarning, stacklevel=6)

    def _links(self, statement: str, **parameters: Any) -> pa.Table:
        return links_of((row for (row,) in self._rows(statement, **parameters)), self._left_out)

    def _documents(self) -> Iterator[list[Any]]:
        names = cypher_statements.DOCUMENT_NAMES
        for row in self._rows(cypher_statements.DOCUMENTS):
            if wrong := wrong_types(SOURCE, names, row[:-1]):
                self._left_out(f"Source {row[0]} is left out: {wrong}.")
            else:
                yield row

    def _records(self, node: NodeLabel, statement: str, **parameters: Any) -> list[AnyRecord]:
        rows = self._rows(statement, **parameters)
        return list(merged_records(node, (values for (values,) in rows), self._left_out))

    def _by_id(self, node: NodeLabel, statement: str, **parameters: Any) -> dict[str, Any]:
        records: list[Any] = self._records(node, statement, **parameters)
        return {record.id: record for record in sorted(records, key=lambda record: record.id)}

    def _other(self, version: str) -> VersionError:
        holds = f"version {version[:12]}" if version else "no version"
        return VersionError(
            f"The server at {self._connection.place} holds {holds}, not {self._dataset.id[:12]}. "
            "Load that version with `sightline neo4j load`, or choose another with --data-version."
        )
