"""`sightline neo4j`: the record in a Neo4j server. One command a module."""

from __future__ import annotations

from app.cli.group import LazyGroup
from app.cli.options import examples

COMMANDS = {
    "start": "Start a server on this machine, unless it runs already.",
    "load": "Load the record into the server.",
    "status": "Show what the server holds.",
    "read": "Read manual additions from the server into the data folder.",
    "stop": "Stop the server that `start` started and keep its data.",
}

command = LazyGroup(
    "neo4j",
    package=__name__,
    members=COMMANDS,
    help="""Copy the whole record into a Neo4j server, for Cypher, Browser and Bloom.

    NEO4J_URI (with NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE) names the server: your own, a
    cluster or Aura. If it is not set, the commands use the server that `start` started.""",
    epilog=examples("sightline neo4j start", "sightline neo4j load"),
)
