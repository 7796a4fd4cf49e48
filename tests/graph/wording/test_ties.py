"""What ties a path is said on it: the contract, the product, and that its order may be free."""

from __future__ import annotations

import pytest

from graph import wording
from graph.paths.find import supply_paths
from graph.paths.question import Question
from tests.graph.exposure.rule_cases import network_of

CASES = {
    "one supply": ("a supplies b 2013", []),
    "a contract": (
        "a supplies r 2013 product= contract=k; r supplies b 2014 product= contract=k",
        ["The links from a and from r both name contract k."],
    ),
    "a product": (
        "a supplies r 2013 product=lens; r supplies b 2014 product=lens",
        ["The links from a and from r both name product lens."],
    ),
    "both": (
        "a supplies r 2013 product=lens contract=k; r supplies b 2014 product=lens contract=k",
        ["The links from a and from r both name contract k and product lens."],
    ),
    "against the order of time": (
        "a supplies r 2015 product= contract=k; r supplies b 2010 product= contract=k",
        ["The links from a and from r both name contract k; under one contract the order is free."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_ties_a_path(case: tuple[str, list[str]]) -> None:
    rows, sentences = case
    (path,) = supply_paths(network_of(rows), Question.between("a", "b")).paths
    assert wording.ties(path, {}) == sentences
