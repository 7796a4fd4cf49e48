"""What joins exporters with targets: by the plain search, or by the kernels where there is much."""
