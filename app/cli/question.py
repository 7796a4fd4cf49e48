"""The options by which paths and scores are asked for, and the network that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
import msgspec

from app.cli.entities import entity_of
from app.cli.page import counted
from graph import dates, wording
from graph.errors import UsageError
from graph.vocabulary import LINE_ORDER, Status, Stroke, statuses_of

if TYPE_CHECKING:
    from graph.answers import Answer
    from graph.exposure.weights import Weights
    from graph.model import Entity
    from graph.network import Network
    from graph.stores.base import Store

_Function = TypeVar("_Function", bound=Callable[..., Any])

#: More hops than this are no supply chain that a reader can follow.
MOST_HOPS = 12


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        days = dates.parse(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no date; write a day, as in 2015-09-21.", ctx, param
        ) from None
    if days.first != days.last:
        example = date.fromordinal(days.first)
        raise click.BadParameter(
            f"{value!r} is more than one day; write one of its days, as in {example}.", ctx, param
        )
    return date.fromordinal(days.first)


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


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question about paths; the fields are the options'."""

    exporter: str
    target: str
    max_hops: int
    on: date | None
    statuses: frozenset[Status] | None
    top: int
    weights: Path | None


class Asked(NamedTuple):
    """An answered question.

    Parameters
    ----------
    first, last : Entity
        The two ends.
    filters : dict
        What was asked for, by option.
    network : networkx.MultiDiGraph
        The network that answered.
    answer : Answer
        Its answer.
    """

    first: Entity
    last: Entity
    filters: dict[str, Any]
    network: Network
    answer: Answer


def ask(store: Store, question: Question) -> Asked:
    """Find the paths that a question asks for.

    Raises
    ------
    UnknownIdError, UsageError
        If one of the ends is no entity, or may be several.
    DataError
        If the weights cannot be read.
    """
    from graph.paths import supply_paths  # here: networkx takes its time

    first, last = ends_of(store, question.exporter, question.target)
    hops, day = question.max_hops, question.on
    network = network_of(store, [first.id], [last.id], hops, question.weights)
    answer = supply_paths(
        network,
        first.id,
        last.id,
        max_hops=hops,
        on=day.toordinal() if day else None,
        statuses=question.statuses,
        top=question.top,
        progress=True,
    )
    said = {
        "from": first.id,
        "to": last.id,
        "max_hops": hops,
        "on": day.isoformat() if day else None,
        "status": sorted(question.statuses) if question.statuses else None,
        "top": question.top,
    }
    return Asked(first, last, said, network, answer)


def ends_of(store: Store, exporter: str, target: str) -> tuple[Entity, Entity]:
    """Return the two ends of a question about paths.

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


def in_words(filters: Mapping[str, Any]) -> list[str]:
    """Return what was asked for beside the two ends, for a reader."""
    said = [f"of at most {counted(filters['max_hops'], 'link')}"]
    said += [f"on {filters['on']}"] if filters["on"] else []
    if filters["status"]:
        said.append(f"by claims that are {' or '.join(filters['status'])}".replace("_", " "))
    return said


def none_found(found: Asked) -> str:
    """Say that there is no such path: of what was asked for, and of no more than that."""
    asked = ", ".join(in_words(found.filters))
    return f"No supply path from {found.first.name} to {found.last.name}, {asked}, is on record."


def network_of(
    store: Store,
    exporters: Iterable[str] | None,
    targets: Iterable[str] | None,
    hops: int,
    file: Path | None,
) -> Network:
    """Return the network of the part of a store that can answer.

    Parameters
    ----------
    store : Store
        The store.
    exporters, targets : iterables of str or None
        Where walks begin and end; None: anywhere.
    hops : int
        Greatest number of hops.
    file : Path or None
        Weights, instead of those that come with Sightline.
    """
    from graph import network  # here: networkx takes its time
    from graph.exposure.weights import load

    weighed: Weights = load(file)
    return network.of_store(store, exporters, targets, hops, weighed)
