"""docs/cli.md: below its introduction, a section for each command of `sightline`."""

from __future__ import annotations

import click

CLI_PAGE = "docs/cli.md"
MARK = "<!-- Below this line, `make docs` writes. -->\n"


def command_names() -> list[str]:
    """The commands of `sightline`, with their groups: `neo4j load` beside `find`."""
    from app.cli import main

    return list(_walk(main, ""))


def _walk(command: click.Command, name: str) -> list[str]:
    if not isinstance(command, click.Group) or name == "query":  # its questions: docs/queries.md
        return [name]
    context = click.Context(command)
    found = [name] if name else []
    for child in command.list_commands(context):
        if member := command.get_command(context, child):
            found += _walk(member, f"{name} {child}".strip())
    return found


def cli_page(page: str) -> str:
    """Return the page with a section for each command; the outputs are filled in afterwards."""
    introduction = page.partition(MARK)[0]
    calls = [f"sightline {name}".strip() for name in ("", *command_names())]
    sections = [f"## {call}\n\n```console\n$ {call} --help\n```\n" for call in calls]
    return introduction + MARK + "\n" + "\n".join(sections)
