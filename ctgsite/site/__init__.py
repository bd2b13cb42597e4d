"""Markdown pages in, published websites out: engine, transforms, publication, portal, preview."""
