from __future__ import annotations

from pathlib import Path

import pytest

from graph.neo4j_server.local import jars, java
from tests.graph.neo4j_server.programs import Programs
from tests.tools.ports import free_ports


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """An empty PATH, to be filled; whatever Java this machine has elsewhere is not seen."""
    monkeypatch.setattr(java, "_PLACES", ((str(tmp_path / "jvm"), "*/bin/java"),))
    monkeypatch.setattr(java, "_MACOS", tmp_path / "java_home")
    monkeypatch.setattr(jars, "_cache", lambda: tmp_path / "cache")
    return Programs(tmp_path / "bin", monkeypatch)


@pytest.fixture
def ports() -> dict[str, int]:
    """Two ports that are free, as `run.start` takes them."""
    return dict(zip(("bolt", "http"), free_ports(2), strict=True))
