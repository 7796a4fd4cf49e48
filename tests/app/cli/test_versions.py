"""What is loaded, listed, compared, rolled back, checked and removed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.app.cli.conftest import Run


@pytest.fixture
def data(ingested: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ingested, tmp_path / "data")


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    """A folder of the user's own, as `sightline new` writes it."""
    result = run("new", str(tmp_path / "own"))
    assert result.exit_code == 0
    assert [line.rpartition("/")[2] for line in result.stdout.splitlines()[:4]] == [
        *("entities.csv", "sources.csv", "claims.csv", "replies.csv")
    ]
    return tmp_path / "own"


def listed(run: Run, data: Path) -> list[Any]:
    results: list[Any] = json.loads(run("versions", "--format", "json", data=data).stdout)[
        "results"
    ]
    return results


def test_a_folder_is_loaded_beside_what_is_there_and_dropped(
    run: Run, data: Path, own: Path
) -> None:
    (first,) = listed(run, data)
    loaded = run("ingest", str(own), "--as", "leads", data=data)
    assert loaded.exit_code == 0
    assert loaded.stdout.startswith("Loaded leads: ")
    assert "1 claim, 1 reply." in loaded.stdout
    newest = listed(run, data)[0]
    assert newest["sets"] == ["leads", "miniature"]
    assert loaded.stdout.endswith(f"Version {newest['id'][:12]} is the current one.\n")
    dropped = run("drop", "leads", data=data)
    assert dropped.stdout == f"Dropped leads. Version {first['id'][:12]} is the current one.\n"


def test_a_dry_run_writes_nothing(run: Run, own: Path, tmp_path: Path) -> None:
    result = run("ingest", str(own), "--dry-run", data=tmp_path / "none")
    assert result.exit_code == 0
    assert "Would load own: " in result.stdout
    assert "nothing was written" in result.stdout
    assert not (tmp_path / "none").exists()


