"""A server as a process of Java, from the jars that Maven fetched."""

from __future__ import annotations

import os
import subprocess
import threading
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.errors import ServerError
from graph.neo4j_server.local.home import Home, write_private

_ENTRY = "META-INF/services/org.neo4j.server.startup.EntryPoint"
_ADMIN = "org.neo4j.cli.AdminTool"
#: Options of Neo4j's own start script.
_FLAGS = (
    *(f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in ("nio", "io", "lang")),
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)


def set_password(home: Home, java: Path, library: Path, password: str) -> None:
    """Set the password before the first start, from a file, because everybody sees arguments.

    Parameters
    ----------
    home : Home
        The server's folder.
    java, library : Path
        The program, and the folder of the jars.
    password : str
        The password.

    Raises
    ------
    ServerError
        If Neo4j refuses the password.
    """
    quoted = password.replace("\\", "\\\\").replace('"', '\\"')
    words = home.folder / "words"
    write_private(words, f'--\n"{quoted}"\n')
    try:
        done = subprocess.run(  # noqa: S603 - Java, as it was found
            [java, "-cp", f"{library}/*", _ADMIN, "dbms", "set-initial-password", f"@{words}"],
            env=_environ(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
    finally:
        words.unlink()
    if done.returncode != 0:
        raise ServerError("Neo4j refused the password. Choose another NEO4J_PASSWORD.")


def admin(home: Home, java: Path, library: Path, words: Sequence[str]) -> subprocess.Popen[str]:
    """Start `neo4j-admin` on the folder of a stopped server.

    Parameters
    ----------
    home : Home
        The server's folder.
    java, library : Path
        The Java that runs it, and the folder of its jars.
    words : sequence of str
        Its arguments.
    """
    return subprocess.Popen(  # noqa: S603 - Java, as it was found
        [java, "-Xmx1g", *_FLAGS, "-cp", f"{library}/*", _ADMIN, *words],
        env=_environ(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def launch(home: Home, java: Path, library: Path, config: Mapping[str, str], lock: int) -> int:
    """Start the process and return its number.

    Parameters
    ----------
    home : Home
        The server's folder.
    java : Path
        The Java that runs it.
    library : Path
        Folder of its jars.
    config : mapping of str to str
        Its settings.
    lock : int
        The open lock file, which it inherits.
    """
    listen = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": config["server.bolt.advertised_address"],
        "server.http.listen_address": config["server.http.advertised_address"],
    }
    lines = [f"{key}={value}\n" for key, value in {**config, **listen}.items()]
    (home.conf / "neo4j.conf").write_text("".join(lines), "ascii")
    command = [
        str(java),
        f"-Xmx{config['server.memory.heap.max_size']}",
        *_FLAGS,
        "-cp",
        f"{library}/*",
        _main_class(library),
        f"--home-dir={home.folder}",
        f"--config-dir={home.conf}",
    ]
    with home.console.open("wb") as console:
        server = subprocess.Popen(  # noqa: S603 - Java, as it was found
            command,
            cwd=home.folder,
            env=_environ(home),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C here must not stop it
        )
    threading.Thread(target=server.wait, daemon=True).start()  # otherwise it would stay as a zombie
    return server.pid


def last_words(home: Home) -> str:
    """Return the reason that a server logged for not starting."""
    texts = [p.read_text("utf-8", "replace") for p in (home.console, home.log) if p.exists()]
    lines = "\n".join(texts).splitlines()
    errors = [line for line in lines if " ERROR " in line or line.startswith(("Error", "Caused"))]
    return last_line("\n".join(errors or lines)).removeprefix("Caused by: ")


def last_line(text: str) -> str:
    """Return the last line of a text, shortened to fit into a sentence.

    Examples
    --------
    >>> last_line("pulling\\nno space left on device.\\n")
    'no space left on device'
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200].rstrip(".") if lines else "no reason given"


def _main_class(library: Path) -> str:
    """Return the main class that a release declares."""
    [jar] = library.glob("neo4j-[0-9]*.jar")
    with zipfile.ZipFile(jar) as archive:
        return archive.read(_ENTRY).decode().strip()


def _environ(home: Home) -> dict[str, str]:
    """Return the environment of the server; of Neo4j's variables only its folders."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    return {**kept, "NEO4J_HOME": str(home.folder), "NEO4J_CONF": str(home.conf)}
