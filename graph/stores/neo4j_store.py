"""The store that reads from a Neo4j server, which holds a copy of the version."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.errors import SightlineWarning, VersionError
from graph.neo4j_server import manual_edits as by_hand
from graph.neo4j_server import state
from graph.neo4j_server.records import links_of, merged_records, rows_of_sets
from graph.neo4j_server.schema import CLAIM, ENTITY, REPLY, SOURCE
from graph.neo4j_server.shape import NodeLabel
from graph.record.model import AnyRecord, Claim, Entity, Reply, Source
from graph.stores import cypher_statements, searching
from graph.stores.base import DOCUMENTS, Gap, SearchResult, Store, without_surrogates
from graph.stores.duckdb_scratch import Local
from graph.stores.server_neighbourhood import Neighbourhood

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Record

    from graph.dataset import Dataset
    from graph.neo4j_server.connection import Connection


class HalfLoadedWarning(SightlineWarning):
    """The server's load is incomplete, or differs from the version: answers may lack rows."""


class ServerStore(Store):
    """A store that runs Cypher in a server that holds the dataset version.

    Manual additions are not part of the version, and not part of the answers.

    Parameters
    ----------
    connection : Connection
        An open connection to the server, closed with the store.
    dataset : Dataset
        The version, kept open so that it is not pruned; closed with the store.

    Raises
    ------
    VersionError
        If the server holds another version, or none.

    Warns
    -----
    HalfLoadedWarning
        If its load is incomplete, or if somebody edited the record in the server.

    Notes
    -----
    Threads may share the store. It ranks names and prunes walks in this process, with the
    statements of the embedded store over the rows that the server returns.
    """

    engine = "neo4j"

    def __init__(self, connection: Connection, dataset: Dataset) -> None:
        self.version = dataset.id
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
        mark, place = state.read_load_state(self._connection), self._connection.place
        if mark is None or mark.version != self.version:
            raise self._other(mark.version if mark else "")
        if doubts := state.doubts(mark, place):
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
        keys = searching.keys_of(text)
        conditions = ["n.search CONTAINS $id"]
        conditions += [f"n.search CONTAINS ${name}" for name in ("key", "tight") if keys[name]]
        words = {f"word{i}": word for i, word in enumerate(keys["words"] or ())}
        if words:
            conditions.append(f"({' AND '.join(f'n.search CONTAINS ${word}' for word in words)})")
        statement = cypher_statements.NAMED.replace("{condition}", " OR ".join(conditions))
        texts = {"key": keys["key"], "tight": keys["tight"], "id": f"|{text.strip().lower()}|"}
        return self._rows_of_sets(self._rows(statement, **texts, **words))

    def _all_named(self) -> list[Entity]:
        return self._rows_of_sets(
            self._rows(cypher_statements.NAMED.replace("{condition}", "true"))
        )

    @staticmethod
    def _rows_of_sets(rows: Sequence[Sequence[Any]]) -> list[Entity]:
        single = merged_records(ENTITY, (values for values, texts in rows if not texts))
        several = (rows_of_sets(ENTITY, texts) for _, texts in rows if texts)
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
        for reply in sorted(rows, key=_order):
            replies[reply.claim].append(reply)
        return replies

    def links(self, link_ids: Iterable[str]) -> pa.Table:
        """Return links by id."""
        return links_of(row for (row,) in self._rows(cypher_statements.LINKS, ids=list(link_ids)))

    def neighbours(self, id: str) -> pa.Table:  # noqa: A002
        """Return the links at an entity."""
        return links_of(row for (row,) in self._rows(cypher_statements.NEIGHBOURS, id=id))

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
        reach = Neighbourhood(self._rows)
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
        return _documents(sorted(self._rows(cypher_statements.DOCUMENTS)))

    def newest(self, limit: int = 10) -> pa.Table:
        """Return the latest of the cited sources; of a span the end counts."""
        cited = sorted(row for row in self._rows(cypher_statements.DOCUMENTS) if row[-1])
        cited.sort(key=lambda row: (row[3] or "").rpartition("/")[2], reverse=True)
        return _documents(cited[:limit])

    def ask(self, statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Answer a question of the library; the answer includes manual additions.

        Parameters
        ----------
        statement : str
            A Cypher statement that reads.
        parameters : mapping
            Values of its `$names`.

        Returns
        -------
        list of dict
            The rows in the statement's order, by column.
        """
        return [
            {name: _native(value) for name, value in zip(row.keys(), row.values(), strict=True)}
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

        version, rows = self._connection.read(work)
        if version != self.version:  # somebody loaded another version meanwhile
            raise self._other(version)
        return rows

    def _records(self, node: NodeLabel, statement: str, **parameters: Any) -> list[AnyRecord]:
        rows = self._rows(statement, **parameters)
        return list(merged_records(node, (values for (values,) in rows)))

    def _by_id(self, node: NodeLabel, statement: str, **parameters: Any) -> dict[str, Any]:
        records: list[Any] = self._records(node, statement, **parameters)
        return {record.id: record for record in sorted(records, key=lambda record: record.id)}

    def _other(self, version: str) -> VersionError:
        holds = f"version {version[:12]}" if version else "no version"
        return VersionError(
            f"The server at {self._connection.place} holds {holds}, not {self.version[:12]}. Load "
            "that version with `sightline neo4j load`, or choose the other with --data-version."
        )


def _order(reply: Reply) -> tuple[str, ...]:
    return reply.claim, reply.date, reply.party, reply.set, reply.kind, reply.text


def _native(value: Any) -> Any:
    """Convert the driver's types to Python's: days to `datetime.date`."""
    if isinstance(value, list):
        return [_native(item) for item in value]
    return value.to_native() if hasattr(value, "to_native") else value


def _documents(rows: Sequence[Sequence[Any]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(DOCUMENTS)
    arrays = [
        pa.array([("" if v is None else v) for v in column], field.type)
        for field, column in zip(DOCUMENTS, columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=DOCUMENTS)
