"""The command line: one command a module, imported when it is run or its help is asked for."""

from __future__ import annotations

from app.cli.group import LazyGroup

COMMANDS = {
    "ingest": "Load sources or spreadsheet folders into a new version of the data.",
    "new": "Write an example spreadsheet folder to begin with.",
    "drop": "Take a source out, into a new version.",
    "find": "Find entities by name, alias, transliteration or identifier.",
    "show": "Show an entity with its links, claims, replies and sources.",
    "look-next": "Suggest where to look next around some entities; no score.",
    "paths": "Find the supply paths from an exporter to a buyer or a programme.",
    "exposure": "Score exporters: what the record establishes, never guilt.",
    "ranking": "Rank exporters by end users or by programmes, never by both.",
    "explain": "Say what a score rests on, and what would change it.",
    "query": "Ask a question of the library; without a name, list them.",
    "cypher": "Run one statement of Cypher that only reads.",
    "export": "Write a picture, a table or the spreadsheets to a file.",
    "neo4j": "Put the whole record into a Neo4j server, and bring it back.",
    "versions": "List the versions of the data.",
    "diff": "Show what changed between two versions.",
    "rollback": "Make an older version the current one.",
    "verify": "Check that a version is what it was when it was written.",
    "prune": "Remove old versions that nobody reads.",
    "app": "Open the web app.",
}

main = LazyGroup(
    "sightline",
    package=__name__,
    members=COMMANDS,
    help="""Who sold surveillance technology to whom, through which companies, for which programme,
    and which document says so.""",
    epilog="\b\nExample:\n  sightline ingest\n  sightline paths safran shanghai-psb",
)
