"""The links of a record as columns of numbers, for the kernels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from graph.network.build import Network, links_by_id
from graph.record.dates import days_allowed
from graph.record.grammar import TURNS, WALKED, Tie
from graph.record.tables import LINKS
from graph.record.vocabulary import Kind

if TYPE_CHECKING:
    from graph.dataset import Dataset

Codes: TypeAlias = NDArray[np.int32]
Small: TypeAlias = NDArray[np.int8]

#: The order of links in the columns, so that the links of a relation lie side by side.
RELATIONS = WALKED
KINDS: tuple[Kind, ...] = tuple(Kind)
_DAYS = ("outer_from", "outer_to", "inner_from", "inner_to")


class Columns(NamedTuple):
    """The links of a record that walks may use, sorted by relation and then as they were given.

    Attributes
    ----------
    entities : pyarrow.Array of str
        Ids; an entity's number is its place here.
    kind : int8 (entities)
        Places in `KINDS`.
    born, died : int32 (entities)
        First day of `founded` and last day of `dissolved`.
    link_ids : pyarrow.Array of str
        Ids; a link's number is its place here.
    relation : int8 (links)
        Places in `RELATIONS`.
    ends : int32 (3, links)
        Numbers of the tails, heads and programmes; -1 where there is none.
    ties : int32 (2, links)
        Numbers of contracts and products, in the order of `graph.record.grammar.Tie`; -1 where
        there is none.
    days : int32 (4, links)
        First and last day of the outer interval, first and last of the inner one.
    """

    entities: pa.Array
    kind: Small
    born: Codes
    died: Codes
    link_ids: pa.Array
    relation: Small
    ends: Codes
    ties: Codes
    days: Codes

    def numbers(self, ids: Iterable[str]) -> Codes:
        """Return the numbers of those entities that the columns hold, ascending."""
        asked = pa.array(sorted(set(ids)), pa.string())
        is_asked = pc.is_in(self.entities, value_set=asked).to_numpy(zero_copy_only=False)
        return np.flatnonzero(is_asked).astype(np.int32)

    def places(self, ids: Sequence[str]) -> Codes:
        """Return the number of each entity, in the order of the ids; -1 where it is missing."""
        return _places([pa.array(ids, pa.string())], self.entities)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the links of each relation begin, and where the last ones end."""
        return np.searchsorted(self.relation, np.arange(len(RELATIONS) + 1))


def of_dataset(dataset: Dataset) -> Columns:
    """Read the columns of a dataset version from its Parquet files.

    Parameters
    ----------
    dataset : Dataset
        An open version.
    """
    wanted = ["link_id", "relation", "tail", "head", *_DAYS, "programme", *Tie._fields]
    table = pq.read_table(
        dataset.file("links"),
        columns=wanted,
        read_dictionary=["relation", "tail", "head", "programme", *Tie._fields],
    )
    entities = pq.read_table(
        dataset.file("entities"), columns=["id", "kind", "founded", "dissolved"]
    )
    return of_tables(table, entities)


def of_tables(table: pa.Table, entities: pa.Table) -> Columns:
    """Make the columns from Arrow tables.

    Parameters
    ----------
    table : pyarrow.Table
        With the columns of `graph.record.tables.LINKS`.
    entities : pyarrow.Table
        With `id`, `kind`, `founded` and `dissolved`; the first of several rows with an id counts.

    Returns
    -------
    Columns
        Without links that no walk may use: listings, contributions by a body, and bodies within
        bodies.
    """
    ids = entities["id"].combine_chunks()
    named = [table[name] for name in ("tail", "head", "programme")]
    *ends, own = _coded([*named, pa.chunked_array([ids])], ids)
    first = own == np.arange(len(ids))
    if not first.all():
        entities = entities.filter(pa.array(first))
        ids = entities["id"].combine_chunks()
        number = np.append(np.cumsum(first, dtype=np.int32) - 1, np.int32(-1))
        ends = [number[codes] for codes in ends]
    (kind,) = _coded([entities["kind"]], pa.array([*map(str, KINDS)]), np.int8)
    (relation,) = _coded([table["relation"]], pa.array([*map(str, RELATIONS)]), np.int8)
    for walked, turn in TURNS:
        if turn.only:
            end, of_kind = turn.only
            other = kind[ends[end]] != KINDS.index(of_kind)
            relation[(relation == RELATIONS.index(walked)) & other] = -1
    order = np.argsort(relation, kind="stable")
    order = order[np.searchsorted(relation[order], 0) :]
    with ThreadPoolExecutor(1) as beside:  # numpy and Arrow let go of Python's lock
        link_ids = beside.submit(table["link_id"].take, pa.array(order))
        ties = [_numbered(table[name], order) for name in Tie._fields]
        days = np.empty((len(_DAYS), len(order)), np.int32)
        for row, name in zip(days, _DAYS, strict=True):
            np.take(
                table[name].to_numpy(), order, out=row, mode="clip"
            )  # without a mode, numpy copies it twice
        return Columns(
            entities=ids,
            kind=kind,
            born=_days(entities["founded"], lambda text: days_allowed(text, "").first),
            died=_days(entities["dissolved"], lambda text: days_allowed("", text).last),
            link_ids=link_ids.result().combine_chunks(),
            relation=relation[order],
            ends=np.stack([codes[order] for codes in ends]),
            ties=np.stack(ties),
            days=days,
        )


