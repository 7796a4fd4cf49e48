"""File and sheet names that are nearly the name of a table."""

from __future__ import annotations

import difflib
import re

from graph.validate import TABLES

_SINGULARS = {"entity": "entities", "source": "sources", "claim": "claims", "reply": "replies"}
#: What programs append to the name of a copy: ` (2)`, `_2`, ` - Copy`, ` copy 2`.
_COPY = re.compile(r"[\s_.-]*(?:\(\d+\)|(?:copy|kopie|copie)(?:\s*\d+)?|old|new|\d+)$")
_ALIKE = 0.8


def table_meant(name: str) -> str | None:
    """Return the table whose name a file or sheet nearly has, or None.

    A name that is exactly a table's, in any case and with blanks around it, is that table.

    Examples
    --------
    >>> [table_meant(name) for name in ("claims (2)", "Entity", "cliams", "Claims ", "notes")]
    ['claims', 'entities', 'claims', 'claims', None]
    """
    word = name.strip().casefold()
    word = _COPY.sub("", word) or word
    word = _SINGULARS.get(word, word)
    near = difflib.get_close_matches(word, TABLES, 1, _ALIKE)
    return near[0] if near and near[0][0] == word[0] else None
