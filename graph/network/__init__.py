"""The record as a graph: links with their weights, the grammar of walks, time."""
