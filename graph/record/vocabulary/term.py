"""What all words of the vocabulary share: a spelling, and an entry with all that a face shows."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

import msgspec


class Said(msgspec.Struct, frozen=True):
    """An entry of a word that the faces show in a phrase of its own.

    Parameters
    ----------
    said : str
        The word as it stands beside a claim: `a charge, no finding`.
    """

    said: str


class Term(StrEnum):
    """A word of the vocabulary.

    A member is its spelling and its entry, in one line: `OWNS = "owns", Entry(…)`. Whatever a
    picture, a sentence, a page or a file needs to know of a member stands in the entry, and
    nowhere else.

    Attributes
    ----------
    entry : msgspec.Struct
        What the faces read; each table has a type of its own.
    """

    entry: Any

    def __new__(cls, spelling: str, entry: Any = None) -> Self:
        """Make a member of its spelling and its entry."""
        member = str.__new__(cls, spelling)
        member._value_ = spelling
        member.entry = entry
        return member

    @property
    def words(self) -> str:
        """The word as a reader reads it: `public body`."""
        return self.value.replace("_", " ")
