"""The jars of a release, fetched by Maven once and kept in the user's cache folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from graph.errors import MissingToolError
from graph.neo4j_server.local.release import BROWSER, Release

_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_MEGABYTES = 140
_CHECKSUMS = Path(__file__).with_suffix(".sha256")
_FETCHED = re.compile(r"^\[INFO\] Downloaded from .*\.jar ")
_POM = """\
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>sightline</groupId><artifactId>server</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId>
      <version>{version}</version></dependency>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j-import-tool</artifactId>
      <version>{version}</version></dependency>
    <dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId>
      <version>{browser}</version></dependency>
  </dependencies>
</project>
"""


def fetch(
    release: Release, say: Callable[[str], None] = lambda _: None, cache: Path | None = None
) -> Path:
    """Return the folder of a release's jars; the first time, Maven downloads them.

    Parameters
    ----------
    release : Release
        The release.
    say : callable
        Called with a message before a download, which takes a while.
    cache : Path, optional
        Folder for the jars; default: the user's cache folder.

    Raises
    ------
    MissingToolError
        If the jars are missing, and Maven is missing or fails, or fetches other jars than
        those of `jars.sha256`.
    """
    root = cache or _cache()
    folder = root / f"neo4j-{release.version}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingToolError(
            "Neo4j comes in Docker, which does not answer, or through Maven, which is not "
            "installed. Start Docker, install Maven (Debian, Ubuntu: maven; macOS: brew install "
            "maven), or set NEO4J_URI to a running server."
        )
    say(f"Fetching Neo4j {release.version}, about {_MEGABYTES} MB; this is done once.")
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root / "lock"):
        if not folder.is_dir():  # no other process was faster
            with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as scratch:
                (Path(scratch) / "pom.xml").write_text(
                    _POM.format(version=release.version, browser=BROWSER), "utf-8"
                )
                _run(maven, Path(scratch), release)
                _check(Path(scratch) / "lib", release)
                (Path(scratch) / "lib").rename(folder)
    return folder


def _run(maven: str, folder: Path, release: Release) -> None:
    command = [
        maven,
        "--batch-mode",
        "--strict-checksums",
        "-Dstyle.color=never",
        _PLUGIN,
        "-DoutputDirectory=lib",
    ]
    log: list[str] = []
    bar = tqdm(
        desc="Fetching",
        unit=" jars",
        disable=None,
        file=sys.stderr,
        leave=False,
    )
    with (
        bar,
        subprocess.Popen(  # noqa: S603 - Maven, as found on the PATH
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as running,
    ):
        assert running.stdout is not None  # noqa: S101 - a pipe, as asked for
        for line in running.stdout:
            log.append(line.strip())
            bar.update(bool(_FETCHED.match(line)))
    if running.returncode != 0:
        raise MissingToolError(
            f"Maven could not download Neo4j {release.version}: {_reason(log)}. Check that it "
            "reaches its repository (its settings.xml names the address and the proxy), then try "
            "again; or start Docker."
        )


def _check(folder: Path, release: Release) -> None:
    """Refuse jars that are not, byte for byte, those that Sightline was tested with."""
    lines = _CHECKSUMS.read_text("utf-8").splitlines()
    known = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for jar in sorted(folder.glob("*.jar")):
        digest = hashlib.sha256(jar.read_bytes()).hexdigest()
        if known.get(jar.name) != digest:
            raise MissingToolError(
                f"Maven fetched a {jar.name} for Neo4j {release.version} that is not the one "
                "Sightline was tested with: its SHA-256 differs, or is unknown. Nothing was kept; "
                "check the repository that Maven's settings.xml names, or start Docker."
            )


def _reason(log: list[str]) -> str:
    """Return Maven's first error, shortened."""
    errors = (line.removeprefix("[ERROR]").strip() for line in log if line.startswith("[ERROR]"))
    return next(filter(None, errors), "no reason given")[:200].rstrip(". ")


def _cache() -> Path:
    import platformdirs  # here: few commands need it

    return Path(platformdirs.user_cache_dir("sightline", appauthor=False))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other process downloads."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
