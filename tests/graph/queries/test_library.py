"""A file becomes a question, or is told off: which line, what is wrong, what to do."""

from __future__ import annotations

import datetime
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from graph.dataset import Archive
from graph.errors import DataError, StorageError, UnknownIdError, UsageError
from graph.queries import library
from graph.queries.question import LibraryQuestion
from graph.stores import open_store

FILE = """\
// title: Where a company sits
// topic: Mine
// explains: The countries of a company,
//   as the record has them.
// parameter company: entity = 'kamera-ab'; the company
// parameter country: text = null; only this one
// column country: text; its country
// column company: entity; the company
// does not show: Where it works.
// engines: neo4j, embedded
//
// :param company => 'kamera-ab'
// :param country => null

MATCH (c:Company {id: coalesce($company, 'kamera-ab')})
UNWIND c.country AS country
WITH c, country WHERE $country IS NULL OR country = $country
RETURN country, c.id AS company
ORDER BY country, company
"""
SQL = """\
SELECT unnest(country) AS country, id AS company FROM graph.entities
WHERE id = $company AND ($country IS NULL OR list_contains(country, $country))
ORDER BY country, company
"""


def save(folder: Path, text: str = FILE, sql: str | None = SQL, name: str = "seat") -> Path:
    (folder / "embedded").mkdir(exist_ok=True)
    path = folder / f"{name}.cypher"
    path.write_text(text, "utf-8")
    if sql is not None:
        (folder / "embedded" / f"{name}.sql").write_text(sql, "utf-8")
    return path


def question(folder: Path) -> LibraryQuestion:
    found = library.read_library([folder])
    for fault in found.faults.values():
        raise fault
    [one] = found.questions.values()
    return one


def test_a_file_of_ones_own_joins(tmp_path: Path, ingested: Path) -> None:
    save(tmp_path)
    questions = library.questions(tmp_path)
    assert questions["seat"].title == "Where a company sits"
    assert (
        questions["seat"].header.explains == "The countries of a company, as the record has them."
    )
    assert "who-supplied-whom" in questions
    with open_store(Archive(ingested)) as store:
        [row] = questions["seat"](store)
        assert (row.country, row.company) == ("SE", "kamera-ab")
        assert questions["seat"](store, company="kamera-ab", country="FR") == []


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    save(tmp_path)
    assert question(tmp_path) is question(tmp_path)
    save(tmp_path, FILE.replace("Where a company sits", "Seats of companies"))
    assert question(tmp_path).title == "Seats of companies"


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert len(library.questions(tmp_path / "nowhere")) == len(library.questions())


def test_a_question_is_a_typed_function() -> None:
    one = library.questions()["supplies-in-a-period"]
    signature = inspect.signature(one)
    assert list(signature.parameters) == ["store", "since", "until"]
    assert signature.parameters["since"].annotation == datetime.date | None
    assert one.__name__ == "supplies_in_a_period"
    assert "Parameters\n----------\nstore : Store" in (one.__doc__ or "")
    assert one.row.__struct_fields__[:2] == ("supplier", "supplier_name")
    assert one.row.__annotations__["claims"] == list[str]


def test_dates_are_days_or_texts(ingested: Path) -> None:
    one = library.questions()["supplies-in-a-period"]
    with open_store(Archive(ingested)) as store:
        days = one(store, since=datetime.date(2012, 1, 1), until=datetime.date(2012, 12, 31))
        assert days == one(store, since="2012-01-01", until="2012-12-31")
        assert days[0].first_day == datetime.date(2012, 1, 1)
        with pytest.raises(UsageError, match=r"since: 'soon' is not a date\. Meaning: first day"):
            one(store, since="soon")


def test_what_is_asked_wrongly_is_told(ingested: Path) -> None:
    questions = library.questions()
    with open_store(Archive(ingested)) as store:
        with pytest.raises(UsageError, match="has no parameter 'vendor'"):
            questions["who-supplied-whom"](store, vendor="kamera-ab")
        with pytest.raises(UnknownIdError, match="No entity has the id 'kamera'"):
            questions["who-supplied-whom"](store, supplier="kamera")
        with pytest.raises(UnknownIdError, match="No source has the id 'x'"):
            questions["rests-on-a-source"](store, origin="x")
        with pytest.raises(UsageError, match="hops: 'two' is not a number of hops"):
            questions["listed-within-hops"](store, entity="kamera-ab", hops="two")


