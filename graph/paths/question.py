"""A question: whose paths to whom, and which of them. Paths, scores and rankings all answer one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from graph.errors import UsageError
from graph.record.vocabulary import Status

if TYPE_CHECKING:
    from graph.network.weights import Weights

#: Kinds of target; "all" has companies as buyers, too.
Targets: TypeAlias = Literal["programmes", "end-users", "all"]

#: More hops than this are no supply chain that a reader can follow.
MOST_HOPS = 12


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question about supply paths.

    Parameters
    ----------
    exporters : tuple of str, optional
        Companies, or owners or successors of some. Default: every company.
    targets : tuple of str, optional
        Buyers and programmes. Default: all that are reached.
    kinds : "programmes", "end-users" or "all"
        Only scores of such targets.
    max_hops : int
        Greatest number of hops.
    on : int, optional
        A day (ordinal): every state holds, and every event has happened, on that day.
    statuses : frozenset of Status, optional
        Only supplies and contributions by rows with one of these statuses count; other links by
        such rows or documented ones, and refuting rows always.
    eu_only : bool
        Only scores of walks that are, at least possibly, exports under EU rules.
    weights : Weights, optional
        Default: the weights that come with Sightline.
    """

    exporters: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    kinds: Targets = "all"
    max_hops: int = 6
    on: int | None = None
    statuses: frozenset[Status] | None = None
    eu_only: bool = False
    weights: Weights | None = None

    @classmethod
    def between(cls, exporter: str | None, target: str | None = None, **filters: Any) -> Question:
        """Return the question for the paths from one exporter to one target.

        Parameters
        ----------
        exporter, target : str or None
            Ids; empty or None: any.
        **filters
            The other fields.

        Examples
        --------
        >>> Question.between("safran", max_hops=3).exporters
        ('safran',)
        """
        first, last = ((end,) if end else None for end in (exporter, target))
        return cls(exporters=first, targets=last, **filters)

    @property
    def exporter(self) -> str:
        """The exporter, where one is named; empty where none is."""
        return _only(self.exporters)

    @property
    def target(self) -> str:
        """The target, where one is named; empty where none is."""
        return _only(self.targets)

    @property
    def ends(self) -> tuple[str, str]:
        """The exporter and the target."""
        return self.exporter, self.target


def _only(ids: tuple[str, ...] | None) -> str:
    if ids and len(ids) > 1:
        raise UsageError(
            f"The question names {len(ids)} ends ({', '.join(ids[:3])}, …) where one is asked for. "
            "Ask for each of them."
        )
    return ids[0] if ids else ""


#: All paths on record.
EVERYTHING = Question()
