"""What is said of EU export rules: a firm under them whose goods stayed is not told as outside."""

from __future__ import annotations

import pytest

from graph import wording
from graph.paths.find import supply_paths
from graph.paths.question import Question
from tests.graph.exposure.rule_cases import network_of

CASES = {
    ("FR", "CN"): "a was under EU export rules at the time of the supply, which left the EU.",
    (
        "FR",
        "DE",
    ): "What a supplied stayed in the EU at the time of the supply, and was not an export.",
    ("US", "CN"): "a was not under EU export rules at the time of the supply.",
    ("US", "DE"): "a was not under EU export rules at the time of the supply.",
}


@pytest.mark.parametrize("countries", CASES)
def test_each_reason_has_its_sentence(countries: tuple[str, str]) -> None:
    network = network_of("a supplies b 2015")
    for node, country in zip("ab", countries, strict=True):
        network.nodes[node]["country"] = (country,)
    (path,) = supply_paths(network, Question.between("a", "b")).paths
    assert wording.eu(path, {}) == CASES[countries]
