"""What the kernel that walks reads, and what it writes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import Codes

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


#: Most beginnings of walks that are followed for one exporter; past them its walks are not listed.
LOOK = 200_000
#: Columns of `Tree.cut`; LOOKED counts the beginnings of walks that were followed.
CUTS = ROUND_TRIPS, DATES, DAY, WEIGHTS, LOOKED = range(5)
#: The longest walk, whatever the hops: steps over same_as cost none.
DEEPEST = 4096

#: Columns of a row of dates, named as in `Timeline`; BEGUN is 1 from the first event on.
(CERTAIN, OWNED, OWNED_TO, SURELY, SURELY_TO, UNTIL, UNTIL_SURELY, BEGUN) = range(8)
REACHED, REACHED_LAST, SOLD = 8, 9, 10  # SOLD: how many supplies there are
WIDTH = 11

#: Columns of `WalkInput.facts`: what a step needs of a link lies side by side.
(
    RELATION,
    FIRST,
    LAST,
    SURE_FIRST,
    SURE_LAST,
    FIRM,
    FITS,
    PLAIN_FIRST,
    PLAIN_LAST,
    CONTRACT,
    PRODUCT,
) = range(11)

#: A row for each supply: the earliest instant that fits, its last day, its contract.
SUPPLY = 3


class WalkInput(NamedTuple):
    """The graph to walk on: fields of `Steps`, and the links that walks may use.

    Its entities have dense numbers of their own, so that the flags of visited ones stay in cache.

    Attributes
    ----------
    first, after, link, need, target : arrays
        As in `Steps`.
    entity : int32 (places)
        Of each place.
    buyer : int32 (steps)
        As in `Steps`, in these numbers.
    in_supply : bool (places)
        Whether a place is of the supply part.
    facts : int32 (links, 11)
        Dates and ties of each link, in the columns named above.
    possible_links, allowed_first_links : bool (links)
        Which links may be used, and which may be the first supply or contribution.
    row : int64 array
        The row of dates of a walk without links.
    entities : int
        How many entities there are.
    only : int
        The entity at which every walk ends; -1 where there are several targets.
    max_hops : int
        Greatest number of hops.
    """

    first: Numbers
    after: Codes
    link: Codes
    need: NDArray[np.int8]
    target: Codes
    entity: Codes
    buyer: Codes
    in_supply: Flags
    facts: Codes
    possible_links: Flags
    allowed_first_links: Flags
    row: Numbers
    entities: int
    only: int
    max_hops: int


class Wanted(NamedTuple):
    """What to collect of the walks.

    Attributes
    ----------
    budget : int
        Most beginnings of walks to follow for each exporter.
    listed : bool
        Keep the walks; False: count them.
    leads : bool
        Collect `Tree.leads`.
    """

    budget: int = LOOK
    listed: bool = True
    leads: bool = False


class WalkBuffers(NamedTuple):
    """Where walks are written: the fields of `Tree`, with spare room for nodes and walks."""

    first: Numbers
    end_first: Numbers
    total: Numbers
    cut: Numbers
    whole: Flags
    above: Codes
    link: Codes
    node: Codes
    target: Codes
    begins: Codes
    certain: Flags
