"""The evidence of a link in the terminal: its claims in words, their sources, the replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from app.cli.terminal_page import Page
from graph import wording
from graph.evidence import Evidence
from graph.record.model import Claim, Reply, Source
from graph.record.replies import is_unanswered
from graph.record.vocabulary import Relation, Stance

_LABEL = 11


class EvidenceWriter:
    """Write evidence on a page; a document is described in full where it first appears.

    Parameters
    ----------
    page : Page
        The page.
    names : mapping of str to str
        Names of the entities by id.
    """

    def __init__(self, page: Page, names: Mapping[str, str]) -> None:
        self.page = page
        self.names = names
        self.numbers: dict[str, int] = {}

    def claims(self, evidence: Sequence[Evidence]) -> None:
        """Write claims, followed by the replies to them."""
        for item in evidence:
            self.page.gap()
            self._claim(item)
        replies: dict[tuple[str, ...], tuple[Reply, Source | None]] = {}
        for item in evidence:
            for reply in item.replies:  # the same words to several claims are shown once
                words = (reply.date, reply.party, reply.kind, reply.text, reply.source)
                replies.setdefault(words, (reply, item.reply_sources.get(reply.source)))
        if replies:
            self.page.gap()
        for _, (reply, source) in sorted(replies.items(), key=itemgetter(0)):
            self._reply(reply, source)
        if not replies and any(is_unanswered(item.claim, item.replies) for item in evidence):
            self.page.gap()
            self._labelled("Reply", wording.NO_REPLY)

    def _claim(self, item: Evidence) -> None:
        claim = item.claim
        self.page.text(claim.text or wording.claim(claim, self.names), indent="   ")
        status = [wording.statuses([claim.status])]
        if claim.asserted_by:
            status = [f"{status[0]}, says {claim.asserted_by}"]
        if claim.stage:
            status.append(wording.stage(claim.stage))
        if claim.stance is Stance.REFUTES:
            status.append(f"refutes claim {self.page.identifier(claim.about)}")
        status.append(f"claim {self.page.identifier(claim.id)}")
        self._labelled("Status", f" {self.page.glyph('·', '-')} ".join(status))
        if claim.relation is Relation.SAYS:
            self._labelled("Date", wording.when(claim))
            parties = [claim.subject, *([claim.object] if claim.object else [])]
            self._labelled("About", "; ".join(wording.name_or_id(p, self.names) for p in parties))
        if deal := _deal(claim, self.names):
            self._labelled("Deal", deal)
        if claim.note:
            self._labelled("Note", claim.note)
        self._sources("Read in", item.sources)
        if claim.locator:
            self._labelled("At", claim.locator)
        self._sources("Relaying", [root for root in item.origins if root not in item.sources])

    def _reply(self, reply: Reply, source: Source | None) -> None:
        words = wording.reply(reply, self.names)
        if source is None:
            self._labelled("Reply", words)
            return
        known = source.id in self.numbers
        self._labelled(f"Reply [{self._number(source)}]", words)
        if not known:
            self._source(source, "")

    def _sources(self, label: str, sources: Sequence[Source]) -> None:
        known = [source for source in sources if source.id in self.numbers]
        for source in sources:
            if source not in known:
                self._source(source, label)
                label = ""
        if known:
            cited = [f"{source.publisher} [{self.numbers[source.id]}]" for source in known]
            self._labelled(label, "; ".join(cited) + ", as above")

    def _source(self, source: Source, label: str) -> None:
        mark = f"[{self._number(source)}] "
        self._labelled(label, wording.source_line(source), mark)
        for line in (source.url, source.archive_url, wording.read_scope(source)):
            if line:
                self._labelled("", line, " " * len(mark))

    def _number(self, source: Source) -> int:
        return self.numbers.setdefault(source.id, len(self.numbers) + 1)

    def _labelled(self, label: str, text: str, mark: str = "") -> None:
        self.page.text(text, indent="     " + label.ljust(_LABEL) + mark)


def _deal(claim: Claim, names: Mapping[str, str]) -> str:
    """Return what was sold, in which form, for what, in which role, under which contract."""
    value = f"{claim.value:,f} {claim.currency}".strip() if claim.value is not None else ""
    parts = (
        wording.name_or_id(claim.product, names),
        claim.technology,
        f"for {wording.name_or_id(claim.programme, names)}" if claim.programme else "",
        claim.form.words if claim.form else "",
        value,
        claim.role.entry.said if claim.role else "",
        f"contract {claim.contract}" if claim.contract else "",
    )
    return ", ".join(part for part in parts if part)
