"""GraphBLAS: all exporters, all targets and many worlds at once, as products of matrices.

It lists no paths. For the worlds there are many ways to say the same in matrices. On 300,000 links,
for 289 words of 64 worlds on one thread, CPU seconds:

- a matrix of `uint64` for each word, over `bor_band`, exporters by places, hop by hop: 1.04; by the
  greatest number of hops to the place after, each step in one product: 0.69; 16 words at a time, as
  blocks on the diagonal: 0.47; exporters by places as a dense matrix: 2.03;
- pairs of exporter and place as rows of a full matrix, with a column for each word: rows extracted,
  `band` element by element, and `bor` by a product for each level: 0.29;
- 64 words as one element of a matrix, of a type of our own: 0.08. That is what is done here.

Operators on the type are numba's, called for each pair of elements through the C interface:
python-graphblas can compile none that return such a type, and the compiler inside SuiteSparse is
left out of the wheels (`jit_c_control` stays at `run`).
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import graphblas as gb
import numba
import numpy as np
from numba.types import CPointer, uint64, void
from numpy.typing import NDArray
from suitesparse_graphblas import ffi, lib

from graph.exposure.path_sets.draws import Bits
from tests.bench.peers.question import Numbers, Question

#: Words of 64 worlds to an element of a matrix.
WIDE = 64
#: Exporters to a matrix: what they reach stays in the processor's cache.
ROWS = 100


class Part(NamedTuple):
    """Some steps, as the compressed rows of a matrix of places.

    Attributes
    ----------
    first : uint64 array (places + 1)
        Where the steps of each place before begin.
    head, link : int64 arrays (steps)
        Place after, and the link.
    """

    first: NDArray[np.uint64]
    head: Numbers
    link: Numbers


class Graph(NamedTuple):
    """The steps in the order in which products of matrices take them.

    Attributes
    ----------
    parts : list of Part
        For one product each.
    bounded : bool
        Each step is in one part, by the greatest number of hops to the place after. Else part n
        has what can be the nth step of a walk.
    """

    parts: list[Part]
    bounded: bool


def graph(question: Question) -> Graph:
    """Put the steps of a question in order."""
    if question.bounded:
        level = np.zeros(question.places, np.int64)
        for _ in range(question.max_hops):
            np.maximum.at(level, question.head, level[question.tail] + 1)
        chosen = [
            level[question.head] == depth for depth in range(1, int(level.max(initial=0)) + 1)
        ]
    else:
        need = np.full(question.places, question.max_hops)
        need[list(question.targets)] = 0
        for _ in range(question.max_hops):
            np.minimum.at(need, question.tail, need[question.head] + 1)
        left = range(question.max_hops - 1, -1, -1)
        chosen = [need[question.head] <= hops for hops in left]
    return Graph([_part(question, np.flatnonzero(of)) for of in chosen], question.bounded)


def all_pairs(
    graph: Graph,
    question: Question,
    bits: Bits,
    words: range,
    wide: int = WIDE,
    rows: int = ROWS,
) -> Numbers:
    """Count the worlds in which each exporter reaches each target.

    Parameters
    ----------
    graph : Graph
        From `graph`.
    question : Question
        The same.
    bits : uint64 array (links, words)
        In which worlds each link holds.
    words : range
        Numbers of words, of step 1.
    wide : int
        Words to an element.
    rows : int
        Exporters to a matrix.

    Returns
    -------
    int64 array (exporters, targets)

    Notes
    -----
    As many threads as `graphblas.ss.config["nthreads"]` says; a second one gained nothing here, at
    300,000 links or at 3 million. The first call for a width compiles its operators for a tenth
    of a second.
    """
    there = np.flatnonzero(question.sources >= 0)
    ends = np.fromiter(question.targets, np.int64)
    numbers = np.fromiter(question.targets.values(), np.int64)
    found = np.zeros((len(question.sources), question.wanted), np.int64)
    wide = max(1, min(wide, len(words)))
    algebra = _algebra(wide)
    gather = algebra.either if graph.bounded else ffi.NULL
    every = np.full((max(rows, len(ends)), wide), ~np.uint64(0))
    for begin in range(words.start, words.stop, wide):
        many = min(wide, words.stop - begin)
        block = np.zeros((len(bits), wide), np.uint64)
        block[:, :many] = bits[:, begin : begin + many]
        steps = [
            gb.Matrix.from_csr(
                part.first,
                part.head,
                block[part.link],
                dtype=algebra.element,
                ncols=question.places,
            )
            for part in graph.parts
        ]
        at = _matrix(algebra, ends, numbers, every, question.places, question.wanted)
        for row in range(0, len(there), rows):
            mine = there[row : row + rows]
            count = np.arange(len(mine))
            reached = _matrix(
                algebra, count, question.sources[mine], every, len(mine), question.places
            )
            targets = gb.Matrix(algebra.element, len(mine), question.wanted)
            for part in steps:
                _multiply(reached, gather, algebra, reached, part)
                if not graph.bounded:
                    _multiply(targets, algebra.either, algebra, reached, at)
            if graph.bounded:
                _multiply(targets, ffi.NULL, algebra, reached, at)
            exporters, columns, held = targets.to_coo()
            holding = np.bitwise_count(held[:, :many]).sum(axis=1, dtype=np.int64)
            found[mine[exporters.astype(np.int64)], columns] += holding
    for exporter, source in enumerate(question.sources.tolist()):
        if source in question.targets:
            found[exporter, question.targets[source]] = 0  # no walk leads back
    return found


def _part(question: Question, steps: Numbers) -> Part:
    tail = question.tail[steps]
    first = np.searchsorted(tail, np.arange(question.places + 1)).astype(np.uint64)
    return Part(first, question.head[steps], question.link[steps])


class Algebra(NamedTuple):
    """The type of some words, their `or`, and the semiring of `or` and `and`."""

    element: gb.dtypes.DataType
    either: Any
    semiring: Any
    kept: Any  # the functions, of which GraphBLAS holds the addresses


@cache
def _algebra(wide: int) -> Algebra:
    element = gb.dtypes.lookup_dtype(f"UINT64[{wide}]")
    words = CPointer(uint64)

    @numba.cfunc(void(words, words, words))
    def either(z: Any, x: Any, y: Any) -> None:
        for one in range(wide):
            z[one] = x[one] | y[one]

    @numba.cfunc(void(words, words, words))
    def both(z: Any, x: Any, y: Any) -> None:
        for one in range(wide):
            z[one] = x[one] & y[one]

    made = []
    for function in (either, both):
        op = ffi.new("GrB_BinaryOp*")
        address = ffi.cast("GxB_binary_function", function.address)
        _must(lib.GrB_BinaryOp_new(op, address, *[element.gb_obj[0]] * 3))
        made.append(op[0])
    monoid, semiring = ffi.new("GrB_Monoid*"), ffi.new("GrB_Semiring*")
    _must(lib.GrB_Monoid_new_UDT(monoid, made[0], ffi.new(f"uint64_t[{wide}]")))
    _must(lib.GrB_Semiring_new(semiring, monoid[0], made[1]))
    return Algebra(element, made[0], semiring[0], (either, both))


def _matrix(
    algebra: Algebra, rows: Numbers, columns: Numbers, every: Bits, height: int, width: int
) -> gb.Matrix:
    """Make a matrix with elements of all ones."""
    return gb.Matrix.from_coo(
        rows, columns, every[: len(rows)], dtype=algebra.element, nrows=height, ncols=width
    )


def _multiply(
    into: gb.Matrix, accumulate: Any, algebra: Algebra, left: gb.Matrix, right: gb.Matrix
) -> None:
    sides = (left.gb_obj[0], right.gb_obj[0])
    _must(lib.GrB_mxm(into.gb_obj[0], ffi.NULL, accumulate, algebra.semiring, *sides, ffi.NULL))


def _must(status: int) -> None:
    if status:
        raise RuntimeError(f"GraphBLAS ends with {status}")
