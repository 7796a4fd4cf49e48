"""Pages: nothing wider than the terminal, nothing that steers it, nothing lost."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.terminal_page import WIDTH, Page, printable, say, width_of, wrap_columns

WORDS = st.lists(st.text(st.sampled_from("abcé-天网公安"), min_size=1, max_size=30), min_size=1)


class Terminal(io.TextIOWrapper):
    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        return True


@given(WORDS, st.integers(8, 60))
def test_wrapped_lines_fit_and_lose_nothing(words: list[str], width: int) -> None:
    lines = wrap_columns(" ".join(words), width)
    assert "".join(lines).replace(" ", "") == "".join(words)
    for line in lines:
        unbroken = " " not in line and all(width_of(letter) == 1 for letter in line)
        assert width_of(line) <= width or unbroken


def test_an_address_stays_whole() -> None:
    address = "https://watch.example/" + "a" * 100
    assert address in wrap_columns(f"see {address} there", 40)


@given(st.text())
def test_a_clean_text_is_one_line_without_controls(text: str) -> None:
    cleaned = printable(text)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in cleaned)
    assert not set(cleaned) & set("\u202e\u2066\u200f")
    assert printable(cleaned) == cleaned


@given(st.text(), st.sampled_from(["ascii", "latin-1", "utf-8", "cp1252"]))
def test_every_text_can_be_written_in_every_encoding(text: str, encoding: str) -> None:
    printable(text, encoding).encode(encoding)


def test_a_hostile_name_does_not_steer_the_terminal() -> None:
    page = Page(io.StringIO())
    page.text("\x1b]0;owned\x07\x1b[2J safe \u202etxt.exe", style="bold")
    page.table(["a"], [["\x1b[31mred\nnext"]])
    written = "".join(page.lines)
    assert "\x1b" not in written
    assert "\x07" not in written
    assert "\u202e" not in written


def test_a_table_is_squeezed_to_the_page() -> None:
    page = Page(io.StringIO())
    page.table(
        ["id", "name", "number"],
        [["x" * 20, "a name of many words " * 10, "7"], ["天网", "网" * 90, "1,200"]],
        right=[2],
    )
    assert max(map(width_of, page.lines)) <= WIDTH
    assert page.lines[1].rstrip().endswith("7")
    assert "".join(page.lines).count("网") == 91


@pytest.mark.parametrize(("columns", "expected"), [(60, 60), (20, 40), (250, 250)])
def test_a_terminal_gives_its_width(
    columns: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert Page(Terminal()).width == expected
    assert Page(io.StringIO()).width == WIDTH


def test_styles_are_for_terminals_without_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Page(Terminal()).style("x", "bold") == "\x1b[1mx\x1b[0m"
    assert Page(io.StringIO()).style("x", "bold") == "x"
    monkeypatch.setenv("TERM", "dumb")
    assert Page(Terminal()).style("x", "bold") == "x"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert Page(Terminal()).style("x", "bold") == "x"


def test_signs_have_plainer_ones() -> None:
    assert Page(Terminal("ascii")).glyph("│", "|") == "|"
    assert Page(Terminal()).glyph("│", "|") == "│"


def test_gaps_are_one_line_each() -> None:
    page = Page(io.StringIO())
    page.gap()
    page.text("a")
    page.gap()
    page.gap()
    page.text("b")
    assert page.lines == ["a", "", "b"]


def test_what_is_said_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    say("\x1b[2Jone\ntwo", err=True)
    assert capsys.readouterr().err == "�[2Jone\ntwo\n"


def visual(line: str) -> str:
    """Return a line with its isolates marked, which a terminal shows as one piece each."""
    return re.sub("\u2068(.*?)\u2069", lambda run: f"<{run[1]}>", line)


def test_names_from_right_to_left_keep_the_order_around_them() -> None:
    page = Page(Terminal())
    page.text("وزارة الداخلية → مصر 2015, 100 %")
    page.table(["from", "to"], [["شركة ABC للتقنية (SE)", "شىنجاڭ"]])
    assert visual(page.lines[0]) == "<وزارة الداخلية> → <مصر> 2015, 100 %"
    assert visual(page.lines[2]) == "<شركة ABC للتقنية> (SE)  <شىنجاڭ>"
    assert all(line.count("\u2068") == line.count("\u2069") for line in page.lines)


def test_isolated_names_take_the_columns_that_they_take() -> None:
    page = Page(io.StringIO())
    page.table(["a", "b"], [["مصر", "x"], ["abc", "y"]])
    assert [width_of(line) for line in page.lines] == [6, 6, 6]


@pytest.mark.parametrize("encoding", ["cp1256", "ascii"])
def test_an_encoding_without_isolates_gets_none(encoding: str) -> None:
    page = Page(Terminal(encoding))
    page.text("مصر → ليبيا")
    assert not set(page.lines[0]) & set("\u2068\u2069")
    page.lines[0].encode(encoding)


def test_what_is_said_keeps_its_order(capsys: pytest.CaptureFixture[str]) -> None:
    say("مصر → ليبيا")
    assert visual(capsys.readouterr().out) == "<مصر> → <ليبيا>\n"
