"""A Neo4j server on this machine: in Docker if it answers, else on Java with jars from Maven.

The server listens on this machine only and keeps its data in a folder. A file beside the data holds
its password.
"""