def test_warnings_and_own_columns_are_told(run: Run, miniature: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(miniature, tmp_path / "own")
    file = folder / "sources.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([f"{head},mood", *(f"{row},calm" for row in rows)]), "utf-8")
    result = run("ingest", str(folder), data=tmp_path / "data")
    assert result.exit_code == 0
    assert result.stdout.count("mood") == 2  # column and what was found there: told once
    assert "sources.csv, row 1, column mood" in result.stdout
    assert "problems to look at:" in result.stdout
    assert "row 18" in result.stdout  # c17, undated beside c16


def test_good_rows_are_kept_where_asked(run: Run, miniature: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(miniature, tmp_path / "own")
    file = folder / "claims.csv"
    file.write_text(file.read_text("utf-8").replace("listed_in", "wanted_by"), "utf-8")
    assert run("ingest", str(folder), data=tmp_path / "data").exit_code == 1
    result = run("ingest", str(folder), "--keep-good", data=tmp_path / "data")
    assert result.exit_code == 0
    assert "19 claims" in result.stdout
    assert "own-rejects" in result.stdout
    assert (tmp_path / "own-rejects" / "claims.csv").exists()


def test_versions_are_listed_newest_first(run: Run, data: Path, own: Path) -> None:
    run("ingest", str(own), data=data)
    header, *rows = run("versions", data=data).stdout.splitlines()
    assert header.split()[:2] == ["id", "created"]
    assert [row.startswith("*") for row in rows] == [True, False]
    newest, oldest = listed(run, data)
    assert (newest["current"], oldest["current"]) == (True, False)
    assert oldest["counts"]["claims"] == 20
    assert len(newest["id"]) == 64
    assert newest["id"][:12] in rows[0]
    csv_rows = run("versions", "--format", "csv", data=data).stdout.splitlines()
    assert csv_rows[0].startswith("id,created,current,sets,entities")
    assert "own;miniature" in csv_rows[1] or "miniature;own" in csv_rows[1]


def test_no_versions_yet(run: Run, tmp_path: Path) -> None:
    result = run("versions", data=tmp_path / "none")
    assert result.exit_code == 0
    assert "holds no data yet" in " ".join(result.stdout.split())
    assert listed(run, tmp_path / "none") == []


def test_an_older_version_answers_where_asked(run: Run, data: Path, own: Path) -> None:
    (first,) = listed(run, data)
    run("ingest", str(own), data=data)
    old = run("find", "kamera", "--data-version", first["id"][:8], "--format", "json", data=data)
    assert json.loads(old.stdout)["data_version"] == first["id"]


def test_what_changed_is_shown(run: Run, data: Path, own: Path) -> None:
    (first,) = listed(run, data)
    run("ingest", str(own), data=data)
    shown = json.loads(run("diff", first["id"], "--format", "json", data=data).stdout)
    assert shown["filters"]["old"] == first["id"]
    assert {row["change"] for row in shown["results"]} == {"added"}
    assert {row["table"] for row in shown["results"]} == {
        "entities",
        "sources",
        "claims",
        "replies",
    }
    assert "changes." in run("diff", first["id"][:12], data=data).stdout
    assert "same records" in run("diff", first["id"], first["id"], data=data).stdout


def test_what_moves_scores_is_told(run: Run, data: Path, miniature: Path, tmp_path: Path) -> None:
    (first,) = listed(run, data)
    folder = shutil.copytree(miniature, tmp_path / "miniature")
    file = folder / "claims.csv"
    header, *rows = file.read_text("utf-8").splitlines()
    (row,) = [line for line in rows if line.startswith("c01,")]
    assert ",2005," in row
    rows[rows.index(row)] = row.replace(",2005,", ",2005-03,", 1)
    file.write_text("\n".join([header, *rows]), "utf-8")
    loaded = run("ingest", str(folder), data=data)
    assert (
        f"Changes that move scores: dates narrowed (1). `sightline diff {first['id'][:12]}`"
        in " ".join(loaded.stdout.split())
    )
    page = " ".join(run("diff", first["id"], data=data).stdout.split())
    assert "Dates narrowed (1). Fewer days fit" in page
    assert "c01: 2005 – 2017-05-31 → 2005-03 – 2017-05-31" in page
    (move,) = json.loads(run("diff", first["id"], "--format", "json", data=data).stdout)["moves"]
    assert (move["edit"], move["before"], move["after"]) == (
        *("dates_narrowed", ["2005 – 2017-05-31"], ["2005-03 – 2017-05-31"]),
    )
    again = run("ingest", str(folder), data=data)
    assert "moves scores" not in again.stdout


def test_rolled_back_and_pruned(run: Run, data: Path, own: Path) -> None:
    (first,) = listed(run, data)
    run("ingest", str(own), data=data)
    newest = listed(run, data)[0]["id"]
    guarded = run("rollback", first["id"], "--data-version", first["id"], data=data)
    assert guarded.exit_code == 2
    assert "nothing was changed" in guarded.stderr
    assert listed(run, data)[0]["current"]
    back = run("rollback", first["id"][:6], "--data-version", newest[:6], data=data)
    assert back.stdout == f"The current version is {first['id'][:12]}.\n"
    assert run("prune", "--keep", "2", data=data).stdout == "Nothing to remove.\n"
    run("rollback", newest, data=data)
    assert run("prune", "--keep", "1", data=data).stdout == f"Removed version {first['id'][:12]}.\n"
    assert [version["id"] for version in listed(run, data)] == [newest]


def test_a_version_is_verified(run: Run, data: Path) -> None:
    result = run("verify", data=data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "is sound" in result.stdout
    file = next(data.glob("versions/*/claims.parquet"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    result = run("verify", data=data)
    assert result.exit_code == 1
    assert "claims.parquet" in result.stdout
    assert "damaged" in result.stderr


def test_the_starter_data_is_the_default(run: Run, tmp_path: Path) -> None:
    result = run("ingest", data=tmp_path / "data")
    assert result.exit_code == 0
    assert result.stdout.startswith("Loaded starter: ")


def test_a_version_with_a_damaged_manifest_is_named(run: Run, data: Path) -> None:
    versions = listed(run, data)
    manifest = data / "versions" / versions[0]["id"] / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"counts"', b'"cuonts"'))
    result = run("versions", data=data)
    assert result.exit_code == 0
    page = " ".join(result.stdout.split())
    version = versions[0]["id"][:12]
    assert f"Not listed, as its manifest is damaged or of another schema: version {version}" in page
    assert "holds no data yet" not in page
    assert listed(run, data) == versions[1:]
    assert "Not listed" in run("versions", "--format", "csv", data=data).stderr
    answer = json.loads(run("versions", "--format", "json", data=data).stdout)
    assert (answer["total"], answer["left_out"]) == (len(versions), {"unlisted": 1})
