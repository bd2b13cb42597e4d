"""Producers' files, turned into observations and kept in a local store."""
