"""Ids on the command line: any spelling finds them, and what a page prints can be typed again."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest

from app.cli.terminal_page import Page, printable, say
from graph.dataset import Archive
from graph.record.spellings import spellings_of
from ingest.pipeline import ingest
from tests.app.cli.conftest import Run

VENDOR, BUYER = "vénd-天网", "buyer"


@pytest.fixture(scope="module")
def accented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose ids have letters outside ASCII."""
    rows = tmp_path_factory.mktemp("accented") / "rows"
    rows.mkdir()
    entities = f"id,kind,name\n{VENDOR},company,Vendor\n{BUYER},public_body,Buyer\n"
    (rows / "entities.csv").write_text(entities)
    (rows / "sources.csv").write_text("id,title,publisher,type\nquélle-1,T,P,press\n")
    header = "id,subject,relation,object,status,sources\n"
    (rows / "claims.csv").write_text(f"{header}ça,{VENDOR},supplies,{BUYER},reported,quélle-1\n")
    ingest(Archive(rows.parent / "data"), [rows])
    return rows.parent / "data"


@pytest.mark.parametrize(
    "typed",
    [
        VENDOR,
        unicodedata.normalize("NFD", VENDOR),
        unicodedata.normalize("NFC", VENDOR),
        f"\u200b{VENDOR}\u2060 ",
        f"\u2068{VENDOR}\u2069",
        VENDOR.encode("ascii", "backslashreplace").decode(),
        VENDOR.upper(),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ("find", "{}"),
        ("show", "{}"),
        ("look-next", "{}"),
        ("paths", "{}", BUYER),
        ("exposure", "--from", "{}"),
        ("explain", "{}", BUYER),
        ("query", "claims-about", "--entity", "{}"),
    ],
    ids=lambda words: words[0],
)
def test_an_id_is_found_in_any_spelling(
    typed: str, words: tuple[str, ...], run: Run, accented: Path
) -> None:
    result = run(*(word.format(typed) for word in words), "--format", "json", data=accented)
    assert (result.exit_code, result.stderr) == (0, "")
    assert VENDOR in result.stdout


@pytest.mark.parametrize("typed", ["QUÉLLE-1", "quelle-1"])
def test_a_source_id_in_another_case_is_suggested(typed: str, run: Run, accented: Path) -> None:
    result = run("query", "rests-on-a-source", "--origin", typed, data=accented)
    assert result.exit_code == 1
    assert "Did you mean quélle-1?" in result.stderr


@pytest.mark.parametrize("typed", ["quélle-1\u200b", unicodedata.normalize("NFD", "quélle-1")])
def test_a_source_is_found_in_any_spelling(typed: str, run: Run, accented: Path) -> None:
    result = run("query", "rests-on-a-source", "--origin", typed, data=accented)
    assert (result.exit_code, result.stderr) == (0, "")


class Ascii(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii")


def test_an_id_in_ascii_can_be_typed_again() -> None:
    printed = Page(Ascii()).identifier(VENDOR)
    assert printed.isascii()
    assert VENDOR in spellings_of(printed)
    assert printable(printed, "ascii") == printed


@pytest.mark.parametrize(
    "words",
    [
        ("find", "Vendor"),
        ("show", "Vendor"),
        ("look-next", BUYER),
        ("query", "who-supplied-whom"),
        ("paths", "Vendor", BUYER),
    ],
    ids=lambda words: words[0],
)
def test_pages_in_ascii_print_no_id_that_does_not_exist(
    words: tuple[str, ...], run: Run, accented: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Page, "__init__", _ascii_page(Page.__init__))
    shown = run(*words, data=accented).stdout
    printed = set(re.findall(r"v[\\\w]*nd-[\\\w]+", shown)) | set(
        re.findall(r"claims? ([^\s)]+)", shown)
    )
    assert printed
    assert all({VENDOR, "ça"} & set(spellings_of(id_)) for id_ in printed)


def _ascii_page(original: object) -> object:
    def init(self: Page, stream: object = None) -> None:
        original(self, stream)  # type: ignore[operator]
        self.encoding = "ascii"

    return init


def test_messages_in_ascii_name_ids_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Ascii()
    monkeypatch.setattr("sys.stderr", stream)
    say(f"Did you mean {VENDOR}?", err=True)
    stream.seek(0)
    message = stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert VENDOR in spellings_of(message.removeprefix("Did you mean ").strip("?\n"))
