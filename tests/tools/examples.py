"""How many examples of hypothesis a test tries."""

from __future__ import annotations

from hypothesis import settings


def at_most(number: int) -> int:
    """Return a number of examples, or that of the profile where it is lower, as in `make quick`."""
    return min(number, settings().max_examples)
