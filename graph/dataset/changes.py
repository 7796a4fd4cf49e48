"""Which records of a table came, went, or say something else."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Key(NamedTuple):
    """A record's named source and id (of a reply: its claim and its party)."""

    set: str
    id: str


class Changes(msgspec.Struct, frozen=True):
    """Records of one table that came, went, or say something else, sorted."""

    added: list[Key] = []
    removed: list[Key] = []
    changed: list[Key] = []

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)
