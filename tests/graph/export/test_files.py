"""Each file opens in a reader of its own, says what it rests on, and carries nothing live."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from msgspec.structs import replace
from PIL import Image

from graph import export, wording
from graph.evidence import Evidence, Records
from graph.export.compose import scene_of
from graph.export.scene import Scene, Stamp
from graph.network.build import from_records
from graph.paths.find import supply_paths
from graph.paths.question import Question
from graph.record.model import Claim, Entity, Source
from graph.record.vocabulary import Kind, Relation, ReplyKind, SourceType, Status
from tests.hostile import AGENT, BEACON, FORMULA, NAMES

ROOT = Path(__file__).parents[3]


def test_a_png_is_one_of_300_dots_an_inch(open_ended: Scene) -> None:
    image = Image.open(io.BytesIO(export.render(open_ended, "png")))
    image.load()
    assert image.format == "PNG"
    assert [round(one) for one in image.info["dpi"]] == [300, 300]
    assert image.width > 2000


def test_a_pdf_holds_the_names_and_the_stamp_as_text(open_ended: Scene) -> None:
    with pdfplumber.open(io.BytesIO(export.render(open_ended, "pdf"))) as pdf:
        (page,) = pdf.pages
        text = page.extract_text()
        assert not page.hyperlinks
    for words in ("Visiolux", "Aurora Vision", "supplied", "as its editors say"):
        assert words in text


def rows_of(scene: Scene) -> list[dict[str, str]]:
    text = export.render(scene, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_csv_has_a_row_for_each_row_of_evidence(chain: Scene) -> None:
    rows = rows_of(chain)
    assert {row["claim"] for row in rows} == set(chain.evidence)
    first = next(row for row in rows if row["claim"] == "c05")
    assert first["origins"] == "Watch Group: Sold in daylight: who equips Arden (2020-09-21)"
    assert first["read_scope"] == "Read in part: stored excerpt."
    assert "Kamera AB (2020-09-25)" in first["replies"]
    assert {row["data_version"] for row in rows} == {"2026-11-20 · 7f3a"}


def test_no_cell_of_a_csv_is_a_formula_or_a_live_address(evil: Scene) -> None:
    rows = rows_of(evil)
    assert all(row["locator"].startswith(f"'{FORMULA}") for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert not any(row["addresses"] or row["archive"] for row in rows)


class Page(HTMLParser):
    """Elements, attributes and texts of a page, as a browser's parser sees them."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.text = ""
        self._into: list[str] | None = None
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._into = {"script": self.scripts, "style": self.styles}.get(tag)
        if self._into is not None:
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is None:
            self.text += data
        else:
            self._into[-1] += data


@pytest.fixture(scope="module")
def page(evil: Scene) -> Page:
    return Page(export.render(evil, "html").decode())


def test_an_html_page_is_under_a_megabyte(evil: Scene) -> None:
    assert len(export.render(evil, "html")) < 1_000_000


def test_its_policy_allows_the_scripts_and_styles_in_it_and_no_request(page: Page) -> None:
    (policy,) = [a["content"] or "" for _, a in page.elements if a.get("http-equiv")]
    data, library, script = page.scripts
    for text in (library, script, *page.styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "<" not in data  # what could end the element that it stands in
    drawing = json.loads(data)
    assert drawing["options"]["physics"] == {"enabled": False}
    assert AGENT in drawing["cards"].values()


def test_nothing_in_it_is_fetched_and_nothing_hostile_is_markup(page: Page) -> None:
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"img", "iframe", "link", "svg", "object", "b", "i"})
    assert not any(
        "src" in attributes or "onerror" in attributes for _, attributes in page.elements
    )
    assert not [a["href"] for tag, a in page.elements if tag == "a"]  # hostile addresses only
    assert BEACON in page.text  # as letters
    assert NAMES["evil-seller"] in page.text


def test_links_go_to_sources_on_the_web_and_say_nothing_of_the_reader(chain: Scene) -> None:
    page = Page(export.render(chain, "html").decode())
    links = [attributes for tag, attributes in page.elements if tag == "a"]
    assert links
    for link in links:
        assert re.match(r"https://\w+\.example/", link["href"] or "")
        assert "noreferrer" in (link["rel"] or "")


def test_it_shows_the_evidence_as_a_table_with_replies_and_reading(chain: Scene) -> None:
    page = Page(export.render(chain, "html").decode())
    for words in (
        *(one.claim.text for one in chain.evidence.values()),
        "The company knows of no such delivery.",
        ReplyKind.NONE_READABLE.entry.sentence,
        wording.NO_ARCHIVE,
        "Read whole.",
        "2026-11-20 · 7f3a",
        "as its editors say",
    ):
        assert words in page.text, words


def test_its_drawing_has_a_card_for_each_card_and_two_edges_for_each_line(chain: Scene) -> None:
    drawing = json.loads(Page(export.render(chain, "html").decode()).scripts[0])
    assert sum(node["id"].startswith("card-") for node in drawing["nodes"]) == len(chain.cards)
    assert len(drawing["edges"]) == 2 * len(chain.lines) + len(chain.open_ends)
    assert all("title" not in part for part in (*drawing["nodes"], *drawing["edges"]))
    assert not {"image", "brokenImage"} & {key for node in drawing["nodes"] for key in node}


def test_a_lead_is_said_to_be_none_of_the_path(lead: Scene) -> None:
    assert wording.untied(Relation.OPERATES) in Page(export.render(lead, "html").decode()).text
    assert [row["lead"] for row in rows_of(lead)] == ["", wording.untied(Relation.OPERATES)]


