"""The lines that report a load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.wording import number_of

if TYPE_CHECKING:
    from graph.neo4j_server.load import Loaded

#: Number of rows that a list shows.
_SHOWN = 20


def load_report(place: str, loaded: Loaded, *, force: bool) -> Iterator[str]:
    """Yield the lines that report a load.

    Parameters
    ----------
    place : str
        Address of the server.
    loaded : Loaded
        Result of the load.
    force : bool
        Whether manual edits were overwritten.
    """
    version = f"version {loaded.version[:12]}"
    if not loaded.counts:
        yield f"{place} already holds {version}, and nothing was written since."
        return
    rows = number_of(sum(loaded.counts.values()), "row")
    yield f"{place} now holds {version}: {rows}, {loaded.written:,} of them written."
    if loaded.removed:
        yield f"Removed, because they left the record: {number_of(loaded.removed, 'row')}."
        yield from _first_lines(loaded.removed_rows)
    if loaded.restored:
        rows = number_of(len(loaded.restored), "row")
        yield f"Restored, because somebody had deleted or changed them: {rows}."
        yield from _first_lines(loaded.restored)
    if loaded.own:
        yield f"Kept as made by hand, because no version holds them: {len(loaded.own):,}."
        yield from _first_lines(loaded.own)
    if loaded.unready:
        yield f"Not joined to the record, because of an error: {len(loaded.unready):,}."
        yield from _first_lines(loaded.unready)
    if loaded.kept:
        rows = number_of(len(loaded.kept), "row")
        yield f"Kept as :Vanished, because additions refer to them: {rows}."
        yield from _first_lines(loaded.kept)
    if loaded.by_hand:
        yield f"Joined to manual additions: {number_of(loaded.by_hand, 'row')}."
    if loaded.edited:
        rows = number_of(len(loaded.edited), "row")
        outcome = "overwritten" if force else "unchanged; --force overwrites"
        yield f"Edited by hand, {outcome}: {rows}."
        yield from _first_lines(map(str, loaded.edited))


def _first_lines(lines: Iterable[str]) -> Iterator[str]:
    shown = list(lines)
    yield from (f"  {line}" for line in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        yield f"  … and {len(shown) - _SHOWN:,} more"
