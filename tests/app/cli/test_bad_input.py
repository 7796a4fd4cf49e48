"""Wrong words, unknown ids, bad files: a sentence on stderr, the right exit code, no traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.app.cli.conftest import Run

USAGE = [
    ("fnd", "Did you mean find?"),
    ("find", "Missing argument"),
    ("find a b", "unexpected extra argument"),
    ("find x --nope", "No such option"),
    ("find x --format xml", "'table', 'json', 'csv'"),
    ("find x --limit 0", "--limit"),
    ("find x --store mysql", "choose one of: embedded"),
    ("versions --store nope", "choose one of: embedded"),
    ("find x --data=", "the name of the folder is empty"),
    ("find x --data-version=", "the version's id is empty"),
    ("paths kamera-ab", "Missing argument"),
    ("paths kamera-ab open-eye --on 2015", "write one of its days, as in 2015-01-01"),
    ("paths kamera-ab open-eye --on 2015-09", "write one of its days, as in 2015-09-01"),
    ("paths kamera-ab open-eye --on 2015-02-30", "is not a date"),
    ("paths kamera-ab open-eye --on tomorrow", "is not a date"),
    ("paths kamera-ab open-eye --status proven", "'court_finding'"),
    ("paths kamera-ab open-eye --max-hops 0", "--max-hops"),
    ("paths kamera-ab open-eye --max-hops many", "--max-hops"),
    ("paths kamera-ab open-eye --top 0", "--top"),
    ("paths kamera-ab open-eye --weights=", "the name of the file is empty"),
    ("look-next", "Missing argument 'ENTITY...'"),
    ("look-next kamera-ab --top 0", "--top"),
    ("look-next kamera-ab --steps 0", "--steps"),
    ("look-nxt kamera-ab", "Did you mean look-next?"),
    ("exposure --targets everybody", "end-users"),
    ("exposure kamera-ab", "unexpected extra argument"),
    ("export picture.docx", "Choose one of .csv, .html, .json"),
    ("export picture.svg", "Give --from X --to G"),
    ("export picture.svg --from kamera-ab", "Give --from X --to G"),
    ("export folder --from kamera-ab --to open-eye", "Omit --from, --to and --around"),
    ("export picture.svg --from kamera-ab --to open-eye --set miniature", "Omit it"),
    ("ingest nowhere", "no folder 'nowhere'"),
    ("drop nothing", "no set 'nothing'"),
    ("prune --keep 0", "--keep"),
    ("diff", "Missing argument"),
    ("app --port 99999", "--port"),
]
UNKNOWN = [
    ("show nothing", "No entity has the id 'nothing'"),
    ("show clear-skies", "Did you mean clear-sky"),
    ("look-next kamera-ab nowhere", "No entity has the id 'nowhere'"),
    ("paths nowhere open-eye", "'nowhere'"),
    ("paths kamera-ab nowhere", "'nowhere'"),
    ("explain kamera-ab nowhere", "'nowhere'"),
    ("exposure --from nowhere", "'nowhere'"),
    ("exposure --to nowhere", "'nowhere'"),
    ("export picture.svg --from nowhere --to open-eye", "'nowhere'"),
    ("exposure --weights nowhere.toml", "nowhere.toml does not exist"),
    ("find x --data-version zzz", "begins with 'zzz'"),
    ("find x --data nowhere", "sightline ingest"),
    ("rollback zzz", "begins with 'zzz'"),
    ("diff zzz", "begins with 'zzz'"),
]


@pytest.mark.parametrize(("line", "message"), USAGE)
def test_wrong_usage(line: str, message: str, run: Run, archive_folder: Path) -> None:
    result = run(*line.split(), data=archive_folder)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in " ".join(result.stderr.split())


@pytest.mark.parametrize(("line", "message"), UNKNOWN)
def test_unknown_things(
    line: str, message: str, run: Run, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive_folder)
    result = run(*line.split(), data=archive_folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.fixture
def archive_folder(ingested: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ingested, tmp_path / "data")


def test_a_name_of_several_is_asked_back(run: Run, folder_with_twins: Path) -> None:
    result = run("show", "Gateway Trading", data=folder_with_twins)
    assert result.exit_code == 2
    assert "gateway-trading" in result.stderr
    assert "gateway-two" in result.stderr


@pytest.fixture
def folder_with_twins(archive_folder: Path, run: Run, tmp_path: Path) -> Path:
    own = tmp_path / "own"
    run("new", str(own))
    for name in ("sources", "claims", "replies"):
        file = own / f"{name}.csv"
        file.write_text(file.read_text("utf-8-sig").splitlines()[0] + "\n", "utf-8")
    (own / "entities.csv").write_text("id,kind,name\ngateway-two,company,GATEWAY trading\n")
    result = run("ingest", str(own), data=archive_folder)
    assert result.exit_code == 0, result.output
    return archive_folder


def test_bad_rows_are_told_one_by_one(run: Run, miniature: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(miniature, tmp_path / "own")
    file = folder / "entities.csv"
    file.write_text(file.read_text("utf-8").replace(",company,", ",person,"), "utf-8")
    result = run("ingest", str(folder), data=tmp_path / "data")
    assert result.exit_code == 1
    assert "entities.csv, row 2, column kind: found 'person'" in result.stderr
    assert not (tmp_path / "data" / "current").exists()


def test_a_folder_without_the_files(run: Run, tmp_path: Path) -> None:
    result = run("ingest", str(tmp_path), data=tmp_path / "data")
    assert result.exit_code == 1
    assert "sightline new" in result.stderr


def test_a_data_folder_that_is_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for command in (["find", "x"], ["versions"], ["ingest"]):
        result = run(*command, data=file)
        assert (result.exit_code, result.stdout) == (1, "")
        assert str(file) in result.stderr


def test_a_damaged_version(run: Run, archive_folder: Path) -> None:
    next(archive_folder.glob("versions/*/claims.parquet")).write_bytes(b"x")
    for command in (["show", "kamera-ab"], ["verify"], ["export", "out.xlsx"]):
        result = run(*command, data=archive_folder)
        assert result.exit_code == 1
        assert "damaged" in result.stderr


def test_weights_that_are_none(run: Run, tmp_path: Path) -> None:
    for content in (b"\xff\xfe\x00", b"name = 'x'", b"]["):
        (tmp_path / "weights.toml").write_bytes(content)
        result = run("exposure", "--weights", str(tmp_path / "weights.toml"))
        assert (result.exit_code, result.stdout) == (1, "")
        assert "weights.toml" in result.stderr


def test_what_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    for name in ("picture.svg", "answer.json"):
        file = tmp_path / name
        file.write_text("mine")
        result = run("export", str(file), "--from", "kamera-ab", "--to", "open-eye")
        assert result.exit_code == 2
        assert "--force" in result.stderr
        assert file.read_text() == "mine"


def test_a_place_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    ends = ("--from", "kamera-ab", "--to", "open-eye")
    result = run("export", str(tmp_path / "no" / "a.json"), *ends)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("text", ["%", "_", "'", '"; DROP TABLE names; --', "a" * 3000])
def test_odd_searches_find_nothing_and_break_nothing(text: str, run: Run) -> None:
    result = run("find", "--", text)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("text", ["", " "])
def test_nothing_to_look_for(text: str, run: Run) -> None:
    result = run("find", text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The search text is empty" in result.stderr


@pytest.mark.parametrize("text", ["\udcff", "a\0b"])
def test_arguments_that_are_no_text(text: str, run: Run) -> None:
    result = run("find", text)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: An argument")
