"""What ties two supplies to each other."""

from __future__ import annotations

import pytest

from graph.record.grammar import Tie


@pytest.mark.parametrize(
    ("mine", "its", "tied"),
    [
        (Tie(), Tie(), False),  # nothing is named: nothing is shared
        (Tie("c1"), Tie("c1"), True),
        (Tie("c1"), Tie("c2"), False),
        (Tie("c1"), Tie(), False),
        (Tie("", "p"), Tie("c2", "p"), True),
        (Tie("c1", "p"), Tie("c2", "p"), True),
        (Tie("c1", "p"), Tie("c1", "q"), True),
        (Tie("c1", "p"), Tie("p", "c1"), False),  # a contract is not a product
    ],
)
def test_one_id_in_the_same_column_ties(mine: Tie, its: Tie, tied: bool) -> None:
    assert mine.shared(its) is tied
    assert its.shared(mine) is tied
