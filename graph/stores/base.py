"""The contract that all stores follow.

A store reads one dataset version and never writes. The embedded store reads the version's Parquet
files in process; a server holds a copy of the same records. All stores pass the same tests
(tests/contract/) and give the same answers: the same records in the same order.

To add a store: subclass `Store`, name it in `graph.stores`, and add its name to the list in
tests/contract/conftest.py.

Methods that take several ids leave out the ids that the record does not hold; only `Store.entity`
raises.
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
    """An entity that matches a search text.

    Parameters
    ----------
    id : str
        The entity.
    kind : Kind
        Its kind.
    name : str
        Its name.
    country : tuple of str
        Its countries.
    matched : str
        The name, alias, identifier or id that matches the text.
    score : float
        How well it matches, from 0 to 1; comparable only within one answer.
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
        The best matches, best first; ties by name, then by id.
    """

    total: int
    matches: tuple[Match, ...]


class Gap(msgspec.Struct, frozen=True):
    """One kind of information that the record lacks, or has from one side only.

    Parameters
    ----------
    name : str
        `undated_links`, `unanswered_claims`, `supplies_without_programme` or
        `single_origin_links`.
    table : str
        `links` or `claims`: the table of the `ids`.
    total : int
        Number of them.
    ids : tuple of str
        The first ids, in order.
    """

    name: str
    table: str
    total: int
    ids: tuple[str, ...]


#: Columns of the list of sources; `claims` is the number of claims that cite the source.
DOCUMENTS = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "title", "publisher", "date", "language")),
        *((name, pa.string()) for name in ("type", "url", "archive_url", "origin", "read_scope")),
        ("claims", pa.int64()),
    ]
)


def without_surrogates(value: Any) -> Any:
    """Replace lone surrogates, which a shell may pass and no engine accepts, in a value.

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
        Id of the dataset version.
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

        Matches come in this order: the same id; the same name; names that begin with the text;
        names that contain it; names that contain all its words. If there are none, similar names
        and ids are returned.

        Parameters
        ----------
        text : str
            The text that a user typed, in any script.
        limit : int
            Maximum number of matches; the total counts all of them.
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
        """Return the replies to each claim, as a list that may be empty."""

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

        The answer may hold more links than the walks need, but never fewer: it ignores dates and
        does not check that a walk passes each entity once.

        Parameters
        ----------
        exporters : iterable of str or None
            Where walks begin; None means anywhere.
        targets : iterable of str or None
            Where walks end, or where leads point to; None means anywhere.
        max_hops : int
            Maximum number of hops of a walk; `same_as` costs none.

        Returns
        -------
        pyarrow.Table
            Columns of `graph.record.tables.LINKS`, by id. The answer includes the `operates` links
            of the buyers, and the `contributes_to` links of buyers that are not companies.
        """

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """Return the number of entities, sources, claims, replies, judgements and links.

        An id in several sets counts once.
        """

    @abstractmethod
    def gaps(self, limit: int = 10) -> list[Gap]:
        """Return the gaps of the record.

        These are links without a date (except `same_as`, which needs none), unanswered claims
        (`graph.record.replies`), supplies without a programme, and links with a single root
        source.
        """

    @abstractmethod
    def source_documents(self) -> pa.Table:
        """Return all sources as `DOCUMENTS`, by id."""

    @abstractmethod
    def newest(self, limit: int = 10) -> pa.Table:
        """Return the cited sources as `DOCUMENTS`, latest date first."""

    def by_hand(self) -> int:
        """Return the number of manual additions beside the version; only servers have any."""
        return 0

    @abstractmethod
    def close(self) -> None:
        """Release the dataset version; may be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
