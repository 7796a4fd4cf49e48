"""Decimal probabilities as integers over a power of ten, so that nothing is rounded."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

#: (n, e): n over base ** e.
Scaled: TypeAlias = tuple[int, int]

ONE: Scaled = (1, 0)
NONE: Scaled = (0, 0)


class Scale:
    """Arithmetic on numbers of one base.

    Parameters
    ----------
    base : int
        A power of ten, at least ten.

    Examples
    --------
    >>> tenths = Scale(10)
    >>> half = tenths.of(Fraction(1, 2))
    >>> half, tenths.number(tenths.complement(times(half, half)))
    ((5, 1), 0.75)
    """

    def __init__(self, base: int) -> None:
        self.base = base

    def of(self, number: Fraction) -> Scaled:
        """Return a decimal as a scaled number."""
        power = 1
        while self.base**power % number.denominator:
            power += 1
        return number.numerator * (self.base**power // number.denominator), power

    def number(self, a: Scaled) -> float:
        """Return the double nearest to a scaled number."""
        number: float = a[0] / self.base ** a[1]
        return number

    def complement(self, a: Scaled) -> Scaled:
        """Return 1 - a."""
        return self.base ** a[1] - a[0], a[1]

    def plus(self, a: Scaled, b: Scaled) -> Scaled:
        """Return a + b."""
        power = max(a[1], b[1])
        return a[0] * self.base ** (power - a[1]) + b[0] * self.base ** (power - b[1]), power


def times(a: Scaled, b: Scaled) -> Scaled:
    """Return a × b."""
    return a[0] * b[0], a[1] + b[1]


def base_of(numbers: Iterable[Fraction]) -> int:
    """Return the least power of ten whose powers are common denominators of some decimals.

    Examples
    --------
    >>> base_of([Fraction("0.9"), Fraction("0.35"), Fraction(1)])
    100
    """
    base = 10
    for number in set(numbers):
        while base % number.denominator:
            base *= 10
    return base
