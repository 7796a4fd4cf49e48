"""A Neo4j server of one's own: in Docker where an engine answers, else from Maven's jars on Java.

It listens on this machine alone, keeps its data in a folder, and has a password that lies in a
file beside them and nowhere else.
"""
