"""Any number of readers while one writes: each sees a whole version, never a mixture."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from graph.dataset import Archive
from tests.graph.dataset.processes import child, read_on
from tests.graph.dataset.records import leftovers, publish, sample


def test_many_readers_while_one_writes(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    published = {publish(archive, sample())}
    with ExitStack() as stack:
        readers = [stack.enter_context(child(read_on, tmp_path)) for _ in range(3)]
        for reader in readers:
            reader.await_step("begin")
        for seed in range(1, 9):
            published.add(publish(archive, sample(seed=seed, size=30)))
            archive.prune(keep=1)
        for reader in readers:
            reader.go_on()
        seen = [reader.hear() for reader in readers]
        assert [reader.end() for reader in readers] == [0] * 3
    for pairs in seen:
        assert len(pairs) > 1
        assert all(version == recomputed for version, recomputed in pairs)
        assert {version for version, _ in pairs} <= published
    assert len({version for pairs in seen for version, _ in pairs}) > 2
    archive.prune(keep=1)
    assert [info.id for info in archive.versions()] == [archive.current()]
    assert leftovers(tmp_path) == []
