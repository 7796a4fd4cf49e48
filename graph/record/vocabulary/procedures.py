"""Stages of a procedure."""

from __future__ import annotations

from graph.record.vocabulary.term import Said, Term


class Stage(Term):
    """Stage of a procedure, so that a charge is never read as a finding."""

    entry: Said

    COMPLAINT = "complaint", Said("a complaint, no finding")
    INVESTIGATION = "investigation", Said("an investigation, no finding")
    CHARGED = "charged", Said("a charge, no finding")
    SETTLED = "settled", Said("settled")
    DISMISSED = "dismissed", Said("dismissed")
    ANNULLED = "annulled", Said("annulled")
    RULING = "ruling", Said("a ruling that may not be final")
    FINAL = "final", Said("a final ruling")
