"""Compiled kernels, with the types that numba does not declare."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call, and cache the machine code for the next process.

    Parameters
    ----------
    function : callable
        Takes numbers and numpy arrays. It runs without the GIL, so that threads can share the
        work.

    Returns
    -------
    callable
        The compiled function.
    """
    try:
        compiled = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder for the cache
        compiled = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", compiled)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function into each kernel that calls it.

    A call passes arrays and updates the reference count of each: more work than a step of a walk.

    Parameters
    ----------
    function : callable
        Takes numbers and numpy arrays. It stands in the module of the kernels that call it.
    """
    return cast("Callable[P, R]", numba.njit(inline="always", nogil=True)(function))
