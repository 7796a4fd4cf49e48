"""Exposure: how probable it is that the sound part of the record establishes a supply path."""
