"""Load the record into a Neo4j server, read it back, and keep manual edits apart from it."""
