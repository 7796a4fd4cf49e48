"""The record in a Neo4j server: written, read back, and kept apart from what people add to it."""
