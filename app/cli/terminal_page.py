"""Text for a terminal: wrapped, aligned, and free of control sequences."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

import click

from graph.wording.direction import isolate

#: Width if the output is not a terminal.
WIDTH = 100
_NARROWEST = 40
#: No table column shrinks below its longest word, up to this width.
_LONG_WORD = 24

#: C0 and C1 controls (escape sequences begin with one) and direction marks, for a regex class.
CONTROLS = (
    "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff"
)
_UNSAFE = re.compile(f"[{CONTROLS}]")


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal.

    Examples
    --------
    >>> width_of("Skynet"), width_of("天网"), width_of("e\u0301")
    (6, 4, 1)
    """
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str, encoding: str = "utf-8") -> str:
    """Return a text on one line, without control characters, as an encoding can write it.

    Letters that the encoding lacks are transliterated.

    Examples
    --------
    >>> printable("two\\nlines"), printable("\\x1b[31mred")
    ('two lines', '�[31mred')
    >>> printable("天网 → Skynet", "ascii")
    'TianWang > Skynet'
    """
    text = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        from anyascii import anyascii  # here: few terminals need it

        return anyascii(text).encode(encoding, "replace").decode(encoding)
    return text


def escaped(text: str, encoding: str) -> str:
    """Return a text in which `\\u` escapes replace letters that an encoding lacks.

    Examples
    --------
    >>> escaped("天网-project", "ascii")
    '\\\\u5929\\\\u7f51-project'
    """
    text = text.encode("utf-8", "replace").decode()
    return text.encode(encoding, "backslashreplace").decode(encoding)


def wrap_columns(text: str, width: int, first: int | None = None) -> list[str]:
    """Break a text into lines of at most `width` columns; long words such as URLs stay whole.

    Parameters
    ----------
    text : str
        The text.
    width : int
        Width of a line in columns.
    first : int, optional
        Width of the first line, if it differs.

    Examples
    --------
    >>> wrap_columns("the document that says so", 12)
    ['the document', 'that says so']
    >>> wrap_columns("监控设备采购公告", 8)
    ['监控设备', '采购公告']
    """
    lines: list[str] = []
    line = ""
    for word in itertools.chain.from_iterable(_split(word, width) for word in text.split(" ")):
        room = first if first is not None and not lines else width
        if line and width_of(line) + 1 + width_of(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _split(word: str, width: int) -> Iterable[str]:
    """Break a word in a script that is written without spaces."""
    if width_of(word) <= width or not any(_columns(character) == 2 for character in word):
        return [word]
    size = max(1, width // 2)
    return [word[start : start + size] for start in range(0, len(word), size)]


def say(text: str, *, err: bool = False) -> None:
    """Print a text line by line, without control sequences.

    Parameters
    ----------
    text : str
        The text.
    err : bool
        Whether to print to standard error.
    """
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    if err:  # messages name ids, and a transliterated id would not exist
        text = escaped(text, encoding)
    lines = (_isolated(printable(line, encoding), encoding) for line in text.splitlines())
    click.echo("\n".join(lines), err=err)


def _isolated(line: str, encoding: str) -> str:
    isolated = isolate(line)
    return isolated if escaped(isolated, encoding) == isolated else line


class Page:
    """A page of lines, collected and then written at once.

    Parameters
    ----------
    stream : TextIO, optional
        Output stream; default: standard output. A terminal sets the width of the page, and
        enables styles unless NO_COLOR is set.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = stream or sys.stdout
        terminal = stream.isatty()
        columns = shutil.get_terminal_size((WIDTH, 24)).columns if terminal else WIDTH
        self.width = max(_NARROWEST, columns)
        self.encoding = stream.encoding or "utf-8"
        self.styled = (
            terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        )
        self.lines: list[str] = []

    def clean(self, text: str) -> str:
        """Return a text on one line, as this page can show it."""
        return printable(text, self.encoding)

    def identifier(self, text: str) -> str:
        """Return an id; `\\u` escapes replace letters that the encoding lacks.

        Names are transliterated instead, but a transliterated id would not exist.
        """
        return escaped(text, self.encoding)

    def glyph(self, wanted: str, plain: str) -> str:
        """Return a character, or a plain substitute if the encoding lacks it."""
        try:
            wanted.encode(self.encoding)
        except UnicodeEncodeError:
            return plain
        return wanted

    def gap(self) -> None:
        """Add an empty line, unless the page is empty or ends with one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def text(
        self, text: str, *, indent: str = "", hang: str | None = None, style: str = ""
    ) -> None:
        """Add a paragraph, wrapped.

        Parameters
        ----------
        text : str
            The paragraph.
        indent : str
            Prefix of the first line.
        hang : str, optional
            Prefix of the other lines; default: spaces as wide as `indent`.
        style : str
            "bold", "dim" or empty.
        """
        other = " " * width_of(indent) if hang is None else hang
        lines = wrap_columns(
            self.clean(text), self.width - width_of(other), self.width - width_of(indent)
        )
        for number, line in enumerate(lines):
            begin = other if number else indent
            self.lines.append((begin + self.style(_isolated(line, self.encoding), style)).rstrip())

    def heading(self, text: str) -> None:
        """Add a heading."""
        self.gap()
        self.text(text, style="bold")
        self.lines.append(self.glyph("─", "-") * min(width_of(text), self.width))

    def style(self, text: str, style: str) -> str:
        """Return a text in bold or dim, if this page is styled."""
        if not (style and self.styled and text):
            return text
        return click.style(text, bold=style == "bold" or None, dim=style == "dim" or None)

    def table(
        self, header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()
    ) -> None:
        """Add a table; if it is too wide, the cells of its widest columns wrap.

        Parameters
        ----------
        header : sequence of str
            Names of the columns.
        rows : iterable of sequence of str
            The cells.
        right : iterable of int
            Indices of the columns to align right.
        """
        cells = [[self.clean(cell) for cell in row] for row in (header, *rows)]
        columns = list(zip(*cells, strict=True))
        widths = _squeeze(
            [max(map(width_of, column)) for column in columns],
            [max(map(_longest_word, column)) for column in columns],
            self.width,
        )
        to_the_right = set(right)
        for number, row in enumerate(cells):
            wrapped = [wrap_columns(cell, width) for cell, width in zip(row, widths, strict=True)]
            for parts in itertools.zip_longest(*wrapped, fillvalue=""):
                line = "  ".join(
                    _pad(_isolated(part, self.encoding), width, column in to_the_right)
                    for column, (part, width) in enumerate(zip(parts, widths, strict=True))
                ).rstrip()
                self.lines.append(self.style(line, "" if number else "bold"))

    def write(self, stream: TextIO | None = None) -> None:
        """Print the page."""
        click.echo("\n".join(self.lines), file=stream, color=self.styled)


def _pad(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def _longest_word(cell: str) -> int:
    return max(min(width_of(word), _LONG_WORD) for word in cell.split(" "))


def _squeeze(widths: list[int], least: list[int], width: int) -> list[int]:
    """Shrink the widest columns until the table fits, or their words do not allow more."""
    widths = list(widths)
    excess = sum(widths) + 2 * (len(widths) - 1) - width
    while excess > 0:
        wide = [n for n, (has, needs) in enumerate(zip(widths, least, strict=True)) if has > needs]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
        excess -= 1
    return widths
