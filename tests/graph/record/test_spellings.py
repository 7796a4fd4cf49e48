"""Which ids a typed text may stand for."""

from __future__ import annotations

import pytest

from graph.record.spellings import known_spelling

KNOWN = {"acme", "caf\u00e9", "天", "a\u200bb"}


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("acme", "acme"),
        ("ac\u200bme", "acme"),
        (r"\u5929", "天"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u200bb", "a\u200bb"),  # as it stands in the record, invisible character and all
        ("ab", "ab"),  # which is another id
        ("\u2068Nobody\u2069", "Nobody"),
    ],
)
def test_the_spelling_of_the_record_comes_first(typed: str, spelling: str) -> None:
    assert known_spelling(typed, KNOWN) == spelling
