"""The data of the app: a store that all sessions of the server share, and cached answers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

import msgspec
import streamlit as st

from graph import settings, wording
from graph.dataset import Archive
from graph.paths.find import AnsweredQuestion, ask
from graph.paths.question import Question
from graph.record.grammar import BEGINS, STOPS, End
from graph.record.model import Entity
from graph.record.spellings import known_spelling, spellings_of
from graph.record.vocabulary import Kind, Relation
from graph.stores import open_store
from graph.stores.base import SearchResult, Store

#: Records with more links than this are not listed or scored as a whole.
SMALL = 20_000
#: Maximum number of paths kept per answer; the others are counted.
MOST_PATHS = 50


class Data(NamedTuple):
    """An open data version.

    Parameters
    ----------
    store : Store
        The store; sessions share it, and each call opens its own cursor.
    id : str
        Id of the version.
    version : str
        The version in words.
    pinned : str
        The version in the address; empty for the current one.
    sets : tuple of str
        Names of its sets.
    """

    store: Store
    id: str
    version: str
    pinned: str
    sets: tuple[str, ...]

    @property
    def small(self) -> bool:
        """Whether all of its entities can be listed, and all of its scores computed."""
        return table_sizes(self)["links"] <= SMALL


def open_data(pinned: str = "") -> Data:
    """Open a version of the data.

    Parameters
    ----------
    pinned : str
        First digits of a version id; empty for the current version.

    Raises
    ------
    NoDataError
        If nothing has been ingested yet.
    VersionError
        If the version does not exist.
    """
    folder = str(settings.read_settings().data)
    archive = Archive(settings.read_settings().data)
    version = archive.resolve(pinned or None)
    opened = _opened(folder, version)
    version_in_words = wording.version(version, opened.created)
    return Data(opened.store, version, version_in_words, pinned, opened.sets)


class _Opened(NamedTuple):
    store: Store
    created: str
    sets: tuple[str, ...]


def _close(opened: _Opened) -> None:
    opened.store.close()


@st.cache_resource(max_entries=4, show_spinner=False, on_release=_close)
def _opened(folder: str, version: str) -> _Opened:
    archive = Archive(settings.read_settings({"SIGHTLINE_DATA": folder}).data)
    [info] = [info for info in archive.versions() if info.id == version]
    sets = tuple(sorted(info.sets))
    return _Opened(open_store(archive, version=version), info.created.isoformat(), sets)


#: How cached answers hash the data and the question: by version, and by content.
BY_VERSION: dict[str | type[Any], Callable[[Any], Any]] = {
    Data: lambda data: data.id,
    Question: lambda question: msgspec.json.encode(question, order="deterministic"),
}


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def table_sizes(data: Data) -> dict[str, int]:
    """Return the number of rows of each table."""
    return data.store.counts()


class Ends(NamedTuple):
    """Names by id of the entities where paths may begin and end, sorted by name."""

    exporters: dict[str, str]
    targets: dict[str, str]


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def ends(data: Data) -> Ends:
    """Return the entities where paths may begin and end; none if the record is too large."""
    if not data.small:
        return Ends({}, {})
    begin, end = set(), set()
    for row in data.store.relevant_subgraph(None, None).to_pylist():
        relation, ends_of = (
            Relation(row["relation"]),
            {end_of_link: row[end_of_link.name.lower()] for end_of_link in End},
        )
        begin |= {ends_of[start] for start in BEGINS[relation]}
        end |= {ends_of[stop] for stop in STOPS[relation]} - {""}
    known = data.store.entities(sorted(begin | end))
    programmes_and_others = {i for i, entity in known.items() if entity.kind is not Kind.PROGRAMME}

    def named(ids: set[str]) -> dict[str, str]:
        return dict(
            sorted(((i, known[i].name) for i in ids if i in known), key=lambda p: p[1].casefold())
        )

    return Ends(named(begin & programmes_and_others), named(end))


def may_be_on_paths(data: Data, identifier: str, kind: Kind) -> tuple[bool, bool]:
    """Return whether paths may begin at an entity, and whether they may end there.

    If the record is too large to list the entities on paths, the kind decides.

    Parameters
    ----------
    data : Data
        The open data.
    identifier : str
        Id of the entity.
    kind : Kind
        Kind of the entity.
    """
    if not data.small:
        return kind.entry.party, kind.entry.target
    listed = ends(data)
    return identifier in listed.exporters, identifier in listed.targets


@st.cache_resource(max_entries=64, show_spinner="Searching the paths …", hash_funcs=BY_VERSION)
def cached_answer(data: Data, question: Question) -> AnsweredQuestion:
    """Find the paths that a question asks for; all sessions share the answers."""
    return ask(data.store, question, top=MOST_PATHS)


def entities(data: Data, ids: Collection[str]) -> dict[str, Entity]:
    """Return entities by id."""
    return data.store.entities(sorted(set(ids) - {""}))


def resolve(data: Data, text: str) -> list[str]:
    """Return the ids of entities with a similar name, best match first."""
    return [match.id for match in search(data, text, 6).matches]


def search(data: Data, text: str, limit: int) -> SearchResult:
    """Search entities by a typed text, whatever its spelling.

    Parameters
    ----------
    data : Data
        The open data.
    text : str
        An id or a name, as a person typed or pasted it.
    limit : int
        Maximum number of matches.
    """
    known = entities(data, spellings_of(text))
    return data.store.find(known_spelling(text, known), limit)
