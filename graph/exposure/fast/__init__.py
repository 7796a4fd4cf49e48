"""Kernels for networks that are large or dense: the same answers as the plain code, from arrays.

Imported where a network asks for it, and not before: numba takes a second to load.
"""
