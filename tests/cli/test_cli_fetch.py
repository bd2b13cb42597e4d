"""`data fetch` and `data status --check` on the command line, against a site on this machine."""

from __future__ import annotations
