"""The probability that at least one of several walks stands, by several methods."""
