"""Each table of the vocabulary is whole, and those who read it know all of its words."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from graph import wording
from graph.neo4j_server import schema
from graph.network import weights
from graph.queries import types
from graph.record.model import Claim, Entity, Reply, Source
from graph.record.vocabulary import (
    LINE_ORDER,
    TABLES,
    Kind,
    PathRole,
    Pen,
    Relation,
    ReplyKind,
    Section,
    SourceType,
    Status,
    Stroke,
    Term,
    line_of,
    statuses_of,
)
from tests.every_word import WORDS

ROOT = Path(__file__).parents[3]
SCHEMA_PAGE = (ROOT / "docs" / "schema.md").read_text("utf-8")
#: What a list of relations in a question may leave out: who needs no date.
TIMELESS = {relation.upper() for relation in Relation if relation.entry.timeless}


@pytest.mark.parametrize(
    "table", [*TABLES.values(), PathRole, Pen, Stroke], ids=lambda t: t.__name__
)
def test_every_word_has_an_entry_without_empty_texts(table: type[Term]) -> None:
    for word in table:
        assert isinstance(word.entry, msgspec.Struct)
        texts = [value for value in msgspec.structs.astuple(word.entry) if isinstance(value, str)]
        assert all(texts) or table is Pen, word


def test_every_column_of_words_has_a_table() -> None:
    columns = {
        annotation
        for record in (Entity, Source, Claim, Reply)
        for field in msgspec.structs.fields(record)
        for annotation in getattr(field.type, "__args__", (field.type,))
        if isinstance(annotation, type) and issubclass(annotation, Term)
    }
    assert columns == set(TABLES.values())


def test_statuses_are_ranked() -> None:
    assert sorted(status.entry.rank for status in Status) == [*range(1, len(Status) + 1)]
    shown = wording.statuses(Status).split(" · ")
    assert sorted(shown) == sorted(status.words for status in Status)


def test_a_line_is_drawn_by_the_status_that_prevails() -> None:
    assert [str(line_of({*LINE_ORDER[at:], *Status} - {*LINE_ORDER[:at]})) for at in range(5)] == [
        *LINE_ORDER,
        Stroke.DOCUMENTED,
    ]
    # the stores name a line by its status
    assert all(str(status) == str(status.entry.stroke) for status in LINE_ORDER)


def test_a_filter_may_name_every_status_and_what_is_documented() -> None:
    assert statuses_of(Status) == set(Status)
    assert statuses_of([Stroke.DOCUMENTED]) == set(Status) - set(LINE_ORDER)


def test_every_relation_reads_in_both_directions() -> None:
    for relation in Relation:
        same = wording.verb(relation) == wording.verb(relation, backwards=True)
        assert same == (relation is Relation.SAME_AS), relation
        assert wording.predicate(relation)
        assert wording.predicate(relation, "2015")


def test_every_section_of_a_page_has_a_relation() -> None:
    used = {section for relation in Relation for section in relation.entry.sections}
    assert used == set(Section)


def test_a_reply_of_every_kind_has_words() -> None:
    row = Claim(set="s", id="c", subject="p", relation=Relation.SAYS, status=Status.ALLEGED,
                sources=("x",))  # fmt: skip
    for kind in ReplyKind:
        reply = Reply(set="s", claim="c", party="p", kind=kind)
        assert kind.entry.sentence in wording.reply(reply, {})
        assert kind.entry.short in wording.answered_in_words(row, [reply])


def test_every_kind_has_a_label_of_its_own() -> None:
    assert len({kind.entry.label for kind in Kind}) == len(Kind)
    assert set(schema.LABELS) == set(Kind)


@pytest.mark.parametrize("word", WORDS, ids=repr)
def test_the_schema_page_names_every_word(word: Term) -> None:
    assert re.search(rf"[| ,]{word}[| ,]", SCHEMA_PAGE)
    if isinstance(word, Relation) and word.entry.ends:
        assert f"[:{word.upper()}]->(:Entity)` | {word.entry.meaning} |" in SCHEMA_PAGE


@pytest.mark.parametrize("name", TABLES)
def test_questions_take_every_word_and_no_other(name: str) -> None:
    for word in TABLES[name]:
        assert types.convert(word.value, name) == word
    with pytest.raises(ValueError, match=re.escape(", ".join(TABLES[name]))):
        types.convert("presse", name)


def test_the_weights_are_of_the_words() -> None:
    assert list(weights.load_weights().strength) == list(Status)
    assert list(weights.load_weights().reliability) == list(SourceType)


@pytest.mark.parametrize("file", sorted((ROOT / "cypher").glob("*.cypher")), ids=lambda f: f.stem)
def test_a_question_about_all_links_names_every_relation(file: Path) -> None:
    linked = {relation.upper() for relation in Relation if relation.entry.ends}
    for listed in re.findall(r"\[\w*:([A-Z_|]+)\]", file.read_text("utf-8")):
        types_ = set(listed.split("|"))
        if len(types_) > len(linked) / 2:
            assert types_ | TIMELESS == linked
