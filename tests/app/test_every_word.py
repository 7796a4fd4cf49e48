"""Every word of the vocabulary is on the pages of the app."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from graph.record.vocabulary import Kind, Relation, ReplyKind, Section, SourceType, Stage, Status
from tests.app.conftest import Open, shown


def test_the_pages_of_entities_show_every_word(open_page: Open, every_word: Path) -> None:
    pages = {
        kind: unescape(shown(open_page("entity", every_word, id=f"{kind}-1"))) for kind in Kind
    }
    for kind, page in pages.items():
        assert f'<p class="faint">{kind.words}' in page
    everything = "\n".join(pages.values())
    for relation in Relation:
        assert relation is Relation.SAYS or relation.entry.verb.present in everything
    for section in Section:
        assert section in everything
    for status in Status:
        assert f'title="{status.entry.meaning}">{status.words}</span>' in everything
    for words in (word.entry.said for table in (Stage, SourceType) for word in table):
        assert words in everything
    for reply in ReplyKind:
        assert reply.entry.sentence in everything
        assert reply.entry.short in everything
