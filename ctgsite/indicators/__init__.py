"""Observations and the catalogue, turned into measures, comparisons, ranks and trends."""
