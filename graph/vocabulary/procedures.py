"""Stages of a procedure."""

from __future__ import annotations

import msgspec

from graph.vocabulary.term import Term


class StageEntry(msgspec.Struct, frozen=True):
    """What the faces know of a stage.

    Parameters
    ----------
    said : str
        The stage as it stands beside a claim.
    """

    said: str


class Stage(Term):
    """Stage of a procedure, so that a charge is never read as a finding."""

    entry: StageEntry

    COMPLAINT = "complaint", StageEntry("a complaint, no finding")
    INVESTIGATION = "investigation", StageEntry("an investigation, no finding")
    CHARGED = "charged", StageEntry("a charge, no finding")
    SETTLED = "settled", StageEntry("settled")
    DISMISSED = "dismissed", StageEntry("dismissed")
    ANNULLED = "annulled", StageEntry("annulled")
    RULING = "ruling", StageEntry("a ruling that may not be final")
    FINAL = "final", StageEntry("a final ruling")
