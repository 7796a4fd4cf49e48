"""The library of questions: a folder of .cypher files, and a second one for the user's own.

Each question is a file, NAME.cypher; if the embedded store can answer it too, its SQL is in
embedded/NAME.sql. No list needs an entry: the command line, the app and the docs find the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

import msgspec

from graph.errors import DataError, StorageError
from graph.queries import header, statement_check
from graph.queries.question import LibraryQuestion

#: Topics, in the order of the lists; a question may have another topic.
TOPICS = (
    "Supplies",
    "Contracts",
    "Ownership",
    "Programmes",
    "Listings and procedures",
    "Evidence",
)

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_INSTALLED = "share/sightline/cypher/"


class Library(msgspec.Struct, frozen=True):
    """Questions by name, and the errors of invalid files.

    Parameters
    ----------
    questions : dict of str to LibraryQuestion
        Questions by name, in alphabetical order.
    faults : dict of str to DataError
        Errors by the name that the question would have.
    """

    questions: dict[str, LibraryQuestion]
    faults: dict[str, DataError]

    def topics(self) -> dict[str, list[LibraryQuestion]]:
        """Return the questions by topic, Sightline's own topics first."""
        topics: dict[str, list[LibraryQuestion]] = {topic: [] for topic in TOPICS}
        for question in self.questions.values():
            topics.setdefault(question.header.topic, []).append(question)
        return {topic: listed for topic, listed in topics.items() if listed}


def folder() -> Path:
    """Return the folder of Sightline's own questions, in the checkout or installed.

    Raises
    ------
    StorageError
        If the folder does not exist.
    """
    root = Path(__file__).parents[2]
    if (root / "pyproject.toml").is_file() and (root / "cypher").is_dir():
        return root / "cypher"
    try:
        files = metadata.files("sightline") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.as_posix().endswith(_INSTALLED + "README.md"):
            return Path(str(file.locate())).resolve().parent
    raise StorageError("Sightline's questions are missing. Install Sightline again.")


def questions(own: Path | None = None) -> Mapping[str, LibraryQuestion]:
    """Return the questions of the library by name.

    Parameters
    ----------
    own : Path, optional
        Folder of the user's own questions; it may be missing.

    Raises
    ------
    DataError
        If a file is not a valid question; it names the file, the line, the error and the fix.

    Examples
    --------
    >>> questions()["leads"].header.topic
    'Programmes'
    """
    library = read_library([folder(), *([own] if own else [])])
    for fault in library.faults.values():
        raise fault
    return MappingProxyType(library.questions)


def read_library(folders: Iterable[Path]) -> Library:
    """Read the questions of folders; an invalid file does not prevent the others from loading."""
    questions: dict[str, LibraryQuestion] = {}
    faults: dict[str, DataError] = {}
    for place in folders:
        for path in sorted(place.glob("*.cypher")):
            try:
                if path.stem in questions:
                    cure = "Give it another name."
                    raise header.fault(str(path), 1, "another question has this name", cure)
                stamps = tuple(_stamp(file) for file in (path, _sql(path)))
                questions[path.stem] = _question(path, stamps)
            except DataError as fault:
                faults[f"{path.stem}" if path.stem not in questions else str(path)] = fault
    return Library(dict(sorted(questions.items())), faults)


def _sql(path: Path) -> Path:
    return path.parent / "embedded" / f"{path.stem}.sql"


def _stamp(path: Path) -> tuple[int, int]:
    """Return a stamp that changes when a file changes."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


@cache
def _question(path: Path, stamps: tuple[tuple[int, int], ...]) -> LibraryQuestion:
    """Read one question; the cache is valid while its files do not change."""
    del stamps
    file = path.name
    if not _NAME.fullmatch(path.stem):
        cure = "Use lower-case letters, digits and hyphens, as in who-sold.cypher."
        raise header.fault(file, 1, "the file's name cannot be the name of a question", cure)
    text = _text(path)
    described = header.parse_header(text, file)
    statements = {"neo4j": statement_check.check(text, described, file)}
    sql = _sql(path)
    if sql.is_file() != ("embedded" in described.engines):
        cure = "List embedded among the engines exactly if there is such a file."
        raise header.fault(file, 1, f"the engines do not match embedded/{sql.name}", cure)
    if sql.is_file():
        name = f"{sql.parent.name}/{sql.name}"
        statements["embedded"] = statement_check.check_sql(_text(sql), described, name)
    return LibraryQuestion(path.stem, described, statements, path, text)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise header.fault(path.name, 1, "the file is not UTF-8", "Save it as UTF-8.") from None
    except OSError as error:
        why = f"the file cannot be read ({error.strerror})"
        raise header.fault(path.name, 1, why, "Make it readable.") from None
