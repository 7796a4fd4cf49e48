"""Walks of large or dense networks, over arrays: the same walks as the plain search gives.

Import it only where a network needs it: numba takes a second to load.
"""
