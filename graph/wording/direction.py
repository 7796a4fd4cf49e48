"""Names in right-to-left scripts, isolated so that the text around them keeps its order."""

from __future__ import annotations

import re

#: Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, with their forms for display.
_STRONG = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_WORD = f"[{_STRONG}][{_STRONG}\u0300-\u036f\u200c\u200d]*"
#: What may stand between two words of one name: a mark, or Latin capitals and digits.
_BETWEEN = "(?:[ '’.\\-]{1,2}| (?:[A-Z0-9][A-Z0-9&.\\-]* )+)"
_NAME = re.compile(f"{_WORD}(?:{_BETWEEN}{_WORD})*")

_ISOLATE, _END = "\u2068", "\u2069"


def isolate(text: str) -> str:
    """Return a text whose right-to-left names are isolated (Unicode FSI and PDI).

    Without isolation, an arrow or a date between two such names takes their direction: the
    supplier then seems to be the buyer.

    Parameters
    ----------
    text : str
        A text without direction marks.

    Examples
    --------
    >>> isolate("مصر → ليبيا") == "\\u2068مصر\\u2069 → \\u2068ليبيا\\u2069"
    True
    >>> isolate("Safran → Morpho")
    'Safran → Morpho'
    """
    if text.isascii():
        return text
    return _NAME.sub(lambda name: f"{_ISOLATE}{name[0]}{_END}", text)
