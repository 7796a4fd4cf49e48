"""What every store must answer alike. A later store joins by adding its name to STORES."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.record.model import RECORDS, AnyRecord
from graph.stores import open_store
from graph.stores.base import Store

STORES = ["embedded"]

StoreOf = Callable[..., Store]

_TABLES = {kind: table for table, kind in RECORDS.items()}


def publish(folder: Path, records: tuple[AnyRecord, ...]) -> Archive:
    by_table: dict[str, list[AnyRecord]] = defaultdict(list)
    for record in records:
        by_table[_TABLES[type(record)]].append(record)
    archive = Archive(folder)
    with archive.writer() as writer:
        for table, some in by_table.items():
            writer.add(table, some)
        writer.publish()
    return archive


@pytest.fixture(params=STORES, scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def store(engine: str, ingested: Path) -> Iterator[Store]:
    """The miniature, in each store."""
    with open_store(Archive(ingested), engine) as opened:
        yield opened


@pytest.fixture
def store_of(engine: str, tmp_path: Path) -> Iterator[StoreOf]:
    """Makes a store that holds the records it is called with."""
    with ExitStack() as stack:

        def make(*records: AnyRecord) -> Store:
            archive = publish(tmp_path / f"data{len(list(tmp_path.iterdir()))}", records)
            return stack.enter_context(open_store(archive, engine))

        yield make
