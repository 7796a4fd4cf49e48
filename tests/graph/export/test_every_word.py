"""Every word of the vocabulary, and every entity of the starter record, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfplumber
import pytest

from graph import export, wording
from graph.dataset import Archive
from graph.export.scene import Scene, Stamp
from graph.export.scene_from_neighbourhood import scene_around
from graph.record.vocabulary import (
    Form,
    Kind,
    Relation,
    ReplyKind,
    Role,
    Stage,
    Status,
    Stroke,
    Term,
)
from graph.stores import open_store
from tests.every_word import SELLER
from tests.graph.export.test_files import Page

STARTER = Path(__file__).parents[3] / "ingest" / "starter" / "entities.csv"
SVG = "{http://www.w3.org/2000/svg}"
STAMP = Stamp(title="T", data_version="V")

#: What a reader of a picture sees of a word, and what stands in a cell of the table.
DRAWN: dict[type[Any], Callable[[Any], str]] = {
    Kind: lambda word: word.words.upper(),
    Relation: lambda word: word.entry.verb.present,
    Status: lambda word: word.words,
    Stage: lambda word: word.entry.said,
}
IN_CELLS: dict[type[Any], Callable[[Any], str]] = {
    Relation: lambda word: word.value,
    Status: lambda word: word.value,
    Stage: lambda word: word.entry.said,
    Role: lambda word: word.value,
    Form: lambda word: word.value,
    ReplyKind: lambda word: word.entry.sentence,
}


def words(shown: Iterable[Any]) -> list[Term]:
    return [word for table in shown for word in table if word is not Relation.SAYS]


def around(folder: Path, center: str) -> Scene:
    with open_store(Archive(folder)) as store:
        return scene_around(store, center, 1, STAMP)


@pytest.fixture(scope="module")
def scenes(every_word: Path) -> list[Scene]:
    """What is around one entity of each kind: between them, all kinds and relations."""
    return [around(every_word, f"{kind}-1") for kind in Kind]


def text_of_pdf(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return " ".join(page.extract_text() for page in pdf.pages)


def text_of_svg(content: bytes) -> str:
    """Return what is drawn, without the descriptions."""
    return " ".join(part.text or "" for part in ElementTree.fromstring(content).iter(f"{SVG}text"))


def text_of_drawing(content: bytes) -> str:
    """Return what vis-network draws."""
    data = json.loads(Page(content.decode()).scripts[0])
    return " ".join(node["label"] for node in data["nodes"])


#: What a reader sees of a scene: in which format, and how a test reads it.
SEEN = {
    "svg": ("svg", text_of_svg),
    "pdf": ("pdf", text_of_pdf),
    "drawing": ("html", text_of_drawing),
    "page": ("html", lambda content: Page(content.decode()).text),
    "csv": ("csv", lambda content: content.decode("utf-8-sig")),
}


@pytest.fixture(scope="module")
def texts(scenes: list[Scene]) -> dict[str, set[str]]:
    """The words that a reader sees of all scenes."""

    def seen(suffix: str, read: Callable[[bytes], str]) -> set[str]:
        files = (export.render(scene, suffix) for scene in scenes)
        return {word for content in files for word in in_words(read(content))}

    return {name: seen(*how) for name, how in SEEN.items()}


def in_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("picture", ["svg", "pdf", "drawing"])
def test_a_picture_shows_every_word(texts: dict[str, set[str]], picture: str) -> None:
    for word in words(DRAWN):
        assert in_words(DRAWN[type(word)](word)) <= texts[picture], word


def test_a_table_holds_every_word(texts: dict[str, set[str]]) -> None:
    for word in words(IN_CELLS):
        assert in_words(IN_CELLS[type(word)](word)) <= texts["csv"], word


def test_a_page_says_every_kind_of_reply(texts: dict[str, set[str]]) -> None:
    for kind in ReplyKind:
        assert in_words(kind.entry.sentence) <= texts["page"], kind


def test_every_relation_and_every_stroke_is_in_some_scene(scenes: list[Scene]) -> None:
    lines = [line for scene in scenes for line in scene.lines]
    assert {line.relation for line in lines} == set(words([Relation]))
    assert {line.line for line in lines} == set(Stroke)


def test_the_legend_explains_every_relation(scenes: list[Scene]) -> None:
    legends = " · ".join(wording.legend(scene.relations) for scene in scenes)
    for relation in words([Relation]):
        assert relation.entry.noun in legends


def test_there_is_a_bitmap_of_every_word(every_word: Path) -> None:
    assert export.render(around(every_word, SELLER), "png").startswith(b"\x89PNG")


def test_every_format_is_read_here() -> None:
    assert {suffix for suffix, _ in SEEN.values()} | {"png"} == set(export.formats())


@pytest.fixture(scope="module")
def of_starter(starter: Path) -> dict[str, Scene]:
    """What is around each entity of the starter record."""
    with STARTER.open(encoding="utf-8-sig", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    with open_store(Archive(starter)) as store:
        return {id_: scene_around(store, id_, 1, STAMP) for id_ in ids}


@pytest.mark.slow
def test_every_entity_of_the_starter_record_is_drawn(of_starter: dict[str, Scene]) -> None:
    assert len(of_starter) > 200
    for id_, scene in of_starter.items():
        drawn = ElementTree.fromstring(export.render(scene, "svg"))
        cards = [
            part.get("id") for part in drawn.iter() if (part.get("id") or "").startswith("card-")
        ]
        assert len(cards) == len(scene.cards), id_


@pytest.mark.parametrize("suffix", ["csv", "html", "pdf", "png"])
def test_a_sample_of_them_is_drawn_in_every_format(
    of_starter: dict[str, Scene], suffix: str
) -> None:
    by_size = sorted(of_starter.values(), key=lambda scene: len(scene.lines))
    for share in (0, 0.5, 0.9):
        scene = by_size[int(share * len(by_size))]
        assert export.render(scene, suffix)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "html", "pdf", "png"])
def test_all_of_them_are_drawn_in_every_format(of_starter: dict[str, Scene], suffix: str) -> None:
    for id_, scene in of_starter.items():
        assert export.render(scene, suffix), id_


def test_a_party_without_links_is_a_picture_of_its_card(of_starter: dict[str, Scene]) -> None:
    alone = [scene for scene in of_starter.values() if not scene.lines]
    assert alone
    for scene in alone:
        assert len(scene.cards) == 1
        assert scene.cards[0].name.split()[0] in export.render(scene, "svg").decode()
