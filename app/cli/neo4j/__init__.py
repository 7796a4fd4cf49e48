"""`sightline neo4j`: the record in a Neo4j server. One command a module."""

from __future__ import annotations

from app.cli.group import LazyGroup
from app.cli.options import examples

COMMANDS = {
    "start": "Start a server on this machine, or see that it runs.",
    "load": "Load the record into the server.",
    "status": "Show what the server holds.",
    "read": "Bring back what the server holds, with what was added by hand.",
    "stop": "Stop the server that `start` started; its data stay.",
}

command = LazyGroup(
    "neo4j",
    package=__name__,
    members=COMMANDS,
    help="""Put the whole record into a Neo4j server, for Cypher, Browser and Bloom.

    The server is the one of NEO4J_URI (with NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE): your
    own, a cluster or Aura. Where that is not set, it is the one that `start` started.""",
    epilog=examples("sightline neo4j start", "sightline neo4j load"),
)
