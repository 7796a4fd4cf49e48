"""Compiled kernels, for a type checker that knows nothing of numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call, and keep the machine code for the next process.

    Parameters
    ----------
    function : callable
        Over numbers and numpy arrays. It runs without Python's lock, so that threads may share
        the work.

    Returns
    -------
    callable
        The same, compiled.
    """
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder that a cache could be kept in
        made = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", made)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function into each kernel that calls it.

    A call hands on arrays, and counts each of them in and out: more work than a step of a walk.

    Parameters
    ----------
    function : callable
        Over numbers and numpy arrays, in the module of the kernels that call it.
    """
    return cast("Callable[P, R]", numba.njit(inline="always", nogil=True)(function))