def of_network(network: Network) -> Columns:
    """Make the columns of a network, its links in the order of their ids."""
    links = [link for _, link in sorted(links_by_id(network).items())]
    rows = [
        {
            "link_id": link.link_id,
            "relation": str(link.relation),
            "tail": link.tail,
            "head": link.head,
            "outer_from": link.readings.outer.first,
            "outer_to": link.readings.outer.last,
            "inner_from": link.readings.inner.first,
            "inner_to": link.readings.inner.last,
            "programme": link.programme,
            **link.tie._asdict(),
        }
        for link in links
    ]
    fields = [LINKS.field(name) for name in rows[0]] if rows else list(LINKS)
    nodes = [(node, network.nodes[node]) for node in sorted(network)]
    kinds = [str(data["kind"]) for _, data in nodes]
    entities = pa.table(
        {
            "id": pa.array([node for node, _ in nodes], pa.string()),
            "kind": pa.array(kinds, pa.string()),
            "founded": pa.array([""] * len(nodes), pa.string()),
            "dissolved": pa.array([""] * len(nodes), pa.string()),
        }
    )
    lives = [data["life"] for _, data in nodes]
    return of_tables(pa.Table.from_pylist(rows, schema=pa.schema(fields)), entities)._replace(
        born=np.array([life.first for life in lives], np.int32),
        died=np.array([life.last for life in lives], np.int32),
    )


def _coded(
    columns: Sequence[pa.ChunkedArray], values: pa.Array, kept: type[np.signedinteger] = np.int32
) -> list[NDArray[Any]]:
    """Return the first place of each cell in `values`; -1 where it is not among them.

    Each row group of a file has a dictionary of its own. One lookup covers all of them, so that
    the index of `values` is made once, not once for each group.
    """
    chunks = [chunk for column in columns for chunk in column.chunks]
    texts = [chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk for chunk in chunks]
    places = _places(texts, values).astype(kept, copy=False)
    ends = np.cumsum([len(values_of_chunk) for values_of_chunk in texts])
    parts = iter(
        known[chunk.indices.to_numpy()] if pa.types.is_dictionary(chunk.type) else known
        for chunk, known in zip(chunks, np.split(places, ends[:-1]), strict=True)
    )
    none = np.empty(0, kept)
    return [
        np.concatenate([none, *itertools.islice(parts, column.num_chunks)]) for column in columns
    ]


def _numbered(column: pa.ChunkedArray, order: NDArray[np.int64]) -> Codes:
    """Return a number for each text, rows in the given order; -1 where the text is empty."""
    chunks = [c.dictionary if pa.types.is_dictionary(c.type) else c for c in column.chunks]
    texts = pc.unique(pa.chunked_array(chunks, pa.string()))
    codes: Codes = _coded([column], texts.filter(pc.not_equal(texts, "")))[0][order]
    return codes


def _places(texts: Sequence[pa.Array], values: pa.Array) -> Codes:
    """Return the place of each text in `values`, or -1, by two threads."""

    def places_of(arrays: Sequence[pa.Array]) -> Codes:
        joined = pa.chunked_array(arrays, pa.string()).combine_chunks()
        places = pc.fill_null(pc.index_in(joined, value_set=values), -1)
        return np.asarray(places.to_numpy(zero_copy_only=False), np.int32)

    half = len(texts) // 2
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(places_of, texts[:half])
        rest = places_of(texts[half:])
        return np.concatenate([first.result(), rest])


def _days(column: pa.ChunkedArray, day: Callable[[str], int]) -> Codes:
    coded = column.combine_chunks().dictionary_encode()
    days = np.array([day(text) for text in coded.dictionary.to_pylist()], np.int32)
    return np.asarray(days[coded.indices.to_numpy()])
