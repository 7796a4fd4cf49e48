"""Kernels that no command needs, to measure and to check others by."""
