"""How many walks of a pair are listed, and the error where there are more."""

from __future__ import annotations

#: Most walks of a pair that are listed; of more walks, only the states that they pass are kept.
LISTED = 2_000


TOO_MANY = f"The score has more than {LISTED:,} paths. Use the Monte Carlo worlds."