@pytest.fixture(scope="module")
def large() -> Scene:
    """As much as a picture holds: a vendor and its 149 first buyers, of 400."""
    entities = [Entity(set="s", id="v", kind=Kind.COMPANY, name="Vendor")]
    entities += [
        Entity(set="s", id=f"b{n}", kind=Kind.PUBLIC_BODY, name=f"Public Security Bureau No. {n}")
        for n in range(400)
    ]
    source = Source(set="s", id="x", title="T", publisher="P", type=SourceType.PRESS)
    claims = [
        Claim(
            set="s",
            id=f"c{n}",
            subject="v",
            relation=Relation.SUPPLIES,
            object=f"b{n}",
            status=Status.REPORTED,
            sources=("x",),
            text="A delivery of network cameras, told of in a long and careful paraphrase. " * 3,
        )
        for n in range(400)
    ]
    network = from_records(entities, [source], claims)
    evidence = tuple(Evidence(claim, (source,), (source,), (), {}) for claim in claims)
    by_id = {entity.id: entity for entity in entities}
    stamp = Stamp(title="Large", data_version="V")
    answer = replace(supply_paths(network, Question.between("v")), leads=(), left_out={})
    return scene_of(network, answer, Records(by_id, evidence), stamp)


def test_the_largest_picture_is_a_page_of_less_than_a_megabyte(large: Scene) -> None:
    assert len(large.cards) == 150
    assert large.left_out == ("251 paths are not drawn: a picture holds 150 cards at most.",)
    assert len(export.render(large, "html")) < 1_000_000


@pytest.mark.slow
def test_a_bitmap_that_would_be_too_large_has_fewer_dots_and_says_so(
    large: Scene, capfd: pytest.CaptureFixture[str]
) -> None:
    image = Image.open(io.BytesIO(export.render(large, "png")))
    assert image.info["dpi"][0] < 299
    assert max(image.size) < 32_768
    with pdfplumber.open(io.BytesIO(export.render(large, "pdf"))) as pdf:
        height = float(pdf.pages[0].height)  # points
    assert image.height / image.info["dpi"][1] * 72 == pytest.approx(height, rel=0.02)
    assert capfd.readouterr().err == ""


def test_drawing_says_nothing_on_standard_error() -> None:
    lines = "from graph.export import graphviz_figure as figure; figure._warm_up()"
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr == b""


def scene_of_rows(names: dict[str, str], *rows: Claim) -> Scene:
    """Return the picture of the paths from a to b."""
    kinds = {"b": Kind.PUBLIC_BODY}
    entities = {
        id_: Entity(set="t", id=id_, kind=kinds.get(id_, Kind.COMPANY), name=name)
        for id_, name in names.items()
    }
    root = Source(set="t", id="s", title="T", publisher="P", type=SourceType.PRESS)
    network = from_records(entities.values(), [root], rows)
    answer = supply_paths(network, Question.between("a", "b"))
    evidence = tuple(Evidence(row, (root,), (root,), (), {}) for row in rows)
    stamp = Stamp(title="T", data_version="V")
    return scene_of(network, answer, Records(entities, evidence), stamp)


def supply(id_: str, **fields: Any) -> Claim:
    row: dict[str, Any] = {"set": "t", "id": id_, "subject": "a", "object": "b", "sources": ("s",)}
    return Claim(**row | {"relation": Relation.SUPPLIES, "status": Status.REPORTED} | fields)


def test_right_to_left_names_are_isolated_in_html() -> None:
    scene = scene_of_rows({"a": "شركة مصر", "b": "ليبيا <b>"}, supply("c"))
    content = export.render(scene, "html").decode()
    head = content[content.index('<th scope="row">') :]
    assert "<bdi>شركة مصر</bdi>" in head
    assert "<bdi>ليبيا</bdi> &lt;b&gt;" in head
    assert "\u2068" not in content


def test_parallel_lines_are_told_apart_by_contract_and_programme() -> None:
    rows = supply("c", contract="k1"), supply("d", contract="k2"), supply("e", programme="p")
    scene = scene_of_rows({"a": "A", "b": "B", "p": "Prog"}, *rows)
    labels = {part for line in scene.lines for part in line.said}
    assert labels >= {"contract k1", "contract k2", "for Prog"}
    (alone,) = scene_of_rows({"a": "A", "b": "B"}, rows[0]).lines
    assert "contract k1" not in alone.said
    page = Page(export.render(scene, "html").decode())
    assert "Deal: contract k1" in page.text


def test_all_technologies_of_a_link_stand_in_every_file() -> None:
    rows = supply("c", technology="cameras"), supply("d", technology="probes")
    scene = scene_of_rows({"a": "A", "b": "B"}, *rows)
    (line,) = scene.lines
    assert "cameras, probes" in line.said
    assert {row["technology"] for row in rows_of(scene)} == {"cameras", "probes"}


def test_a_missing_reply_is_said_only_of_what_needs_one() -> None:
    for status, words in ((Status.ALLEGED, wording.NO_REPLY), (Status.OFFICIAL_RECORD, "")):
        scene = scene_of_rows({"a": "A", "b": "B"}, supply("c", status=status))
        assert rows_of(scene)[0]["replies"] == words
        assert (wording.NO_REPLY in Page(export.render(scene, "html").decode()).text) is bool(words)
