"""The weights that come with Sightline: each has a reason, and a band."""

from __future__ import annotations

import itertools
import re
from importlib import resources
from pathlib import Path

import pytest

from graph.errors import DataError
from graph.network.weights import load_weights
from graph.record.vocabulary import SourceType, Status


def test_each_weight_has_a_reason_above_it() -> None:
    text = resources.files("graph.network").joinpath("weights.toml").read_text("utf-8")
    reasons = [before for before, line in itertools.pairwise(text.splitlines()) if " = [" in line]
    assert len(reasons) == len(Status) + len(SourceType)
    assert all(reason.startswith("# ") and len(reason) > 20 for reason in reasons)
    assert len(set(reasons)) == len(reasons)


def test_weights_fall_as_the_page_says() -> None:
    weights = load_weights()
    firm = [weights.strength[one].value for one in (Status.WITHDRAWN, Status.DENIED,
            Status.DISPUTED, Status.ALLEGED, Status.REPORTED, Status.ACKNOWLEDGED)]  # fmt: skip
    assert firm == sorted(firm)
    assert weights.reliability[SourceType.STATE_MEDIA] < weights.reliability[SourceType.PRESS]
    assert set(weights.strength[Status.WITHDRAWN]) == {0}


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("alleged = [", "foo = 1\nalleged = [", "no .*foo"),
        ('name = "', 'foo = 1\nname = "', "no such entry: `foo`"),
        ("press = [", "presss = [", "there is no 'presss' among the source types"),
        ("alleged = [0.35,", "alleged = [2.0,", "from 0 to 1"),
        ("alleged = [0.35,", "alleged = [nan,", "from 0 to 1"),
        ("alleged = [0.35,", "alleged = [0.9,", "in order"),
        ("withdrawn = [0.00, 0.00,", "withdrawn = [0.00, 0.00, 0.10] #", "taken back"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(tmp_path: Path, was: str, now: str, said: str) -> None:
    text = resources.files("graph.network").joinpath("weights.toml").read_text("utf-8")
    assert text.count(was) == 1
    file = tmp_path / "weights.toml"
    file.write_text(text.replace(was, now), "utf-8")
    with pytest.raises(DataError, match=said) as caught:
        load_weights(file)
    assert "$." not in str(caught.value)
    with pytest.raises(DataError, match="is a folder"):
        load_weights(tmp_path)


def test_weights_have_a_name(tmp_path: Path) -> None:
    text = resources.files("graph.network").joinpath("weights.toml").read_text("utf-8")
    file = tmp_path / "weights.toml"
    file.write_text(re.sub(r'(?m)^name = ".*"', 'name = " "', text), "utf-8")
    with pytest.raises(DataError, match="no name"):
        load_weights(file)
