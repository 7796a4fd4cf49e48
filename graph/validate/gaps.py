"""Warnings: rows that load, but that an editor should look at."""

from __future__ import annotations

from graph.record.model import AnyRecord, Claim, Reply
from graph.record.replies import needs_reply
from graph.record.vocabulary import Relation, Stance, Status
from graph.validate.faults import Fault, Report, RowLocation

#: Relations whose dates bind something: those of a same_as do not.
_DATABLE = frozenset(
    relation for relation in Relation if relation.entry.ends and not relation.entry.timeless
)

_CURES = {
    False: "Undated, this one exposes every later owner: add the dates if they are known.",
    True: "Undated, this one may lie on any day: add the date if it is known.",
}


class Gaps:
    """Looks for undated rows beside dated ones, and for allegations without a reply.

    Parameters
    ----------
    report : callable
        Where faults go.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._dated: set[tuple[int, str]] = set()  # ends and contract
        self._undated: list[tuple[RowLocation, Relation, int, str]] = []
        self._unanswered: dict[str, tuple[RowLocation, Status]] = {}
        self._answered: set[str] = set()

    def stays(self, record: AnyRecord) -> None:
        """Add a row of a set that stays."""
        if isinstance(record, Reply):
            self._answered.add(record.claim)
        elif isinstance(record, Claim) and _is_dated(record):
            self._add_dated(record)

    def look(self, record: AnyRecord, place: RowLocation) -> None:
        """Add a row that is being loaded."""
        if isinstance(record, Reply):
            self._unanswered.pop(record.claim, None)
        if not isinstance(record, Claim) or record.stance is Stance.REFUTES:
            return
        if needs_reply(record) and record.id not in self._answered:
            self._unanswered[record.id] = (place, record.status)
        if record.relation in _DATABLE and record.status.entry.stands:
            if _is_dated(record):
                self._add_dated(record)
            else:
                self._undated.append((place, record.relation, _ends(record), record.contract))

    def _add_dated(self, claim: Claim) -> None:
        """Add a dated row, to be met by undated ones of its contract, or of none."""
        self._dated |= {(_ends(claim), claim.contract), (_ends(claim), "")}

    def finish(self) -> None:
        """Report the gaps, once all rows were seen."""
        for place, relation, ends, contract in self._undated:
            if (ends, contract) in self._dated:
                cure = f"Another row dates the same link. {_CURES[relation.entry.event]}"
                self._report(place, Fault("valid_from", "", f"a date of {relation}", cure, True))
        for place, status in self._unanswered.values():
            cure = "Add what the party said to it to the replies, or `none_readable`."
            self._report(place, Fault("status", status, "a reply to the row", cure, True))


def _is_dated(claim: Claim) -> bool:
    return bool(claim.valid_from or claim.valid_to or claim.as_of)


def _ends(claim: Claim) -> int:
    return hash((claim.relation, claim.subject, claim.object))
