"""No answer is cut without a word: JSON and CSV count what they leave out, and stderr says so."""

from __future__ import annotations

import csv
import io
import json
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
def test_an_answer_counts_what_it_leaves_out(words: tuple[str, ...], run: Run, crowded: Path):
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
def test_a_whole_answer_says_nothing_of_the_kind(run: Run, form: str):
    result = run("find", "Kamera AB", "--limit", "100", "--format", form)
    assert result.stderr == ""
    if form == "csv":
        rows = csv.DictReader(io.StringIO(result.stdout))
        assert {row["left_out"] for row in rows} == {""}
