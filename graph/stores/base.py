"""The contract of all stores, whatever their engine.

A store reads one dataset version and never writes. The embedded one reads the version's Parquet
files in process; a server or a cluster may hold a copy of the same records. All of them pass one
suite of tests (tests/contract/), and their answers are equal to the row: same records, same order.

To add a store: subclass `Store`, name it in `graph.stores`, and add its name to the list in
tests/contract/conftest.py.

Ids that a record does not hold are absent from the answers of the methods that take several ids;
only `Store.entity` raises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import msgspec
import pyarrow as pa

from graph.errors import UnknownIdError
from graph.record.model import Claim, Entity, Reply, Source
from graph.record.vocabulary import Kind


class Match(msgspec.Struct, frozen=True):
    """An entity that a search text may mean.

    Parameters
    ----------
    id : str
        The entity.
    kind : Kind
        What it is.
    name : str
        Its name.
    country : tuple of str
        Its countries.
    matched : str
        The name, alias, identifier or id that matches the text, as the record writes it.
    score : float
        How well it matches the text, from 0 to 1; comparable within one answer only.
    """

    id: str
    kind: Kind
    name: str
    country: tuple[str, ...]
    matched: str
    score: float


class SearchResult(msgspec.Struct, frozen=True):
    """The answer of a search.

    Parameters
    ----------
    total : int
        Number of entities that match the text.
    matches : tuple of Match
        The best of them, best first; ties by name, then by id.
    """

    total: int
    matches: tuple[Match, ...]


class Gap(msgspec.Struct, frozen=True):
    """One kind of thing that the record does not know, or knows from one side only.

    Parameters
    ----------
    name : str
        `undated_links`, `unanswered_claims`, `supplies_without_programme` or
        `single_origin_links`.
    table : str
        `links` or `claims`: what `ids` are ids of.
    total : int
        How many there are.
    ids : tuple of str
        The first of them, by id.
    """

    name: str
    table: str
    total: int
    ids: tuple[str, ...]


#: Sources as a reader's list: `claims` is the number of rows that cite the source.
DOCUMENTS = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "title", "publisher", "date", "language")),
        *((name, pa.string()) for name in ("type", "url", "archive_url", "origin", "read_scope")),
        ("claims", pa.int64()),
    ]
)


def without_surrogates(value: Any) -> Any:
    """Return a value as an engine takes it: half characters, as a shell may pass, replaced.

    Examples
    --------
    >>> without_surrogates({"ids": ["a\\udcff"], "limit": 3})
    {'ids': ['a?'], 'limit': 3}
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {name: without_surrogates(item) for name, item in value.items()}
    return value


class Store(ABC):
    """A dataset version, open for questions; a context manager.

    One store may be shared by threads.

    Attributes
    ----------
    version : str
        Id of the dataset version that answers.
    """

    version: str

    @abstractmethod
    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return entities by id, each merged over the sets that hold it.

        The first set by name wins a field that several fill; names that lose become aliases, and
        aliases and identifiers are united.
        """

    def entity(self, id: str) -> Entity:  # noqa: A002 - the name of the field
        """Return one entity, merged as in `entities`.

        Raises
        ------
        UnknownIdError
            If no entity has the id; the message names ids that are near.
        """
        if entity := self.entities([id]).get(id):
            return entity
        raise UnknownIdError("entity", id, [match.id for match in self.find(id, 3).matches])

    @abstractmethod
    def find(self, text: str, limit: int = 20) -> SearchResult:
        """Search entities by id, name, alias, transliteration or identifier.

        In this order: the very id; the very name; names that begin with the text; names that
        contain it; names that contain all its words. Only where none of them meets anything:
        names, and ids, that are similar.

        Parameters
        ----------
        text : str
            What a user typed, in any script.
        limit : int
            Greatest number of matches; the total is said all the same.
        """

    @abstractmethod
    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Return claims by id; of an id in several sets, the row of the first set by name."""

    @abstractmethod
    def claims_about(self, id: str) -> list[Claim]:  # noqa: A002
        """Return the claims, `says` and refuting rows included, that name an entity.

        Parameters
        ----------
        id : str
            Subject, object, programme or product of the claims.

        Returns
        -------
        list of Claim
            By id.
        """

    @abstractmethod
    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return sources by id, and with them all sources on the way to their roots.

        Several sets are merged as in `entities`.
        """

    @abstractmethod
    def replies(self, claim_ids: Iterable[str]) -> dict[str, list[Reply]]:
        """Return the replies to each of the claims; an empty list where there is none."""

    @abstractmethod
    def links(self, link_ids: Iterable[str]) -> pa.Table:
        """Return links (`graph.record.tables.LINKS`), by id."""

    @abstractmethod
    def neighbours(self, id: str) -> pa.Table:  # noqa: A002
        """Return the links of which an entity is tail, head or programme, by id."""

    @abstractmethod
    def relevant_subgraph(
        self, exporters: Iterable[str] | None, targets: Iterable[str] | None, max_hops: int = 6
    ) -> pa.Table:
        """Return the links that can lie on an admissible walk (docs/exposure.md), or in its leads.

        The answer may hold more links than the walks need, and never fewer: dates, and that a
        walk meets no entity twice, are not looked at.

        Parameters
        ----------
        exporters : iterable of str or None
            Where walks begin; None: anywhere.
        targets : iterable of str or None
            Where they end, at a buyer or a programme, or where a lead points to; None: anywhere.
        max_hops : int
            Greatest number of hops of a walk; `same_as` is free.

        Returns
        -------
        pyarrow.Table
            Of `graph.record.tables.LINKS`, by id. With the walks' links come the `operates` of the
            buyers that are reached, and the `contributes_to` of those that are no companies.
        """

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """Return the number of entities, sources, claims, replies, judgements and links.

        An id in several sets counts once.
        """

    @abstractmethod
    def gaps(self, limit: int = 10) -> list[Gap]:
        """Return what the record does not know.

        Links without a date (`same_as`, which needs none, aside); claims that are
        unanswered (`graph.record.replies`); supplies without a programme; links that
        rest on a single root source.
        """

    @abstractmethod
    def source_documents(self) -> pa.Table:
        """Return all sources as `DOCUMENTS`, by id."""

    @abstractmethod
    def newest(self, limit: int = 10) -> pa.Table:
        """Return the sources that claims cite, as `DOCUMENTS`, the latest date first."""

    def by_hand(self) -> int:
        """Return how much stands beside the version in the store, made by hand: in a server."""
        return 0

    @abstractmethod
    def close(self) -> None:
        """Let go of the dataset version; may be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
