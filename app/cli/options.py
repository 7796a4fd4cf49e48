"""Options that all commands share: data folder, store, version, format of the answer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar

import click

from graph import settings
from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.dataset import Archive
    from graph.stores.base import Store

Format: TypeAlias = Literal["table", "json", "csv"]
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Request(NamedTuple):
    """The values of the shared options.

    Parameters
    ----------
    folder : Path
        The data folder.
    store : str
        Name of the store that answers.
    version : str or None
        First digits of a version id; None for the current version.
    format : "table", "json" or "csv"
        Format of the answer.
    """

    folder: Path
    store: str = "embedded"
    version: str | None = None
    format: Format = "table"

    def archive(self) -> Archive:
        """Return the data folder's archive."""
        from graph.dataset import Archive

        return Archive(self.folder)

    def open(self) -> Store:
        """Open the store that answers."""
        from graph.stores import open_store

        return open_store(self.archive(), self.store, self.version)

    def writable(self) -> Archive:
        """Return the archive for a command that changes the current version.

        Raises
        ------
        UsageError
            If the requested version is not the current one, so that the command would change
            other data than its user expects.
        """
        archive = self.archive()
        if self.version is not None:
            asked, current = archive.resolve(self.version), archive.current()
            if asked != current:
                raise UsageError(
                    f"The current version is {current[:12]}, not {asked[:12]}; nothing was "
                    "changed. Omit --data-version, or roll back first."
                )
        return archive


def _folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path:
    if value == "":
        raise click.BadParameter("the name of the folder is empty.", ctx, param)
    return settings.read_settings().data if value is None else Path(value).expanduser()


def _store(ctx: click.Context, param: click.Parameter, value: str) -> str:
    from graph.stores import NAMES

    if value not in NAMES:
        raise click.BadParameter(
            f"there is no store {value!r}; choose one of: {', '.join(NAMES)}.", ctx, param
        )
    return value


def _version(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter("the version's id is empty.", ctx, param)
    return value


_DATA = click.option(
    "--data",
    metavar="FOLDER",
    callback=_folder,
    help="Data folder. Default: SIGHTLINE_DATA, else a folder in your user's data directory.",
)
_STORE = click.option(
    "--store",
    metavar="NAME",
    default="embedded",
    callback=_store,
    show_default=True,
    help="Store that answers.",
)
_READS = click.option(
    "--data-version",
    metavar="V",
    callback=_version,
    help="Version of the data, by the first digits of its id. Default: the current one.",
)
_WRITES = click.option(
    "--data-version",
    metavar="V",
    callback=_version,
    help="Run only if this is the current version of the data.",
)
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="Format of the answer.",
)


def examples(*commands: str) -> str:
    """Return the last lines of a help page: example commands that run unchanged."""
    return "\b\nExample:\n" + "\n".join(f"  {command}" for command in commands)


def options(*, answers: bool = True, writes: bool = False) -> Callable[[_Function], _Function]:
    """Add the shared options to a command; its function takes a `Request` first.

    Parameters
    ----------
    answers : bool
        Whether the command prints an answer, and so takes `--format`.
    writes : bool
        Whether the command changes the current version.
    """
    chosen = [_DATA, _STORE, _WRITES if writes else _READS, *([_FORMAT] if answers else [])]

    def decorate(function: _Function) -> _Function:
        @functools.wraps(function)
        def call(
            *args: Any,
            data: Path,
            store: str,
            data_version: str | None,
            form: Format = "table",
            **own: Any,
        ) -> Any:
            return function(Request(data, store, data_version, form), *args, **own)

        for option in reversed(chosen):
            call = option(call)
        return call  # type: ignore[return-value]

    return decorate