def test_a_question_for_the_server_alone(tmp_path: Path, ingested: Path) -> None:
    save(tmp_path, FILE.replace("neo4j, embedded", "neo4j"), sql=None)
    with (
        open_store(Archive(ingested)) as store,
        pytest.raises(UsageError, match="Only neo4j can answer the question 'seat'"),
    ):
        question(tmp_path)(store)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (SQL.replace("$country", "$land"), "embedded/seat.sql, line 1: $land is not declared"),
        (
            SQL.replace("$company", "'$company'"),
            "embedded/seat.sql, line 1: the parameter 'company'",
        ),
        (None, "the engines do not match embedded/seat.sql"),
    ],
)
def test_fault_of_the_sql_is_told(tmp_path: Path, sql: str | None, said: str) -> None:
    save(tmp_path, sql=sql)
    with pytest.raises(DataError, match=re.escape(said)):
        question(tmp_path)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT $company, $country", "the answer has the columns"),
        ("SELECT $company AS x FROM nothing WHERE $country", "The question's SQL does not run"),
        ("DROP VIEW claims; SELECT $company, $country", "A question consists of one SELECT"),
        ("COPY claims TO 'x.csv' -- $company $country", "A question consists of one SELECT"),
        ("ATTACH 'x.db' -- ", "A question consists of one SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd') WHERE $company = $country", "does not run"),
        ("SELECT * FROM glob('/*') WHERE $company = $country", "does not run"),
    ],
)
def test_sql_that_answers_wrongly_is_told(
    tmp_path: Path, ingested: Path, sql: str, said: str
) -> None:
    for name in ("company", "country"):
        sql = sql if f"${name}" in sql.replace("--", "") else f"{sql} "
    found = LibraryQuestion("seat", question_of(tmp_path).header, {"embedded": sql}, tmp_path, FILE)
    with open_store(Archive(ingested)) as store, pytest.raises(DataError, match=re.escape(said)):
        found(store)
    assert not Path("x.csv").exists()


def question_of(folder: Path) -> LibraryQuestion:
    save(folder)
    return question(folder)


def test_a_fault_keeps_no_other_question_away(tmp_path: Path) -> None:
    save(tmp_path, "// title: x\n", None, "broken")
    save(tmp_path)
    found = library.read_library([library.folder(), tmp_path])
    assert list(found.faults) == ["broken"]
    assert "seat" in found.questions
    with pytest.raises(DataError, match="broken"):
        library.questions(tmp_path)


@pytest.mark.parametrize("name", ["Seat", "my seat", "seat_", "größe"])
def test_names_of_files(tmp_path: Path, name: str) -> None:
    save(tmp_path, FILE.replace(", embedded", ""), None, name)
    with pytest.raises(DataError, match="the file's name cannot be the name of a question"):
        question(tmp_path)


def test_a_name_is_not_taken_twice(tmp_path: Path) -> None:
    save(tmp_path, name="who-supplied-whom")
    with pytest.raises(DataError, match="another question has this name"):
        library.questions(tmp_path)


def test_other_encodings_and_folders(tmp_path: Path) -> None:
    path = save(tmp_path, "\ufeff" + FILE)
    assert question(tmp_path).name
    path.write_bytes(FILE.encode("utf-16"))
    with pytest.raises(DataError, match="the file is not UTF-8"):
        question(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DataError, match="the file cannot be read"):
        question(tmp_path)


def test_the_installed_folder_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Far from the checkout, the questions are where the wheel put them."""
    shared = tmp_path / "share" / "sightline" / "cypher"
    shared.mkdir(parents=True)
    (shared / "README.md").write_text("")
    monkeypatch.setattr(library, "__file__", str(tmp_path / "a" / "b" / "c" / "library.py"))

    class File(type(Path())):  # type: ignore[misc]
        def locate(self) -> Path:
            return Path(self)

    listed: Any = [File(shared / "README.md")]
    monkeypatch.setattr("graph.queries.library.metadata.files", lambda name: listed)
    assert library.folder() == shared
    listed.clear()
    with pytest.raises(StorageError, match="Install Sightline again"):
        library.folder()
