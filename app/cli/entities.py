"""Which entity a user means: an id, or a name that one entity alone has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import UnknownIdError, UsageError

if TYPE_CHECKING:
    from graph.record.model import Entity
    from graph.stores.base import Store

_LOOKED_AT = 50


def entity_of(store: Store, text: str) -> Entity:
    """Return the entity that has an id or, whatever its case and spelling, a name.

    Parameters
    ----------
    store : Store
        Where to look.
    text : str
        An id, a name, an alias or an identifier.

    Raises
    ------
    UnknownIdError
        If there is none; the message names ids that are near.
    UsageError
        If several entities have the name; the message lists their ids.
    """
    from graph.record.names import normalise  # here: transliteration is needed for no id

    if found := store.entities([text]).get(text):
        return found
    matches = store.find(text, _LOOKED_AT).matches
    key = normalise(text)
    meant = [match for match in matches if key and normalise(match.matched) == key]
    if not meant:
        raise UnknownIdError("entity", text, [match.id for match in matches[:3]])
    if len(meant) > 1:
        ids = ", ".join(match.id for match in meant)
        raise UsageError(
            f"{len(meant)} entities have the name {text!r}. Say which, by its id: {ids}."
        )
    return store.entity(meant[0].id)


def names_of(store: Store, ids: set[str]) -> dict[str, str]:
    """Return the names of entities by id; an id that the record lacks stands for itself."""
    found = store.entities(sorted(ids))
    return {id_: found[id_].name if id_ in found else id_ for id_ in ids}
