"""How many walks are looked at one by one, and what is said of more."""

from __future__ import annotations

#: Walks of a pair that are looked at one by one; more are passed through state by state.
LISTED = 2_000


TOO_MANY = f"The score has more than {LISTED:,} paths. Use the Monte Carlo worlds."
