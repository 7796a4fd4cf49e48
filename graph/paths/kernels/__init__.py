"""Walks of networks that are large or dense, from arrays: the same as those of the search.

Imported where a network asks for it, and not before: numba takes a second to load.
"""
