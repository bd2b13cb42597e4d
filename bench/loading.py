"""What one territory needs from a store: read, then made into its diagnostic; imports apart."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ctgsite import knowledge
from ctgsite.config.loader import load_territories
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.evidence import read_evidence

if __name__ == "__main__":
    store, slug = Path(sys.argv[1]), sys.argv[2]
    catalogue = knowledge.catalogue()
    started = time.perf_counter()
    evidence = read_evidence(
        catalogue, knowledge.geography(store), knowledge.contours(store), store
    )
    loaded = time.perf_counter()
    territories, _ = load_territories(Path.cwd(), (slug,), knowledge.known(store))
    build_diagnostic(territories[0], evidence)
    told = {"loading": loaded - started, "diagnostic": time.perf_counter() - loaded}
    sys.stdout.write(json.dumps(told) + "\n")
