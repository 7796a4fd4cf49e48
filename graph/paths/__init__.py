"""Supply paths: searched one by one, and by kernels where there are many."""
