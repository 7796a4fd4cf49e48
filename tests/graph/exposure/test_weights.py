"""The weights that come with Sightline: each has a reason, and a band."""

from __future__ import annotations

import itertools
from importlib import resources

from graph.exposure.weights import load
from graph.vocabulary import SourceType, Status


def test_each_weight_has_a_reason_above_it() -> None:
    text = resources.files("graph.exposure").joinpath("weights.toml").read_text("utf-8")
    reasons = [before for before, line in itertools.pairwise(text.splitlines()) if " = [" in line]
    assert len(reasons) == len(Status) + len(SourceType)
    assert all(reason.startswith("# ") and len(reason) > 20 for reason in reasons)
    assert len(set(reasons)) == len(reasons)


def test_weights_fall_as_the_page_says() -> None:
    weights = load()
    firm = [weights.strength[one].value for one in (Status.WITHDRAWN, Status.DENIED,
            Status.DISPUTED, Status.ALLEGED, Status.REPORTED, Status.ACKNOWLEDGED)]  # fmt: skip
    assert firm == sorted(firm)
    assert weights.reliability[SourceType.STATE_MEDIA] < weights.reliability[SourceType.PRESS]
    assert set(weights.strength[Status.WITHDRAWN]) == {0}
