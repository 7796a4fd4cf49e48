"""The one way from record text into a Graphviz label: HTML-like, escaped, wrapped, inert.

A plain label is never made: Graphviz substitutes backslash sequences in it, and takes one that
begins with `<` for markup.
"""

from __future__ import annotations

import html
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.record.model import Entity
    from graph.record.vocabulary import Stroke
    from graph.record.vocabulary.pictures import PenEntry

INK, GREY, PALE = "#1b1b1b", "#555555", "#8a8a8a"

# Control characters no XML parser takes, and the marks that turn the text around them.
_TURNING = frozenset(
    "\u200e\u200f\u061c" + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def ink(stroke: Stroke, pen: PenEntry) -> str:
    """Return the colour of a line."""
    return PALE if stroke.entry.pale else GREY if pen.grey else INK


def one_line(text: str) -> str:
    """Return a text on one line, without control characters and marks of direction.

    Examples
    --------
    >>> one_line("two\\nlines\\x00 \\u202edrawkcab")
    'two lines drawkcab'
    """
    kept = (c for c in " ".join(text.split()) if c not in _TURNING)
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co"))


def shown(value: object) -> object:
    """Clean a value that a template shows, if it is text; leave markup as it is."""
    return one_line(value) if type(value) is str and not value.isprintable() else value


def width(text: str) -> int:
    """Return the width of a text in half-widths of a Chinese character.

    Examples
    --------
    >>> width("Skynet"), width("天网")
    (6, 4)
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def is_foreign(text: str) -> bool:
    """Tell whether a text has letters that many fonts lack: Chinese and its like, Arabic, Hebrew.

    Examples
    --------
    >>> is_foreign("Łódź"), is_foreign("天网"), is_foreign("شىنجاڭ")
    (False, True, True)
    """
    return any(
        unicodedata.east_asian_width(c) in "WF" or unicodedata.bidirectional(c) in ("R", "AL")
        for c in text
    )


def wrap_label(text: str, columns: int, most: int = 0, *, even: bool = True) -> list[str]:
    """Break a text into lines of about `columns` letters.

    Parameters
    ----------
    text : str
        The text.
    columns : int
        Letters of a line; a word that is longer is broken.
    most : int
        Greatest number of lines, the last ending in an ellipsis; 0: any.
    even : bool
        True for lines of like length, as on a card; False for running text.

    Examples
    --------
    >>> wrap_label("Shanghai Public Security Bureau", 26)
    ['Shanghai Public', 'Security Bureau']
    >>> wrap_label("Syrian Telecommunications Establishment", 24)
    ['Syrian', 'Telecommunications', 'Establishment']
    >>> wrap_label("上海市公安局", 8), wrap_label("a b c d", 2, most=2)
    (['上海市公', '安局'], ['a', 'b …'])
    """
    text = one_line(text)
    if width(text) > 1.5 * len(text):  # a script without blanks
        size = max(1, columns // 2)
        lines = [text[start : start + size] for start in range(0, len(text), size)]
    else:
        lines = textwrap.wrap(text, columns, break_on_hyphens=False) or [""]
        longest = max(map(len, text.split()), default=1)
        least = max(min(longest, columns), -(-len(text) // len(lines)))
        for narrower in range(least, columns) if even else ():
            balanced = textwrap.wrap(text, narrower, break_on_hyphens=False)
            if len(balanced) == len(lines):
                lines = balanced
                break
    if most and len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" …") + " …"]
    return lines


def text(content: str, size: int, *, colour: str = INK, style: str = "") -> str:
    """Return one line of text as HTML-like markup.

    Parameters
    ----------
    content : str
        Record text, or any other.
    size : int
        Points.
    colour : str
        Of this module or of `graphviz_figure`; never from the record.
    style : str
        "B", "I" or nothing.
    """
    # Graphviz puts names for backslash sequences, in HTML-like labels too
    inner = html.escape(one_line(content)).replace("\\", "&#92;&#92;") or " "
    inner = f"<{style}>{inner}</{style}>" if style else inner
    return f'<FONT POINT-SIZE="{size}" COLOR="{colour}">{inner}</FONT>'


def cell(content: str, size: int, *, align: str = "LEFT", **options: str) -> str:
    """Return one line of text as a row of a table.

    Where the machine may lack a font for its script, the row gets the room that a
    viewer's font will need: Chinese characters are as wide as they are high in every font.

    Parameters
    ----------
    content : str
        The text.
    size : int
        Of its type, in points.
    align : str
        Where it stands in the row.
    **options : str
        As for `text`.
    """
    room = f' WIDTH="{size * 0.56 * width(content):.0f}"' if is_foreign(content) else ""
    return f'<TR><TD ALIGN="{align}"{room}>{text(content, size, **options)}</TD></TR>'


def space(points: int) -> str:
    """Return an empty row of that height."""
    return f'<TR><TD HEIGHT="{points}"></TD></TR>'


def html_table(rows: Iterable[str], *, padding: int = 0, spacing: int = 0) -> str:
    """Return rows as an HTML-like label.

    Parameters
    ----------
    rows : iterable of str
        From `cell` and `space`.
    padding, spacing : int
        In and between the cells, in points.
    """
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="{padding}" CELLSPACING="{spacing}">'
        + "".join(rows)
        + "</TABLE>>"
    )


def alias_of(entity: Entity) -> str:
    """Return the alias for a card: in another script, else one that shares no word with the name.

    Of a stand-in only the former: its other aliases may be names of those for whom it stands.

    Examples
    --------
    >>> from graph.record.model import Entity
    >>> fields = dict(set="s", id="x", kind="company", name="Morpho SA")
    >>> alias_of(Entity(aliases=("Morpho", "Safran Identity & Security"), **fields))
    'Safran Identity & Security'
    >>> alias_of(Entity(aliases=("Safran I&S", "zh:莫夫"), **fields)), alias_of(Entity(**fields))
    ('莫夫', '')
    >>> alias_of(Entity(aliases=("Part of it Ltd",), collective=True, **fields))
    ''
    """
    from graph.record import names  # here: transliteration tables, which few pictures' makers need

    texts = [names.split_language(alias)[1] for alias in entity.aliases]
    own = next((text for text in texts if not _is_latin(text)), "")
    if entity.collective:
        return own
    words = set(names.normalise(entity.name).split())
    other = (text for text in texts if words.isdisjoint(names.normalise(text).split()))
    return own or next(other, "")


def _is_latin(text: str) -> bool:
    return all(ord(character) < 0x370 or not character.isalpha() for character in text)
