"""The work of the kernels by networkx, igraph and rustworkx, as their own users would write it.

Each uses the functions of the library that were measured to be its fastest.
"""
