"""Find the entity that a user names: by id, or by a name that only one entity has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import UnknownIdError, UsageError
from graph.record.spellings import spellings_of

if TYPE_CHECKING:
    from graph.record.model import Entity
    from graph.stores.base import Store

_LOOKED_AT = 50


def entity_of(store: Store, text: str) -> Entity:
    """Return the entity with an id or a name; names match in any case and spelling.

    Parameters
    ----------
    store : Store
        The store that holds the entities.
    text : str
        An id, a name, an alias or an identifier.

    Raises
    ------
    UnknownIdError
        If no entity matches; the message suggests similar ids.
    UsageError
        If several entities have the name; the message lists their ids.
    """
    from graph.record.names import normalise  # imported here: ids need no transliteration

    spellings = spellings_of(text)
    known = store.entities(spellings)
    for spelling in spellings:
        if spelling in known:
            return known[spelling]
    matches = store.find(text, _LOOKED_AT).matches
    key = normalise(text)
    same_name = [match for match in matches if key and normalise(match.matched) == key]
    if not same_name:
        raise UnknownIdError("entity", text, [match.id for match in matches[:3]])
    if len(same_name) > 1:
        ids = ", ".join(match.id for match in same_name)
        raise UsageError(
            f"{len(same_name)} entities have the name {text!r}. Give the id of one of them: {ids}."
        )
    return store.entity(same_name[0].id)


def source_id_of(store: Store, text: str) -> str:
    """Return the id of the source that a typed text stands for.

    Raises
    ------
    UnknownIdError
        If the record has no such source; the message suggests similar ids.
    """
    spellings = spellings_of(text)
    known = store.sources(spellings)
    for spelling in spellings:
        if spelling in known:
            return spelling
    import difflib  # imported here: few calls need it

    ids = {id_.casefold(): id_ for id_ in store.source_documents().column("id").to_pylist()}
    near = difflib.get_close_matches(text.casefold(), ids, 3, 0.7)
    raise UnknownIdError("source", text, [ids[key] for key in near])


def names_of(store: Store, ids: set[str]) -> dict[str, str]:
    """Return the names of entities by id; an unknown id is its own name."""
    known = store.entities(sorted(ids))
    return {id_: known[id_].name if id_ in known else id_ for id_ in ids}
