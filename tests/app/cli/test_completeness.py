"""No answer is cut without a word: JSON and CSV count what they leave out, and stderr says so."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from app.cli import COMMANDS
from graph.dataset import Archive
from ingest.pipeline import ingest
from tests.app.cli.conftest import Run

#: Command -> words that ask for more than its default limit shows.
CUT = {
    "find": ("find", "Vendor"),
    "show": ("show", "hub"),
    "look-next": ("look-next", "buyer"),
    "paths": ("paths", "top", "buyer"),
    "exposure": ("exposure", "--top", "3"),
    "ranking": ("ranking", "--by", "end-users", "--top", "3"),
    "explain": ("explain", "top", "buyer"),
    "query": ("query", "claims-about", "--entity", "hub", "--limit", "7"),
}
#: Commands that print no answer, list everything, or need a server.
WHOLE = {
    *("ingest", "new", "drop", "export", "neo4j", "versions", "diff", "rollback", "verify"),
    *("prune", "app", "cypher"),
}


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with more of everything than any command shows by default."""
    rows = tmp_path_factory.mktemp("crowded") / "rows"
    rows.mkdir()
    vendors = [f"vendor-{n}" for n in range(30)]
    entities = [f"{id_},company,{id_.title()}" for id_ in (*vendors, "top", "hub")]
    entities.append("buyer,public_body,The Buyer")
    (rows / "entities.csv").write_text("\n".join(["id,kind,name", *entities]))
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    claims = [
        f"{letter}{n},{subject},{relation},{object_},reported,s,{date}"
        for n, id_ in enumerate(vendors)
        for letter, subject, relation, object_, date in (
            ("o", "top", "owns", id_, "2000"),
            ("p", id_, "supplies", "buyer", f"2010-01-{n % 28 + 1:02}"),
        )
    ]
    claims += [f"h{n},hub,says,,reported,s,2011-01-01" for n in range(250)]
    header = "id,subject,relation,object,status,sources,valid_from"
    (rows / "claims.csv").write_text("\n".join([header, *claims]))
    data = rows.parent / "data"
    ingest(Archive(data), [rows])
    return data


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == set(CUT) | WHOLE


@pytest.mark.parametrize("words", CUT.values(), ids=CUT)
def test_an_answer_counts_what_it_leaves_out(
    words: tuple[str, ...], run: Run, crowded: Path
) -> None:
    as_json = run(*words, "--format", "json", data=crowded)
    document = json.loads(as_json.stdout)
    assert sum(document["left_out"].values()) > 0
    assert "left out" in as_json.stderr or "not shown" in as_json.stderr
    as_csv = run(*words, "--format", "csv", data=crowded)
    assert as_csv.stderr == as_json.stderr
    rows = list(csv.DictReader(io.StringIO(as_csv.stdout, newline="")))
    assert rows
    counts = ";".join(f"{reason}={n}" for reason, n in document["left_out"].items() if n)
    assert {row["left_out"] for row in rows} == {counts}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_whole_answer_says_nothing_of_the_kind(run: Run, form: str) -> None:
    result = run("find", "Kamera AB", "--limit", "100", "--format", form)
    assert result.stderr == ""
    if form == "csv":
        rows = csv.DictReader(io.StringIO(result.stdout))
        assert {row["left_out"] for row in rows} == {""}


@pytest.fixture(scope="module")
def integrator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One link with 120 claims, one of them refuting, and 40 leads behind it."""
    rows = tmp_path_factory.mktemp("integrator") / "rows"
    rows.mkdir()
    buyers = "".join(f"b{n},public_body,B{n}\n" for n in range(40))
    (rows / "entities.csv").write_text(
        f"id,kind,name\nseller,company,Seller\nintegrator,company,Integrator\n{buyers}"
    )
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    supplies = [f"c{n:03},seller,supplies,integrator,reported,s,,,k" for n in range(119)]
    supplies.append("z,seller,supplies,integrator,reported,s,refutes,c000,k")
    leads = [f"l{n},integrator,supplies,b{n},reported,s,,,k{n}" for n in range(40)]
    header = "id,subject,relation,object,status,sources,stance,about,contract"
    (rows / "claims.csv").write_text("\n".join([header, *supplies, *leads]))
    ingest(Archive(rows.parent / "data"), [rows])
    return rows.parent / "data"


@pytest.mark.parametrize("command", ["paths", "explain"])
def test_a_report_counts_the_leads_and_claims_beyond_it(
    command: str, run: Run, integrator: Path
) -> None:
    shown = " ".join(run(command, "seller", "integrator", data=integrator).stdout.split())
    assert "20 further leads are not shown; --format json lists all." in shown
    assert "70 further claims are not shown here; `sightline show seller` lists" in shown
    assert "refutes claim c000" in shown
    document = json.loads(
        run(command, "seller", "integrator", "--format", "json", data=integrator).stdout
    )
    assert len(document["leads"]) == 40


def test_a_long_diff_counts_the_changes_beyond_its_table(
    run: Run, integrator: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app.cli import diff

    monkeypatch.setattr(diff, "MOST_ROWS", 5)
    data = shutil.copytree(integrator, tmp_path / "data")
    before = Archive(data).current()
    run("drop", "rows", data=data)
    shown = run("diff", before, data=data)
    flat = " ".join(shown.stdout.split())
    whole = run("diff", before, "--format", "csv", data=data)
    total = len(whole.stdout.splitlines()) - 1
    assert total > 200
    assert f"{total - 5} further changes are not shown; --format csv lists all." in flat
    assert len(shown.stdout.splitlines()) < total
