"""The options by which paths and scores are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.cli.entities import entity_of
from graph import wording
from graph.errors import UsageError
from graph.paths.question import MOST_HOPS, Question
from graph.record import dates
from graph.record.vocabulary import LINE_ORDER, Status, Stroke, statuses_of

if TYPE_CHECKING:
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
            f"{value!r} is no date; write a day, as in 2015-09-21.", ctx, param
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
    help="Most links on a path; a same_as is none.",
)
on = click.option(
    "--on",
    metavar="DATE",
    callback=_day,
    help="A day: every state holds, and every event has happened, on it.",
)
statuses = click.option(
    "--status",
    "statuses",
    metavar="S",
    type=click.Choice([*map(str, Status), Stroke.DOCUMENTED.value]),
    multiple=True,
    callback=_statuses,
    help=f"Only claims of this status; may be repeated. One of {', '.join(Status)}; or "
    f"{Stroke.DOCUMENTED}, for all but {wording.either(LINE_ORDER[::-1])}.",
)
weights = click.option(
    "--weights",
    metavar="FILE",
    callback=_weights,
    help="Weights of statuses and sources (TOML), instead of those that come with Sightline.",
)

eu = click.option(
    "--eu",
    "eu_only",
    is_flag=True,
    help="Only what a supplier under EU export rules supplied, at least possibly.",
)
top = click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="K",
    default=10,
    show_default=True,
    help="Most paths shown, best first; the others are counted.",
)


def filters(command: _Function) -> _Function:
    """Give a command the options that choose paths: hops, day, statuses, number, weights."""
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
    """Find the paths that are asked for.

    Parameters
    ----------
    store : Store
        The store.
    exporter, target : str
        Ids, or names that one entity alone has.
    top : int
        How many paths to return.
    weights : Path or None
        Weights, instead of those that come with Sightline.
    **filters
        The other fields of `Question`.

    Raises
    ------
    UnknownIdError, UsageError
        As of `ends_of`.
    DataError
        If the weights cannot be read.
    """
    from graph.network.weights import load_weights
    from graph.paths import find  # here: networkx takes its time

    first, last = ends_of(store, exporter, target)
    asked = Question.between(first.id, last.id, weights=load_weights(weights), **filters)
    return find.ask(store, asked, top=top, progress=True)


def ends_of(store: Store, exporter: str, target: str) -> tuple[Entity, Entity]:
    """Return the two ends of a question about paths.

    Parameters
    ----------
    store : Store
        The store.
    exporter, target : str
        Ids, or names that one entity alone has.

    Raises
    ------
    UnknownIdError, UsageError
        If one of them is no entity, may be several, or is of a kind that no path has there.
    """
    first = entity_of(store, exporter)
    if not first.kind.entry.party:
        raise _no_end(first, "begin at a company, or at an owner or a successor of one")
    return first, target_of(store, target)


def target_of(store: Store, target: str) -> Entity:
    """Return the entity at which paths are to end; errors as of `ends_of`."""
    last = entity_of(store, target)
    if not last.kind.entry.target:
        raise _no_end(last, "end at a buyer or a programme")
    return last


def _no_end(entity: Entity, where: str) -> UsageError:
    kind = wording.kind(entity.kind)
    return UsageError(
        f"{entity.name} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}, and paths {where}. "
        f"`sightline show {entity.id}` tells what is on record of it."
    )
