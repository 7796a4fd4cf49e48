"""Every word of the vocabulary is in what `show` prints."""

from __future__ import annotations

from pathlib import Path

from graph import wording
from graph.record.vocabulary import Form, Kind, Relation, ReplyKind, Role, Stage, Status
from tests.app.cli.conftest import Run


def test_show_prints_every_word(run: Run, every_word: Path) -> None:
    printed = {kind: run("show", f"{kind}-1", data=every_word).stdout for kind in Kind}
    for kind, page in printed.items():
        assert f"\n{kind.words}, id {kind}-1" in page
    everything = " ".join(" ".join(printed.values()).split())
    for relation in Relation:
        assert relation is Relation.SAYS or f" {wording.predicate(relation)} " in everything
    for word in (*Status, *Form):
        assert word.words in everything
    for words in (word.entry.said for table in (Stage, Role) for word in table):
        assert words in everything
    for reply in ReplyKind:
        assert reply.entry.sentence in everything
