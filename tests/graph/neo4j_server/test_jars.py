"""Fetching the jars, with a stand-in for Maven."""

from __future__ import annotations

import hashlib
import re
import threading
from pathlib import Path

import pytest

from graph.errors import MissingToolError
from graph.neo4j_server.local import jars
from graph.neo4j_server.local.release import LONG_TERM, RELEASES
from tests.graph.neo4j_server.programs import Programs

FETCHES = """mkdir lib; cat pom.xml > lib/pom.xml; touch lib/neo4j-1.jar
echo '[INFO] Downloaded from central: somewhere/neo4j-1.jar (1 kB at 1 kB/s)'"""
FAILS = """mkdir lib; touch lib/half.jar
echo '[INFO] Scanning'; echo '[ERROR] '; echo '[ERROR] No such host: example. '
echo '[ERROR] [Help 1]'; exit 1"""


EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.fixture(autouse=True)
def checksums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of known jars, which holds the one of the stand-in."""
    path = tmp_path / "known.sha256"
    path.write_text(f"# known\n{EMPTY}  neo4j-1.jar\n")
    monkeypatch.setattr(jars, "_CHECKSUMS", path)
    return path


def test_they_are_fetched_once(programs: Programs, tmp_path: Path) -> None:
    programs.add("mvn", FETCHES)
    said: list[str] = []
    for _ in range(2):
        folder = jars.fetch(LONG_TERM, said.append, tmp_path / "cache")
    assert len(programs.calls("mvn")) == len(said) == 1
    assert sorted(p.name for p in folder.iterdir()) == ["neo4j-1.jar", "pom.xml"]
    pom = (folder / "pom.xml").read_text()
    assert pom.count(f"<version>{LONG_TERM.version}</version>") == 2
    assert {p.name for p in (tmp_path / "cache").iterdir()} == {folder.name, "lock"}


def test_each_release_has_a_folder(programs: Programs, tmp_path: Path) -> None:
    programs.add("mvn", FETCHES)
    assert len({jars.fetch(release, cache=tmp_path) for release in RELEASES.values()}) == 2


def test_what_maven_says_first_is_told_and_nothing_stays(
    programs: Programs, tmp_path: Path
) -> None:
    programs.add("mvn", FAILS)
    with pytest.raises(MissingToolError, match=r"5\.26\.12: No such host: example\. Check that"):
        jars.fetch(LONG_TERM, cache=tmp_path / "cache")
    assert [p.name for p in (tmp_path / "cache").iterdir()] == ["lock"]
    programs.add("mvn", FETCHES)
    assert jars.fetch(LONG_TERM, cache=tmp_path / "cache").is_dir()


@pytest.mark.parametrize("line", [f"{'0' * 64}  neo4j-1.jar", f"{EMPTY}  neo4j-2.jar"])
def test_other_jars_than_those_tested_are_refused(
    programs: Programs, tmp_path: Path, checksums: Path, line: str
) -> None:
    checksums.write_text(f"{line}\n")
    programs.add("mvn", FETCHES)
    with pytest.raises(MissingToolError, match=r"a neo4j-1\.jar for Neo4j 5\.26\.12 that is not"):
        jars.fetch(LONG_TERM, cache=tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]


def test_the_jars_of_each_release_are_known() -> None:
    lines = (Path(jars.__file__).parent / "jars.sha256").read_text("utf-8").splitlines()
    known = [line for line in lines if not line.startswith("#")]
    assert [line for line in known if not re.fullmatch(r"[0-9a-f]{64}  [\w.-]+\.jar", line)] == []
    names = {line.split()[1] for line in known}
    for release in RELEASES.values():
        for jar in ("neo4j", "neo4j-import-tool", "neo4j-kernel"):
            assert f"{jar}-{release.version}.jar" in names


def test_no_maven_is_one_sentence(programs: Programs, tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match="Start Docker, install Maven"):
        jars.fetch(LONG_TERM, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_two_at_once_fetch_once(programs: Programs, tmp_path: Path) -> None:
    programs.add("mvn", f"{FETCHES}\nsleep 0.3")
    threads = [
        threading.Thread(target=jars.fetch, args=(LONG_TERM,), kwargs={"cache": tmp_path / "c"})
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(programs.calls("mvn")) == 1
