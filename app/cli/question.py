"""Options of the commands on paths and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.cli.entities import entity_of, names_of
from graph import wording
from graph.errors import UsageError
from graph.paths.question import MOST_HOPS, Question
from graph.record import dates
from graph.record.vocabulary import LINE_ORDER, Status, Stroke, statuses_of

if TYPE_CHECKING:
    from graph.paths.answer import Misfit
    from graph.paths.find import AnsweredQuestion
    from graph.record.model import Entity
    from graph.stores.base import Store

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    try:
        days = dates.parse_date(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is not a date; write a day, as in 2015-09-21.", ctx, param
        ) from None
    if days.first != days.last:
        example = date.fromordinal(days.first)
        raise click.BadParameter(
            f"{value!r} is more than one day; write one of its days, as in {example}.", ctx, param
        )
    return days.first


def _statuses(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> frozenset[Status] | None:
    del ctx, param
    return statuses_of(value) if value else None


def _weights(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    if value == "":
        raise click.BadParameter("the name of the file is empty.", ctx, param)
    return None if value is None else Path(value).expanduser()


max_hops = click.option(
    "--max-hops",
    type=click.IntRange(1, MOST_HOPS),
    metavar="N",
    default=6,
    show_default=True,
    help="Maximum number of links on a path; same_as links do not count.",
)
on = click.option(
    "--on",
    metavar="DATE",
    callback=_day,
    help="A day: every state holds on it, and every event has happened by then.",
)
statuses = click.option(
    "--status",
    "statuses",
    metavar="S",
    type=click.Choice([*map(str, Status), Stroke.DOCUMENTED.value]),
    multiple=True,
    callback=_statuses,
    help="Only supplies and contributions with this status; documented ownership always counts. "
    f"Repeat for several. One of {', '.join(Status)}; or {Stroke.DOCUMENTED}, for all but "
    f"{wording.either(LINE_ORDER[::-1])}.",
)
weights = click.option(
    "--weights",
    metavar="FILE",
    callback=_weights,
    help="Weights of statuses and sources (a TOML file). Default: those of Sightline.",
)

eu = click.option(
    "--eu",
    "eu_only",
    is_flag=True,
    help="Only supplies that left, or may have left, the EU under its export rules.",
)
top = click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="K",
    default=10,
    show_default=True,
    help="Maximum number of paths, best first; the others are counted.",
)


def filters(command: _Function) -> _Function:
    """Add the options that choose paths: hops, day, statuses, number, weights."""
    for option in (weights, top, statuses, on, max_hops):
        command = option(command)
    return command


def answer_from_command(
    store: Store,
    exporter: str,
    target: str,
    *,
    top: int,
    weights: Path | None,
    **filters: Any,
) -> AnsweredQuestion:
    """Find the paths that a command asks for.

    Parameters
    ----------
    store : Store
        The store.
    exporter, target : str
        Ids, or names that only one entity has.
    top : int
        Maximum number of paths to return.
    weights : Path or None
        File of weights; None for those of Sightline.
    **filters
        Further fields of `Question`.

    Raises
    ------
    UnknownIdError, UsageError
        Raised by `ends_of`.
    DataError
        If the weights cannot be read.
    """
    from graph.network.weights import load_weights
    from graph.paths import find  # imported here: networkx loads slowly

    first, last = ends_of(store, exporter, target)
    asked = Question.between(first.id, last.id, weights=load_weights(weights), **filters)
    return find.ask(store, asked, top=top, progress=True)


def beside_no_path(store: Store, question: Question, misfits: Sequence[Misfit]) -> list[str]:
    """Say why no path joins two ends, and what else the record holds about them.

    Parameters
    ----------
    store : Store
        The store that answered.
    question : Question
        Of one exporter and one target.
    misfits : sequence of Misfit
        Those of the answer.

    Returns
    -------
    list of str
        Sentences; none where there is nothing to say.
    """
    from graph.evidence import claims_about_both

    links = [link for pair in misfits for link in (pair.corporate, pair.act)]
    names = names_of(store, {*question.ends} | {end for i in links for end in (i.tail, i.head)})
    first, last = question.ends
    claims = claims_about_both(store, first, last)
    also = wording.also_said(len(claims), first, names[first], names[last])
    return [*wording.why_no_path(misfits, names), *also]


def ends_of(store: Store, exporter: str, target: str) -> tuple[Entity, Entity]:
    """Return the two ends of a question about paths.

    Parameters
    ----------
    store : Store
        The store.
    exporter, target : str
        Ids, or names that only one entity has.

    Raises
    ------
    UnknownIdError, UsageError
        If an end is unknown or ambiguous, or if paths do not begin or end at its kind.
    """
    first = entity_of(store, exporter)
    if not first.kind.entry.party:
        raise _no_end(first, "begin at a company, or at an owner or a successor of one")
    return first, target_of(store, target)


def target_of(store: Store, target: str) -> Entity:
    """Return the entity where paths end; raise the errors of `ends_of`."""
    last = entity_of(store, target)
    if not last.kind.entry.target:
        raise _no_end(last, "end at a buyer or a programme")
    return last


def _no_end(entity: Entity, where: str) -> UsageError:
    kind = wording.kind(entity.kind)
    return UsageError(
        f"{entity.name} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}, and paths {where}. "
        f"`sightline show {entity.id}` shows what is on record about it."
    )
