"""The lines that report a load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from app.cli.terminal_page import number_of

if TYPE_CHECKING:
    from graph.neo4j_server.load import Loaded

#: Lines of a kind that are shown.
_SHOWN = 20
#: What this machine remembers of its loads, in the data folder.
NOTES = "neo4j-loads.json"


def load_report(place: str, loaded: Loaded, *, force: bool) -> Iterator[str]:
    """Return what a load did, a line each.

    Parameters
    ----------
    place : str
        The server.
    loaded : Loaded
        What the load did.
    force : bool
        Whether edits by hand were written over.
    """
    version = f"version {loaded.version[:12]}"
    if not loaded.counts:
        yield f"{place} holds {version} already, and nothing was written to it since."
        return
    rows = number_of(sum(loaded.counts.values()), "row")
    yield f"{place} now holds {version}: {rows}, {loaded.written:,} of them written."
    if loaded.removed:
        yield f"Taken out, because they left the record: {number_of(loaded.removed, 'row')}."
    if loaded.kept:
        yield f"Kept as :Vanished, for what hangs on them: {number_of(len(loaded.kept), 'row')}."
        yield from _first_lines(loaded.kept)
    if loaded.by_hand:
        yield f"Joined to what was made by hand: {number_of(loaded.by_hand, 'row')}."
    if loaded.edited:
        rows = number_of(len(loaded.edited), "row")
        done = "overwritten" if force else "left so; --force overwrites"
        yield f"Edited by hand, and {done}: {rows}."
        yield from _first_lines(map(str, loaded.edited))


def _first_lines(lines: Iterable[str]) -> Iterator[str]:
    shown = list(lines)
    yield from (f"  {line}" for line in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        yield f"  … and {len(shown) - _SHOWN:,} more"
