"""All measures of a store by ctgsite's own engine, timed within one process.

They are those that sites read: the catalogue's and, besides, the profiles of views. What is told of
them, to be compared with the same by hand, is told of the catalogue's only.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from ctgsite.indicators.computed import computed_measures
from ctgsite.knowledge import catalogue

if __name__ == "__main__":
    indicators = catalogue()
    started = time.perf_counter()
    frame = computed_measures(Path(sys.argv[1]), indicators.with_profiles)[0].frame
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    compared = frame[frame["indicator"].isin(list(indicators.indicators))]
    valued = compared["value"].dropna()
    told = {
        "all": len(frame),
        "rows": len(compared),
        "valued": len(valued),
        "sum": float(valued.sum()),
    }
    sys.stdout.write(json.dumps(told | {"seconds": seconds, "gib": peak}) + "\n")
