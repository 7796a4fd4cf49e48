"""A load in a process of its own, to be killed: `python -m tests.server.load.client FOLDER`.

It says "there" once it is connected.
"""

from __future__ import annotations

import sys
from pathlib import Path

from graph import settings
from graph.dataset import Archive
from graph.errors import SightlineError
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import load_version


def main() -> int:
    try:
        with (
            Connection(settings.read_settings(), patience=0) as connection,
            Archive(Path(sys.argv[1])).open() as dataset,
        ):
            print("there", flush=True)
            load_version(connection, dataset)
    except SightlineError as error:
        print(error, flush=True)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
