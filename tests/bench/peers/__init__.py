"""What networkx, igraph, rustworkx and GraphBLAS do of the work of our kernels, as their own users
would write it: each with the functions of the library that were measured to be its fastest.
"""
