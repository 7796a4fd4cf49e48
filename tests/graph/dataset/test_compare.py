"""What came, went and changed from one version to another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.dataset import Archive, Changes, Key
from graph.errors import DamagedError
from tests.graph.dataset.records import made, publish, sample
from tests.tools.examples import at_most


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "data")


def test_what_came_went_and_changed(archive: Archive) -> None:
    old = publish(
        archive,
        {
            "entities": [made("entities", id=key) for key in ("gone", "same", "other")],
            "replies": [
                made("replies", claim="c", party="p", text="old"),
                made("replies", claim="c", party="p", text="same"),
                made("replies", claim="c", party="q", text="old"),
            ],
        },
    )
    new = publish(
        archive,
        {
            "entities": [
                made("entities", id="same"),
                made("entities", id="other", note="said otherwise"),
                made("entities", id="come"),
                made("entities", id="same", set="theirs"),
            ],
            "replies": [
                made("replies", claim="c", party="p", text="same"),
                made("replies", claim="c", party="q", text="new"),
            ],
        },
    )
    diff = archive.diff(old[:12], new[:12])
    assert (diff.old, diff.new) == (old, new)
    assert diff.tables == {
        "entities": Changes(
            added=[Key("mine", "come"), Key("theirs", "same")],
            removed=[Key("mine", "gone")],
            changed=[Key("mine", "other")],
        ),
        "sources": Changes(),
        "claims": Changes(),
        "replies": Changes(removed=[Key("mine", "c p")], changed=[Key("mine", "c q")]),
        "judgements": Changes(),
    }
    assert diff
    assert not diff.tables["claims"]


def test_a_version_does_not_differ_from_itself(archive: Archive) -> None:
    version = publish(archive, sample())
    assert not archive.diff(version, version)


def test_what_is_damaged_is_not_compared(archive: Archive, tmp_path: Path) -> None:
    old, new = publish(archive, sample()), publish(archive, sample(seed=1))
    file = tmp_path / "data" / "versions" / new / "claims.parquet"
    file.write_bytes(file.read_bytes()[::-1])
    with pytest.raises(DamagedError, match="changed after it was written"):
        archive.diff(old, new)


ROWS = st.dictionaries(
    st.tuples(st.sampled_from("st"), st.sampled_from("abcd")), st.sampled_from("xy")
)


@settings(max_examples=at_most(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
def test_the_way_back_is_the_way_there_reversed(
    archive: Archive, left: dict[tuple[str, str], str], right: dict[tuple[str, str], str]
) -> None:
    one, two = (
        publish(
            archive,
            {"sources": [made("sources", set=s, id=i, title=t) for (s, i), t in rows.items()]},
        )
        for rows in (left, right)
    )
    there = archive.diff(one, two).tables["sources"]
    back = archive.diff(two, one).tables["sources"]
    assert (there.added, there.removed, there.changed) == (back.removed, back.added, back.changed)
    assert there.added == sorted(right.keys() - left.keys())
    assert there.changed == sorted(k for k in left.keys() & right.keys() if left[k] != right[k])
