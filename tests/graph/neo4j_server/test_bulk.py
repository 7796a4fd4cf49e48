"""The files for Neo4j's importer, and how it is found and run, tried with a stand-in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.dataset import Archive
from graph.errors import ServerError
from graph.neo4j_server import bulk, importer
from graph.neo4j_server.bulk import Files
from graph.neo4j_server.rows import rows_of
from graph.neo4j_server.schema import CLAIM, TABLES
from graph.neo4j_server.shape import label_or_type
from tests.contract.conftest import publish
from tests.contract.rows import claim, entity, source
from tests.graph.neo4j_server.programs import Programs


def written(archive: Archive, folder: Path) -> Files:
    with archive.open() as dataset:
        return bulk.write_import_files(dataset, folder, progress=False)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_for_all_that_there_is(starter: Path, tmp_path: Path) -> None:
    archive = Archive(starter)
    files = written(archive, tmp_path / "files")
    with archive.open() as dataset, rows_of(dataset) as rows:
        expected = {f"{label_or_type(t)}.csv": n for t in TABLES if (n := rows.count(t))}
        named = rows.named(CLAIM)
    plain = {name: count for name, count in files.counts.items() if "-" not in name}
    assert plain == expected
    assert files.counts["Claim-SUBJECT-subject.csv"] == named["SUBJECT"]
    assert files.counts["Claim-CITES-sources.csv"] == named["CITES"]
    for name, count in files.counts.items():
        assert len(table(files.folder / name)) == count
    there = {path.name for path in files.folder.iterdir()}
    assert there == {*files.counts, "SightlineLoad.csv"}
    [mark] = table(files.folder / "SightlineLoad.csv")
    assert (mark["version"], mark["state"]) == (archive.current(), "loading")
    assert not files.lines


def test_any_text_is_whole(tmp_path: Path) -> None:
    text = 'a "quoted" word, a\\slash; and\na line; 天网 '
    archive = publish(
        tmp_path / "data",
        (
            entity("x", aliases=("a;b", 'c"d', "e,f"), properties={"k": text}),
            source("s"),
            claim("c", "x", "says", text=text, sources=("s", "s")),
        ),
    )
    files = written(archive, tmp_path / "it's here")
    assert files.lines
    assert "--multiline-fields=true" in files.arguments()
    [said] = table(files.folder / "Claim.csv")
    assert said["text"] == text
    [x] = table(files.folder / "Entity.csv")
    assert x["aliases:string[]"].split("\x1f") == ["a;b", 'c"d', "e,f"]
    assert (x["id:ID(Entity)"], x[":LABEL"], x["extra:string[]"]) == ("x", "Company", f"k={text}")
    assert files.counts["Claim-CITES-sources.csv"] == 1  # a source that is named twice


def test_again_into_the_same_folder(starter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "OWNS.csv").write_text("old")
    (folder / "left.csv").write_text("old")
    files = written(Archive(starter), folder)
    assert not (folder / "left.csv").exists()
    assert files.arguments("/import")[0] == "--nodes=Entity=/import/Entity.csv"


FILES = Files(folder=Path(), nodes=(("A", "A.csv"),), links=(), counts={}, lines=False)


def files_in(folder: Path) -> Files:
    return Files(folder=folder, nodes=(("A", "A.csv"),), links=(), counts={}, lines=False)


def test_where_the_importer_is(programs: Programs, tmp_path: Path) -> None:
    assert importer.tool({"PATH": str(tmp_path / "bin")}) is None
    admin = tmp_path / "bin" / "neo4j-admin"
    admin.parent.mkdir(exist_ok=True)
    admin.write_text("#!/bin/sh\n")
    admin.chmod(0o755)
    assert importer.tool({"PATH": str(tmp_path / "bin")}) == str(admin)
    assert importer.tool({"PATH": "", "NEO4J_ADMIN": "/opt/admin"}) == "/opt/admin"


def test_nothing_is_replaced_without_force() -> None:
    plain = importer.command("neo4j-admin", FILES, "", force=False)
    assert plain[:4] == ["neo4j-admin", "database", "import", "full"]
    assert plain[-1] == "neo4j"
    assert not any("overwrite" in word for word in plain)
    assert "--overwrite-destination=true" in importer.command("x", FILES, "desk", force=True)


def admin(folder: Path, script: str) -> str:
    program = folder / "admin"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_what_the_importer_says_is_kept(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    told = admin(tmp_path, 'echo "$@"; echo "....  50% done"; echo IMPORT DONE')
    importer.into_installed(told, files, "", force=False)
    log = (tmp_path / "import.log").read_text()
    assert log.startswith("database import full --nodes=A=")
    assert log.endswith("IMPORT DONE\n")


def test_an_importer_that_fails(tmp_path: Path) -> None:
    broken = admin(tmp_path, "echo 'Disk is full.'; echo '\tat java'; exit 1")
    with pytest.raises(ServerError, match=r"^Neo4j's importer failed: Disk is full\. The whole"):
        importer.into_installed(broken, files_in(tmp_path), "", force=False)


def test_an_importer_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"Cannot run the importer nowhere .*\. Set NEO4J_ADMIN"):
        importer.into_installed("nowhere", files_in(tmp_path), "", force=False)
