"""The chance that at least one of some walks stands, by several methods."""
