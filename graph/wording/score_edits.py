"""What an edit between two versions does to scores, in words."""

from __future__ import annotations

from typing import NamedTuple

from graph.dataset import EditKind, ScoreEdit


class Meaning(NamedTuple):
    """A kind of edit in words, and what it does to scores."""

    name: str
    effect: str


MOVES: dict[EditKind, Meaning] = {
    EditKind.ORIGINS_MERGED: Meaning(
        "origins merged",
        "What one root says stands or falls together: side by side it supports less, in a row"
        " more.",
    ),
    EditKind.ORIGINS_SPLIT: Meaning(
        "origins split",
        "What two roots say stands or falls apart: side by side it supports more, in a row less.",
    ),
    EditKind.ORIGINS_CHANGED: Meaning(
        "origins changed",
        "The rows are trusted as far as their new roots are, and stand or fall with what else those"
        " say.",
    ),
    EditKind.DATES_NARROWED: Meaning(
        "dates narrowed",
        "Fewer days fit: paths can only disappear, and those that are left may become certain.",
    ),
    EditKind.DATES_WIDENED: Meaning(
        "dates widened",
        "More days fit: paths can only appear, and those that were certain may be merely possible.",
    ),
    EditKind.DATES_CHANGED: Meaning(
        "dates changed",
        "Other days fit: paths may appear and disappear.",
    ),
    EditKind.ENTITIES_MERGED: Meaning(
        "entities merged",
        "Claims about either are now about one entity: paths may appear, and a walk that would"
        " meet it twice is a round trip, which does not count.",
    ),
    EditKind.ENTITIES_SPLIT: Meaning(
        "entities split",
        "Claims about one entity are now about two: paths that led through it may disappear.",
    ),
    EditKind.ENDS_CHANGED: Meaning(
        "ends changed",
        "The rows now name another entity: paths may appear and disappear.",
    ),
    EditKind.SOURCE_RETRACTED: Meaning(
        "source retracted",
        "What it supported is supported less, what it refuted is refuted less.",
    ),
    EditKind.CLAIM_WITHDRAWN: Meaning(
        "claim withdrawn",
        "It is no evidence any more: what it supported is supported less, what it refuted less"
        " refuted.",
    ),
    EditKind.CLAIM_REINSTATED: Meaning(
        "claim reinstated",
        "It is evidence again, for what it supports or against what it refutes.",
    ),
}


def move(edit: ScoreEdit) -> str:
    """Return an edit that moves scores, in a line.

    Examples
    --------
    >>> move(ScoreEdit(EditKind.DATES_NARROWED, ("2015",), ("2015-09-21",), ("sale",)))
    'sale: 2015 → 2015-09-21'
    >>> move(ScoreEdit(EditKind.SOURCE_RETRACTED, ("report",), (), ("sale", "stake")))
    'sale, stake: no longer by report'
    >>> move(ScoreEdit(EditKind.ENTITIES_MERGED, ("axis", "axis-ab"), (), ("tie",)))
    'tie: axis and axis-ab are one'
    >>> move(ScoreEdit(EditKind.ENTITIES_SPLIT, (), ("axis", "axis-ab"), ("tie",)))
    'tie: axis and axis-ab are not one any more'
    """
    rows, before, after = (", ".join(ids) for ids in (edit.rows, edit.before, edit.after))
    if edit.edit is EditKind.SOURCE_RETRACTED:
        return f"{rows}: no longer by {before}"
    if not edit.after:
        return f"{rows}: {' and '.join(edit.before)} are one"
    if not edit.before:
        return f"{rows}: {' and '.join(edit.after)} are not one any more"
    return f"{rows}: {before} → {after}"
