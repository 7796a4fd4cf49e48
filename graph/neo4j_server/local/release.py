"""The releases of Neo4j that Sightline starts, and is tested on."""

from __future__ import annotations

from typing import NamedTuple

#: Version of Neo4j Browser in Maven that works with both releases.
BROWSER = "5.24.0"


class Release(NamedTuple):
    """A release of Neo4j.

    Parameters
    ----------
    name : str
        Its name in options: "5.26" (long-term support) or "current".
    version : str
        The version to start.
    java : int
        The minimum version of Java.
    image : str
        Its Docker image.
    """

    name: str
    version: str
    java: int
    image: str


RELEASES = {
    release.name: release
    for release in (
        Release("5.26", "5.26.12", 17, "neo4j:5.26.12-community"),
        Release("current", "2026.08.1", 21, "neo4j:2026.08.1-community"),
    )
}
LONG_TERM = RELEASES["5.26"]


def key(version: str) -> tuple[int, ...]:
    """Return the sort key of a version.

    Examples
    --------
    >>> key("5.26.12") < key("2026.08.1")
    True
    """
    return tuple(map(int, version.split(".")))
