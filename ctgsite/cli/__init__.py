"""The command line: each command is one call into the pipeline, and its printout in French."""

from __future__ import annotations

from ctgsite.cli.program import main

__all__ = ["main"]
