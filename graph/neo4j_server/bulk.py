"""Write a dataset version as files for Neo4j's own importer: the first load of a large record.

Each label and each type gets one file, which DuckDB writes from the same views as the rows of a
load. A character that no text holds separates the items of a list; an empty cell is an absent
value.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from tqdm import tqdm

from graph.dataset.storage import writing as storage
from graph.neo4j_server import schema
from graph.neo4j_server.rows import DIGITS, VersionRows, rows_of
from graph.neo4j_server.schema import LABELS, LOAD, NODES, TABLES
from graph.neo4j_server.shape import (
    NodeLabel,
    Reference,
    RelationshipType,
    Table,
    label_or_type,
    property_columns,
)

if TYPE_CHECKING:
    from graph.dataset import Dataset

#: Separates the items of a list: the unit separator.
_BETWEEN = "U+001F"
_JOINED = "chr(31)"


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a version.

    Parameters
    ----------
    folder : Path
        The folder that holds them.
    nodes, links : tuple of (str, str)
        Label or type with the name of its file.
    counts : dict of str to int
        Rows by file.
    lines : bool
        Whether any text contains a line break.
    """

    folder: Path
    nodes: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    counts: dict[str, int]
    lines: bool

    def arguments(self, folder: str = "") -> list[str]:
        """Return the importer's arguments; `folder` is the path that the importer sees."""
        at = folder or str(self.folder)
        return [
            *(f"--nodes={label}={at}/{name}" for label, name in self.nodes),
            *(f"--relationships={type_}={at}/{name}" for type_, name in self.links),
            f"--array-delimiter={_BETWEEN}",
            "--skip-bad-relationships=true",
            f"--report-file={at}/import.report",
            *(["--multiline-fields=true"] if self.lines else []),
        ]


def write_import_files(dataset: Dataset, folder: Path, *, progress: bool = True) -> Files:
    """Write the files of a version into a folder, which is emptied first.

    Parameters
    ----------
    dataset : Dataset
        The version.
    folder : Path
        Folder for the files.
    progress : bool
        Whether to show a progress bar on a terminal.

    Raises
    ------
    StorageError
        If the folder cannot be written.
    """
    nodes: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    counts: dict[str, int] = {}
    with storage(folder), rows_of(dataset) as rows:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        work = [(table, r) for table in TABLES for r in (None, *_references(table))]
        bar = tqdm(work, "Writing the files", delay=1, disable=None if progress else True)
        for table, reference in bar:
            if isinstance(table, NodeLabel) and reference is None:
                rows.keep(table)  # for its references
            name, sql = _selected(table, reference, dataset.id[:DIGITS])
            if count := _copy(rows, sql, folder / f"{name}.csv"):
                kind = reference.type if reference else label_or_type(table)
                (links if reference or isinstance(table, RelationshipType) else nodes).append(
                    (kind, f"{name}.csv")
                )
                counts[f"{name}.csv"] = count
        (folder / f"{LOAD}.csv").write_text(_mark(dataset), "utf-8")
        nodes.append((LOAD, f"{LOAD}.csv"))
        lines = _lines(rows)
    return Files(folder=folder, nodes=tuple(nodes), links=tuple(links), counts=counts, lines=lines)


def _references(table: Table) -> tuple[Reference, ...]:
    return table.references if isinstance(table, NodeLabel) else ()


def _copy(rows: VersionRows, sql: str, path: Path) -> int:
    quoted = str(path).replace("'", "''")
    options = "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"'"
    written = rows.connection.execute(f"COPY ({sql}) TO '{quoted}' ({options})").fetchall()
    count = int(written[0][0])
    if not count:
        path.unlink()
    return count


def _selected(table: Table, reference: Reference | None, version: str) -> tuple[str, str]:
    """Return the name of a file, and the statement for its rows, headers included."""
    name = label_or_type(table)
    if reference is not None:
        return f"{name}-{reference.type}-{reference.column}", _referring(table, reference, version)
    columns = [f"'{version}' AS \"_v\""]
    for p in property_columns(table):
        if p.name == "id":
            columns.append(f'id AS "id:ID({name})"')
        elif p.type == "string[]":
            columns.append(f'array_to_string("{p.name}", {_JOINED}) AS "{p.name}:string[]"')
        elif p.type == "string":
            columns.append(f'"{p.name}"')
        else:
            columns.append(f'"{p.name}" AS "{p.name}:{p.type}"')
    if isinstance(table, RelationshipType):
        columns.append(f'tail AS ":START_ID({table.tail})"')
        columns.append(f'head AS ":END_ID({table.head})"')
    elif table is schema.ENTITY:
        cases = " ".join(f"WHEN '{kind}' THEN '{label}'" for kind, label in LABELS.items())
        columns.append(f'CASE kind {cases} END AS ":LABEL"')
    return name, f'SELECT {", ".join(columns)} FROM "{name}"'


def _referring(table: Table, reference: Reference, version: str) -> str:
    name = label_or_type(table)
    head = f'"{reference.column}"'
    if reference.many:
        head = f"unnest(list_distinct({head}))"
    carried = "".join(f', "{column}"' for column in reference.carries)
    return (
        f'SELECT id AS ":START_ID({name})", {head} AS ":END_ID({reference.target})", '
        f'array_to_string("_set", {_JOINED}) AS "_set:string[]", \'{version}\' AS "_v", '
        f'"_h"{carried} FROM "{name}" WHERE "{reference.column}" IS NOT NULL'
    )


def _mark(dataset: Dataset) -> str:
    """Return the file of the node that marks the load as incomplete."""
    sets = "\x1f".join(sorted(dataset.manifest.sets))
    return (
        "version,state,set:string[],schema:long,edited:long\n"
        f'{dataset.id},loading,"{sets}",{schema.SCHEMA},0\n'
    )


def _lines(rows: VersionRows) -> bool:
    """Return whether any text contains a line break, which slows the importer down."""
    for node in NODES:
        texts = [f'"{p.name}"' for p in property_columns(node) if p.type == "string"]
        lists = [p.name for p in property_columns(node) if p.type == "string[]"]
        texts += [f'array_to_string("{name}", {_JOINED})' for name in lists]
        written = f"concat_ws('', {', '.join(texts)})"
        multiline = rows.connection.execute(
            f"SELECT 1 FROM \"{node.label}\" WHERE regexp_matches({written}, '[\\n\\r]') LIMIT 1"
        ).fetchall()
        if multiline:
            return True
    return False
