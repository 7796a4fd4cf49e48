"""A set that would lose most of what it holds is replaced on request only."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import DataError
from tests.ingest.folders import CLAIM, REPLY, Row, folder
from tests.ingest.loading import load, sets


def claims(number: int) -> list[Row]:
    return [{**CLAIM, "id": f"c{n}"} for n in range(number)]


@pytest.fixture
def loaded(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "data")
    replies = [{**REPLY, "claim": f"c{n}"} for n in range(3)]
    load(archive, folder(tmp_path / "mine", claims=claims(20), replies=replies))
    return archive


def test_most_claims_gone_need_a_word(loaded: Archive, tmp_path: Path) -> None:
    before = loaded.current()
    fewer = folder(tmp_path / "mine", claims=claims(9), replies=[{**REPLY, "claim": "c1"}])
    for dry_run in (True, False):
        with pytest.raises(DataError, match=r"The claims of .* go from 20 to 9: .* `--force`"):
            load(loaded, fewer, dry_run=dry_run)
    assert loaded.current() == before
    load(loaded, fewer, tolerate={"losses"})
    assert len(sets(loaded)["mine"]) == 9


def test_half_of_the_claims_may_go(loaded: Archive, tmp_path: Path) -> None:
    load(loaded, folder(tmp_path / "mine", claims=claims(10), replies=[{**REPLY, "claim": "c1"}]))
    assert len(sets(loaded)["mine"]) == 10


@pytest.mark.parametrize("table", ["claims", "replies"])
def test_a_missing_table_needs_a_word(loaded: Archive, tmp_path: Path, table: str) -> None:
    path = tmp_path / "mine"
    if table == "claims":
        (path / "replies.csv").unlink()
    (path / f"{table}.csv").unlink()
    with pytest.raises(DataError, match=f"The {table} of the set 'mine' would go from .* to 0: "):
        load(loaded, path)
    load(loaded, path, tolerate={"losses"})


def test_another_set_of_the_record_is_not_compared(loaded: Archive, tmp_path: Path) -> None:
    load(loaded, folder(tmp_path / "other", claims=[{**CLAIM, "id": "x"}], replies=[]))
    assert len(sets(loaded)["mine"]) == 20
