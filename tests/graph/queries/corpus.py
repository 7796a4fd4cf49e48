"""The statements of attacks.txt and innocents.txt, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
_LETTER = re.compile(r"⟨U\+([0-9A-F]{4,6})⟩")
_REPEATED = re.compile(r"⟨(\d+)×(.*?)⟩")


def attacks() -> Iterator[tuple[str, str]]:
    """Each attack, with its kind."""
    kind = ""
    for line in _lines("attacks.txt"):
        if line.startswith("≣ "):
            kind = line[2:]
        else:
            yield kind, typed(line)


def innocents() -> Iterator[str]:
    """Each statement that a reader may run."""
    yield from map(typed, _lines("innocents.txt"))


def typed(line: str) -> str:
    """A line as it is typed."""
    line = _REPEATED.sub(lambda found: found[2] * int(found[1]), line)
    return _LETTER.sub(lambda found: chr(int(found[1], 16)), line).replace("⏎", "\n")


def _lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text("utf-8").split("\n")[:-1]:
        if not line.startswith("#"):
            yield line
