"""The data of the app: a store, opened once for all sessions of the server, and its answers."""

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
from graph.record.vocabulary import Kind, Relation
from graph.stores import open_store
from graph.stores.base import Store

#: Data sets of more links than this are not listed or scored whole.
SMALL = 20_000
#: Most paths of an answer that are kept; the others are counted.
MOST_PATHS = 50


class Data(NamedTuple):
    """An open data version.

    Parameters
    ----------
    store : Store
        The store that answers; sessions share it, each call has a cursor of its own.
    id : str
        Id of the version.
    version : str
        The version as readers see it.
    pinned : str
        The version that the address asks for; empty: the current one.
    sets : tuple of str
        Names of the sets in it.
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
        First digits of its id; empty: the current version.

    Raises
    ------
    NoDataError
        If nothing has been ingested yet; the message says how to.
    VersionError
        If there is no such version.
    """
    folder = str(settings.read_settings().data)
    archive = Archive(settings.read_settings().data)
    version = archive.resolve(pinned or None)
    opened = _opened(folder, version)
    said = wording.version(version, opened.created)
    return Data(opened.store, version, said, pinned, opened.sets)


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


#: Answers are kept by the version that gave them.
BY_VERSION: dict[str | type[Any], Callable[[Any], Any]] = {
    Data: lambda data: data.id,
    Question: lambda question: msgspec.json.encode(question, order="deterministic"),
}


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def table_sizes(data: Data) -> dict[str, int]:
    """Return the number of rows of each table."""
    return data.store.counts()


class Ends(NamedTuple):
    """Names by id of what may begin a path, and of what may end one; sorted by name."""

    exporters: dict[str, str]
    targets: dict[str, str]


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs=BY_VERSION)
def ends(data: Data) -> Ends:
    """Return what may begin and end a path; nothing where the record is too large to list."""
    if not data.small:
        return Ends({}, {})
    begin, end = set(), set()
    for row in data.store.relevant_subgraph(None, None).to_pylist():
        relation, ends_of = Relation(row["relation"]), {one: row[one.name.lower()] for one in End}
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
    """Tell whether a path may begin at an entity, and whether one may end there.

    Where the record is too large to list what is on a path, the kind decides.

    Parameters
    ----------
    data : Data
        The open data.
    identifier : str
        Id of the entity.
    kind : Kind
        What it is.
    """
    if not data.small:
        return kind.entry.party, kind.entry.target
    listed = ends(data)
    return identifier in listed.exporters, identifier in listed.targets


@st.cache_resource(max_entries=64, show_spinner="Searching the paths …", hash_funcs=BY_VERSION)
def cached_answer(data: Data, question: Question) -> AnsweredQuestion:
    """Find the paths that a question asks for; the sessions of the server share the answers."""
    return ask(data.store, question, top=MOST_PATHS)


def entities(data: Data, ids: Collection[str]) -> dict[str, Entity]:
    """Return entities by id."""
    return data.store.entities(sorted(set(ids) - {""}))


def resolve(data: Data, text: str) -> list[str]:
    """Return the ids that a text may mean, the best first; none where nothing is called like it."""
    return [match.id for match in data.store.find(text, 6).matches]
