"""The manifest of a version: what it holds, and the marks that its files are known by."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from graph.errors import DamagedError, SchemaError, StorageError
from graph.record.ids import SCHEMA

NAME = "manifest.json"


class FileMark(msgspec.Struct, frozen=True):
    """Size and sha256 of a file."""

    bytes: int
    sha256: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a manifest that every schema has."""

    schema: int
    id: str
    sets: dict[str, dict[str, int]]


class Manifest(Head, frozen=True, kw_only=True):
    """The contents and checksums of a version.

    Parameters
    ----------
    schema : int
        Number of the schema that it was written under.
    id : str
        Digest of its records, 64 hex digits.
    created : datetime
        When it was first written, in UTC.
    counts : dict of str to int
        Rows by table, derived tables included.
    sets : dict of str to dict of str to int
        Rows by table for each named source.
    files : dict of str to FileMark
        By file name.
    sha256 : str
        Digest of all the other fields; empty in the manifests of older releases.
    """

    created: datetime
    counts: dict[str, int]
    files: dict[str, FileMark]
    sha256: str = ""


class VersionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A version in the list of versions; the fields are the manifest's.

    Parameters
    ----------
    current : bool
        True for the version that readers get by default.
    """

    id: str
    created: datetime
    schema: int
    counts: dict[str, int]
    sets: dict[str, dict[str, int]]
    current: bool


def mark(path: Path) -> FileMark:
    """Return the size and the sha256 of a file."""
    with path.open("rb") as file:
        return FileMark(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def unsound(folder: Path, manifest: Manifest) -> list[str]:
    """Return the names of the files that changed after they were written."""
    return [name for name, known in manifest.files.items() if not _is(folder / name, known)]


def _is(path: Path, known: FileMark) -> bool:
    try:
        return mark(path) == known
    except PermissionError as error:
        raise unreadable(path.parent, error) from error
    except OSError:
        return False


def _digest(manifest: Manifest) -> str:
    unsigned = msgspec.structs.replace(manifest, sha256="")
    return hashlib.sha256(msgspec.json.encode(unsigned, order="sorted")).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a version's manifest, with its digest, as JSON that people can read."""
    manifest = msgspec.structs.replace(manifest, sha256=_digest(manifest))
    (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2))


def read_manifest(folder: Path) -> Manifest:
    """Read a version's manifest, whatever its schema.

    Raises
    ------
    SchemaError
        If it is another schema's, and written in another way.
    DamagedError
        If it is missing, cannot be read, or is another version's.
    """
    try:
        text = (folder / NAME).read_bytes()
        head = msgspec.json.decode(text, type=Head)
        try:
            manifest = msgspec.json.decode(text, type=Manifest)
        except msgspec.ValidationError:
            check_schema(head)  # another schema's manifest may have other fields
            raise
    except PermissionError as error:
        raise unreadable(folder, error) from error
    except OSError as error:
        raise damaged(folder, f"its manifest cannot be read ({error.strerror})") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(folder, f"its manifest is not valid ({error})") from error
    if manifest.id != folder.name:
        raise damaged(folder, f"its manifest is that of {manifest.id[:12]}")
    if manifest.sha256 and manifest.sha256 != _digest(manifest):
        raise damaged(folder, "its manifest changed after it was written")
    return manifest


def set_names(folder: Path) -> frozenset[str]:
    """Return the names of a version's sets, whatever its schema.

    Raises
    ------
    DamagedError
        If its manifest is damaged.
    """
    try:
        return frozenset(read_manifest(folder).sets)
    except SchemaError:
        return frozenset(msgspec.json.decode((folder / NAME).read_bytes(), type=Head).sets)


def check_schema(manifest: Head) -> None:
    """Refuse a version of another schema.

    Raises
    ------
    SchemaError
        If its schema is not the one that is read and written here.
    """
    if manifest.schema != SCHEMA:
        raise SchemaError(
            f"Dataset version {manifest.id[:12]} has schema {manifest.schema}, and this Sightline "
            f"reads schema {SCHEMA}. Ingest its sources again, all in one command: "
            f"{', '.join(sorted(manifest.sets)) or 'it has none'}."
        )


def damaged(folder: Path, cause: str) -> DamagedError:
    """Return the error for a damaged version."""
    return DamagedError(
        f"Dataset version {folder.name[:12]} is damaged: {cause}. "
        "Roll back to another one (`sightline versions` lists them), or ingest all its sources "
        "again in one command; if neither can be done, begin in another folder with --data."
    )


def unreadable(folder: Path, error: OSError) -> StorageError:
    """Return the error for a version that this user may not read."""
    return StorageError(
        f"Dataset version {folder.name[:12]} cannot be read, because permission is denied for "
        f"{error.filename or folder}. Ask its owner for permission, or choose another folder with "
        "--data."
    )
