"""Check all rules, over the sets that are being loaded and the sets that stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from graph.problems import Problem
from graph.record.model import AnyRecord, Claim, Entity, Judgement, Source
from graph.validate.faults import Fault, RowLocation
from graph.validate.gaps import Gaps
from graph.validate.references import References, Traits, named_by
from graph.validate.rules import Known, faults
from graph.validate.twins import Twins

if TYPE_CHECKING:
    from graph.dataset import Dataset

#: The tables that people write, in the order in which a validator has to see them.
TABLES = ("entities", "sources", "claims", "replies")


class Validator:
    """Judges records one by one, and holds of each no more than its id and a few marks.

    Parameters
    ----------
    sets : collection of str
        Names of the sets that are loaded, and replace those of the same names.
    rejected : mapping of str to collection of str, optional
        By table, ids of rows that were left out: dependent rows get an error.

    Attributes
    ----------
    problems : list of Problem
        What was found, warnings included, in no order.
    rejected : set of (str, str, int)
        Set, table and row of each row that has an error.
    stuck : bool
        True where a row that stays would lose what it depends on; leaving rows out mends nothing.

    Examples
    --------
    >>> from graph.record.vocabulary import Kind
    >>> validator = Validator(["mine"])
    >>> acme = Entity(set="mine", id="acme", kind=Kind.COMPANY, name="Acme", founded="soon")
    >>> validator.check(acme, RowLocation("mine", "entities", "entities.csv", 2))
    False
    >>> print(validator.finish()[0])  # doctest: +ELLIPSIS
    entities.csv, row 2, column founded: found 'soon'; allowed: a year, month or day ...
    """

    def __init__(
        self, sets: Collection[str], rejected: Mapping[str, Collection[str]] | None = None
    ) -> None:
        self.sets = frozenset(sets)
        self.problems: list[Problem] = []
        self.rejected: set[tuple[str, str, int]] = set()
        self.stuck = False
        self._references = References(self._report, rejected or {})
        self._twins = Twins(self._report, several=len(self.sets) > 1)
        self._gaps = Gaps(self._report)
        self._judged: set[frozenset[str]] = set()
        self._rules = Known(
            self._references.kinds.get,
            self._references.collective.__contains__,
            lambda left, right: frozenset((left, right)) in self._judged,
        )
        self._staying: Dataset | None = None
        self._replaced: dict[str, dict[str, Traits | None]] = {
            table: {} for table in self._references.known
        }

    def _report(self, place: RowLocation, fault: Fault) -> None:
        self.problems.append(fault.at(place))
        if not fault.warning:
            self.rejected.add((place.set, place.table, place.row))

    def remember(self, dataset: Dataset) -> None:
        """Add the rows of the current version, which has to stay open until `finish`.

        Parameters
        ----------
        dataset : Dataset
            Its sets stay, but for those that are loaded.
        """
        self._staying = dataset
        for table in TABLES:
            for record in dataset.records(table):
                if record.set not in self.sets:
                    self._references.note(record)
                    self._twins.stays(record)
                    self._gaps.stays(record)
                elif isinstance(record, Entity):
                    self._replaced[table][record.id] = (record.kind, record.collective)
                elif isinstance(record, Source | Claim):
                    self._replaced[table][record.id] = None
        for record in dataset.records("judgements"):
            if isinstance(record, Judgement) and record.set not in self.sets:
                self._judged.add(frozenset((record.left, record.right)))

    def unreadable(self, table: str) -> None:
        """Mark a table as unreadable: references to its ids are not checked."""
        self._references.unreadable(table)

    def broken(self, identifier: str, place: RowLocation, faults: Iterable[Fault]) -> None:
        """Take in a row that is no record: what is wrong with it, and its id if it has one.

        Parameters
        ----------
        identifier : str
            Its id, if it has one.
        place : RowLocation
            Where it stands.
        faults : iterable of Fault
            What is wrong with it.
        """
        for fault in faults:
            self._report(place, fault)
        if identifier:
            self._references.broken(identifier, place.table)
            self._twins.broken(identifier, place)

    def check(self, record: AnyRecord, place: RowLocation) -> bool:
        """Check one record, and remember what the rules need to check others.

        Parameters
        ----------
        record : Record
            The record; they come in the order of `TABLES`.
        place : RowLocation
            Where it was read.

        Returns
        -------
        bool
            Whether it may be loaded, as far as the rows before it tell. False also for a row that
            only repeats another.
        """
        first = self._twins.look(record, place)
        self._references.note(record, place)
        self._references.look(record, place)
        self._gaps.look(record, place)
        for fault in faults(record, self._rules):
            self._report(place, fault)
        return first and (place.set, place.table, place.row) not in self.rejected

    def finish(self) -> list[Problem]:
        """Check what depends on the last row.

        Returns
        -------
        list of Problem
            All problems, errors first, by file and row.
        """
        self._references.finish()
        self._gaps.finish()
        self._staying_rows()
        self.problems.sort(key=lambda problem: (problem.warning, problem))
        return self.problems

    def _staying_rows(self) -> None:
        """Judge the rows that stay and name what the replaced sets hold no more, or otherwise."""
        now = self._references
        changed = {
            table: {
                identifier
                for identifier, before in self._replaced[table].items()
                if identifier not in now.known[table]
                or (table == "entities" and before != now.traits(identifier))
            }
            for table in now.known
        }
        if not self._staying or not any(changed.values()):
            return
        for table in TABLES:
            for record in self._staying.records(table):
                if record.set not in self.sets:
                    named = [n for n in named_by(record, table) if n[2] in changed[n[1]]]
                    self._still(
                        record, RowLocation(record.set, table, f"{table} of {record.set}", 0), named
                    )

    def _still(
        self, record: AnyRecord, place: RowLocation, named: list[tuple[str, str, str]]
    ) -> None:
        label = getattr(record, "id", "") or f"the reply to {getattr(record, 'claim', '')}"
        lost = [
            Fault(column, identifier, f"an id of {table}", "")
            for column, table, identifier in named
            if identifier not in self._references.known[table]
        ]
        for fault in lost or (faults(record, self._rules) if named else ()):
            cure = (
                f"{label} stays in the set {place.set!r} and needs it: "
                "keep it, or change that set first."
            )
            self.problems.append(fault._replace(cure=cure).at(place))
            self.stuck = True
