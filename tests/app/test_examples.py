"""The first page's examples say what the record says, in its statuses, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from app.parts import examples
from graph import wording
from graph.dataset import Archive
from graph.record.vocabulary import Status
from ingest.pipeline import ingest
from tests.app.conftest import Open, shown

#: Links of a record that answers all three examples.
LINKS = [
    ("safran", "owns", "seller"),
    ("seller", "supplies", "shanghai-psb"),
    ("canon", "contributes_to", "skynet"),
    ("noldus", "supplies", "ministry"),
    ("ministry", "operates", "golden-shield"),
]
KINDS = {
    **dict.fromkeys(("safran", "seller", "canon", "noldus"), "company"),
    **dict.fromkeys(("shanghai-psb", "ministry"), "public_body"),
    **dict.fromkeys(("skynet", "golden-shield"), "programme"),
}
STANDING = [status for status in Status if status.entry.stands]


def record(room: Path, status: Status, replies: str = "") -> Path:
    """A data folder in which every link has one status."""
    rows = room / "rows"
    rows.mkdir()
    entities = [f"{id_},{kind},{id_.title()}" for id_, kind in KINDS.items()]
    (rows / "entities.csv").write_text("\n".join(["id,kind,name", *entities]))
    (rows / "sources.csv").write_text("id,title,publisher,type\ns,T,P,press\n")
    claims = [f"c{n},{s},{r},{o},{status},s,2015" for n, (s, r, o) in enumerate(LINKS)]
    header = "id,subject,relation,object,status,sources,valid_from"
    (rows / "claims.csv").write_text("\n".join([header, *claims]))
    (rows / "replies.csv").write_text(f"claim,party,kind,text,source,date\n{replies}")
    ingest(Archive(room / "data"), [rows])
    return room / "data"


def cards(html: str) -> list[str]:
    (questions,) = re.findall(r'<ul class="cards">(.*?)</ul>', unescape(html), re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", questions, re.DOTALL)


@pytest.mark.parametrize("status", STANDING)
def test_every_link_is_told_with_its_status(
    status: Status, open_page: Open, tmp_path: Path
) -> None:
    sale, part, lead = cards(shown(open_page("find", folder=record(tmp_path, status))))
    assert "Safran owns Seller (since 2015; " + status.words in sale
    assert "Seller supplied Shanghai-Psb (2015; " + status.words in sale
    assert wording.OPEN_END[1:] in sale
    assert "Canon contributed to Skynet (2015; " + status.words in part
    assert "No path is on record." in lead
    assert "Noldus supplied Ministry (2015; " + status.words in lead
    assert "Ministry operates Golden-Shield (since 2015; " + status.words in lead
    assert wording.NO_PROOF in lead
    for other in set(STANDING) - {status}:
        assert other.words not in "".join((sale, part, lead))


def test_a_reply_is_on_record_only_where_it_is(open_page: Open, tmp_path: Path) -> None:
    reply = "c1,seller,answer,We sold nothing.,s,2016\n"
    data = record(tmp_path, Status.ALLEGED, reply)
    sale, part, _ = cards(shown(open_page("find", folder=data)))
    assert "Replies on record: Seller." in sale
    assert wording.NO_REPLY in part


def test_no_sentence_of_an_example_is_fixed() -> None:
    """The module holds ids alone: what a card says is made from the answer."""
    assert all(len(ends) == 2 for ends in examples.ENDS)
    assert not [text for ends in examples.ENDS for text in ends if " " in text]


def test_a_record_without_the_entities_has_no_examples(open_page: Open, ingested: Path) -> None:
    assert 'class="cards"' not in shown(open_page("find", folder=ingested))
