"""`sightline versions`: list the versions of the data."""

from __future__ import annotations

import click

from app.cli import output
from app.cli.options import Request, examples, options
from app.cli.terminal_page import Page

COLUMNS = ("id", "created", "current", "sets", "entities", "sources", "claims", "replies")


@click.command("versions", epilog=examples("sightline versions"))
@options()
def command(request: Request) -> None:
    """List the versions of the data, newest first.

    A version never changes. Its id depends on its records only, so the same records have the same
    id on any machine. `*` marks the current version, which commands read unless --data-version
    names another.
    """
    archive = request.archive()
    wanted = archive.resolve(request.version) if request.version is not None else None
    listed = [info for info in archive.versions() if wanted in (None, info.id)]
    unlisted = [] if wanted else [version[:12] for version in archive.unlisted()]
    notices = [
        f"Not listed, as its manifest is damaged or of another schema: version {version}. "
        f"`sightline verify --data-version {version}` says more."
        for version in unlisted
    ]
    current = next((info.id for info in listed if info.current), None)
    results = [
        {
            "id": info.id,
            "created": info.created.isoformat(timespec="seconds"),
            "current": info.current,
            "schema": info.schema,
            "sets": sorted(info.sets),
            "counts": info.counts,
        }
        for info in listed
    ]

    def table(page: Page) -> None:
        if not listed and not unlisted:
            page.text(f"The data folder {request.folder} holds no data yet: `sightline ingest`.")
            return
        page.table(
            ("", "id", "created (UTC)", "sets", "entities", "sources", "claims", "replies"),
            [
                (
                    "*" if info.current else "",
                    info.id[:12],
                    f"{info.created:%Y-%m-%d %H:%M}",
                    ", ".join(sorted(info.sets)),
                    *(f"{info.counts.get(name, 0):,}" for name in COLUMNS[4:]),
                )
                for info in listed
            ],
            right=range(4, 8),
        )
        for notice in notices:
            page.text(notice)

    output.write_answer(
        request.format,
        output.Document(
            data_version=current,
            total=len(listed) + len(unlisted),
            left_out={"unlisted": len(unlisted)} if unlisted else {},
            results=results,
            notices=notices,
        ),
        table,
        COLUMNS,
        [{**row, **info.counts} for row, info in zip(results, listed, strict=True)],
    )
