"""Settings, from the environment, in one place. Reading them has no side effects."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """What the environment asks for.

    Parameters
    ----------
    data : Path
        Folder of the dataset versions (`SIGHTLINE_DATA`; default: the user's data directory).
    neo4j_uri, neo4j_username, neo4j_database : str
        `NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_DATABASE`.
    neo4j_password : str
        `NEO4J_PASSWORD`; never shown by `repr`.
    neo4j_folder : Path or None
        Folder of the server that `sightline neo4j start` starts (`SIGHTLINE_NEO4J`; None: `neo4j`
        in the data folder).
    queries : Path or None
        Folder of own questions (`SIGHTLINE_QUERIES`; None: `queries` in the data folder).
    """

    data: Path
    neo4j_uri: str = ""
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = ""
    neo4j_folder: Path | None = None
    queries: Path | None = None

    def __repr__(self) -> str:
        return f"Settings(data={str(self.data)!r}, neo4j_uri={self.neo4j_uri!r}, …)"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Parameters
    ----------
    environ : mapping, optional
        Instead of `os.environ`.

    Examples
    --------
    >>> read_settings({"SIGHTLINE_DATA": "/srv/sightline"}).data
    PosixPath('/srv/sightline')
    """
    env = os.environ if environ is None else environ
    return Settings(
        data=_folder(env.get("SIGHTLINE_DATA")) or _default_folder(),
        neo4j_uri=env.get("NEO4J_URI", ""),
        neo4j_username=env.get("NEO4J_USERNAME", "neo4j"),
        neo4j_password=env.get("NEO4J_PASSWORD", ""),
        neo4j_database=env.get("NEO4J_DATABASE", ""),
        neo4j_folder=_folder(env.get("SIGHTLINE_NEO4J")),
        queries=_folder(env.get("SIGHTLINE_QUERIES")),
    )


def _folder(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _default_folder() -> Path:
    import platformdirs  # here: most commands need not pay for it

    return Path(platformdirs.user_data_dir("sightline", appauthor=False))
