"""The command line: one command a module, imported when it runs or shows its help."""

from __future__ import annotations

from app.cli.group import LazyGroup

COMMANDS = {
    "ingest": "Load sources or spreadsheet folders into a new version of the data.",
    "new": "Write an example spreadsheet folder.",
    "drop": "Remove a set of the data, in a new version.",
    "find": "Find entities by name, alias, transliteration or identifier.",
    "show": "Show an entity with its links, claims, replies and sources.",
    "look-next": "Suggest where to look next around given entities; not a score.",
    "paths": "Find the supply paths from an exporter to a buyer or a programme.",
    "exposure": "Score exporters: what the record establishes, never guilt.",
    "ranking": "Rank exporters by end users or by programmes, never by both.",
    "explain": "Show what a score rests on, and what would change it.",
    "query": "Ask a question of the library, or list the questions.",
    "cypher": "Run one read-only statement of Cypher.",
    "export": "Write a picture, a table or spreadsheets to a file.",
    "neo4j": "Load the record into a Neo4j server, and read it back.",
    "versions": "List the versions of the data.",
    "diff": "Show what changed between two versions.",
    "rollback": "Make an older version the current one.",
    "verify": "Check that a version is unchanged since it was written.",
    "prune": "Remove old versions that are not in use.",
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
