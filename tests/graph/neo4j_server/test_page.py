"""docs/neo4j.md says of each error sentence what is behind it, and compose.yaml keeps to itself."""

from __future__ import annotations

import re
from pathlib import Path

from graph.neo4j_server.local.release import RELEASES
from tests.tools.error_sentences import sentences

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "neo4j.md").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")


def told() -> list[str]:
    """What stands in the first column below "When it does not work"."""
    tables = PAGE.partition("## When it does not work")[2]
    rows = re.findall(r"^\| (.+?) \|", tables, re.MULTILINE)
    return [row for row in rows if row not in ("---", "message")]


def test_every_sentence_is_on_the_page_once() -> None:
    rooms = [
        ROOT / "graph" / "neo4j_server",
        ROOT / "graph" / "queries" / "notebook.py",
        ROOT / "graph" / "stores" / "neo4j_store.py",
    ]
    said = set().union(*map(sentences, [*rooms, ROOT / "app" / "cli" / "neo4j"]))
    assert sorted(told()) == sorted(said)


def test_the_page_names_the_releases() -> None:
    for release in RELEASES.values():
        assert ".".join(release.version.split(".")[:2]) in PAGE


def test_compose_listens_on_this_machine_alone() -> None:
    ports = re.findall(r'^ +- "(\S+:\d+)"', COMPOSE, re.MULTILINE)
    assert ports == ["127.0.0.1:7687:7687", "127.0.0.1:7474:7474"]


def test_compose_has_no_password() -> None:
    assert re.findall(r"NEO4J_AUTH: (.*)", COMPOSE) == [
        "neo4j/${NEO4J_PASSWORD:?Set NEO4J_PASSWORD, of at least 8 characters.}"
    ]


def test_compose_names_the_releases() -> None:
    images = re.findall(r"neo4j:([\d.]+)-community", COMPOSE)
    assert images == ["5.26", RELEASES["current"].version]
