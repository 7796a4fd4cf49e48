"""Questions in Cypher: a library of them, and what a reader may ask beside it."""
