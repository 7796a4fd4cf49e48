"""What the kernel that walks is given, and where it writes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.paths.kernels.columns import Codes

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


#: Beginnings of walks that are gone into before an exporter's are too many to list.
LOOK = 200_000
#: What is cut, in this order; LOOKED counts the beginnings of walks that were gone into.
CUTS = ROUND_TRIPS, DATES, DAY, WEIGHTS, LOOKED = range(5)
#: Walks are no longer than this, whatever the hops: a walk of many same_as is deep.
DEEPEST = 4096

#: Columns of a row, in the words of `Timeline`; BEGUN is 1 once there is a first event.
(CERTAIN, OWNED, OWNED_TO, SURELY, SURELY_TO, UNTIL, UNTIL_SURELY, BEGUN) = range(8)
REACHED, REACHED_LAST, SOLD = 8, 9, 10  # SOLD: how many supplies there are
WIDTH = 11

#: What `WalkInput.facts` holds of a link, side by side: what a step needs is read at once.
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
    """What is walked on: the fields of `Steps` that the kernel needs, and what may be used.

    Entities have numbers of their own, for few of them: which a walk has met stays in the cache.

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
        What dates and ties need of each link, in the columns named above.
    possible_links, allowed_first_links : bool (links)
        Which links may be used, and which may be the first supply or contribution.
    row : int64 array
        The row of dates of a walk without links.
    entities : int
        How many there are.
    only : int
        The entity past which no walk goes on; -1: none.
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
    """What is wanted of the walks.

    Attributes
    ----------
    budget : int
        Beginnings of walks that are looked at, for each exporter.
    listed : bool
        Keep the walks; False: count them.
    leads : bool
        Collect `Tree.leads`.
    """

    budget: int = LOOK
    listed: bool = True
    leads: bool = False


class WalkBuffers(NamedTuple):
    """Where walks are written: the fields of `Tree`, those of nodes and walks with room left."""

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
