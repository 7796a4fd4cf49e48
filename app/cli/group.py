"""A group of commands that imports a command when it runs, and reports errors as sentences."""

from __future__ import annotations

import importlib
import io
import os
import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

import click

from graph.errors import SightlineError, SightlineWarning

#: Bytes that Python could not decode.
_ESCAPED = re.compile("[\ud800-\udfff]")


class LazyGroup(click.Group):
    """A click group whose commands are modules with a `command`, imported on demand.

    Parameters
    ----------
    name : str
        Name of the program.
    package : str
        Name of the package that holds the modules.
    members : mapping of str to str
        Name of each command, and its one-line help. Module names have `_` for `-`.
    **attributes
        Passed on to `click.Group`.
    """

    def __init__(
        self, name: str, *, package: str, members: Mapping[str, str], **attributes: Any
    ) -> None:
        super().__init__(name, no_args_is_help=True, **attributes)
        self.package = package
        self.members = members
        version = click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="Show the version of Sightline and exit.",
        )
        self.params.append(version)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands in display order."""
        return list(self.members)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.members:
            import difflib  # imported here: few calls need it

            near = difflib.get_close_matches(cmd_name, self.members, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no command {cmd_name!r}.{hint}", ctx)
        module = cmd_name.replace("-", "_")
        command = importlib.import_module(f"{self.package}.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 - a check for mypy
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self.members.items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program; report an error as one sentence on stderr, with an exit code.

        Parameters
        ----------
        args : sequence of str, optional
            Arguments; default: those of the process.
        prog_name : str, optional
            Name of the program in messages.
        complete_var : str, optional
            Variable that asks for shell completion.
        standalone_mode : bool
            Whether to report errors and exit; otherwise errors are raised.
        **extra
            Passed on to `click.Group.main`.
        """
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            args = [_checked(arg) for arg in (sys.argv[1:] if args is None else args)]
            _replace_unencodable(sys.stdout)
            with warnings.catch_warnings():
                warnings.simplefilter("always", SightlineWarning)
                warnings.showwarning = _warn
                code = super().main(args, prog_name or self.name, complete_var, False, **extra)
            sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - the last line of defence
            code = _report(error)
        sys.exit(code if isinstance(code, int) else 0)


def _checked(arg: str) -> str:
    """Decode an argument as UTF-8, even where the locale is ASCII."""
    if "\0" in arg:
        raise click.UsageError("An argument contains a NUL character. Remove it.")
    try:
        return os.fsencode(arg).decode() if _ESCAPED.search(arg) else arg
    except UnicodeError:
        raise click.UsageError(
            "An argument is not valid UTF-8. Retype it, or rename the file."
        ) from None


def _replace_unencodable(stream: TextIO) -> None:
    """Show letters that the terminal's encoding lacks as `?`, as stderr does."""
    if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")


def _report(error: Exception) -> int:
    """Report an error, and return the exit code; click handles a closed pipe itself."""
    if isinstance(error, click.Abort):  # Ctrl-C
        return 130
    if os.environ.get("SIGHTLINE_DEBUG", "") not in ("", "0"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, SightlineError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        _say(f"Cannot read or write{place}: {error.strerror or error}.")
        return 1
    what = " ".join(f"{type(error).__name__}: {error}".split())
    _say(
        f"Internal error in Sightline ({what[:300]}). Please report it, with the command that you "
        "ran, where you got Sightline from; SIGHTLINE_DEBUG=1 shows the details."
    )
    return 1


def _warn(message: Warning | str, *_where: Any, **_more: Any) -> None:
    """Print the sentence of a warning on stderr."""
    _say(str(message))


def _say(sentence: str) -> None:
    from app.cli.terminal_page import say

    say(sentence, err=True)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        from importlib import metadata

        try:
            installed = metadata.version("sightline")
        except metadata.PackageNotFoundError:  # run from a checkout that was never installed
            installed = "(not installed)"
        click.echo(f"sightline {installed}")
        ctx.exit()
