"""The links of a scene as rows: what the CSV, the HTML and the app's table are made from."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from graph import wording
from graph.evidence import Evidence
from graph.export.labels import one_line
from graph.export.scene import LEAD, SERVES, Line, Scene
from graph.record.replies import needs_reply


class EvidenceRow(msgspec.Struct, frozen=True):
    """A row of evidence on a line of the picture.

    Parameters
    ----------
    number : int
        Number of the line, from 1, in the order of the scene.
    line : Line
        The line.
    tail, head : str
        Names of its ends.
    evidence : Evidence or None
        The row behind it; None where the scene carries no evidence.
    """

    number: int
    line: Line
    tail: str
    head: str
    evidence: Evidence | None

    @property
    def link(self) -> str:
        """The line in words."""
        return one_line(f"{self.tail} – {', '.join(self.line.said)} – {self.head}")


def evidence_rows(scene: Scene) -> Iterator[EvidenceRow]:
    """Yield the evidence of each line of a scene; a line without evidence gives one row.

    The rows of a supply themselves say which programme it serves.
    """
    names = {card.id: card.name for card in scene.cards}
    for number, line in enumerate(scene.lines, start=1):
        if line.id.endswith(SERVES):
            continue
        ends = names.get(line.tail, line.tail), names.get(line.head, line.head)
        known = [scene.evidence[id_] for id_ in line.claim_ids if id_ in scene.evidence]
        if not known:
            yield EvidenceRow(number, line, *ends, None)
        for evidence in known:
            yield EvidenceRow(number, line, *ends, evidence)


def is_lead(line: Line) -> bool:
    """Tell whether a line is a lead, which is never a part of a path."""
    return line.id.endswith(LEAD)


def web_address(url: str) -> str:
    """Return an address that may become a link: http or https, with a host; else nothing.

    Examples
    --------
    >>> web_address("https://watch.example/report"), web_address("javascript:alert(1)")
    ('https://watch.example/report', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""


def replies(evidence: Evidence, names: dict[str, str]) -> list[str]:
    """Return the replies to a row of evidence as sentences.

    Where there is none, only a row that needs one says so: no plain fact of ownership does.
    """
    sentences = [wording.reply(reply, names) for reply in evidence.replies]
    return sentences or ([wording.NO_REPLY] if needs_reply(evidence.claim) else [])
