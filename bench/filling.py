"""Imports the census of all France, three vintages of it, from files like the producer's.

What is imported adds up as a census does: each commune has a population drawn at random, and in
each variable a part of it. The same files are read by pandas alone, for a measure of the machine.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources.descriptions import FileSpec, load_descriptions
from ctgsite.sources.importing import import_files

SEED = 2022
VINTAGES = {"22": 1.0, "16": 0.97, "11": 0.94}  # and how many people there were, to those of 2022
# Parts of a commune's population, such that those that add up to a whole do.
PARTS = {
    "P_POP": 1, "P_POP0014": 0.17, "P_POP1529": 0.17, "P_POP3044": 0.19, "P_POP4559": 0.2,
    "P_POP6074": 0.17, "P_POP7589": 0.08, "P_POP90P": 0.02, "P_POP0019": 0.23, "P_POP65P": 0.21,
    "C_POP15P": 0.83, "C_RETRAITES": 0.2, "C_MEN": 0.45, "C_MENPSEUL": 0.16, "C_MENSFAM": 0.02,
    "C_MENFAM": 0.27, "C_FAM": 0.28, "C_COUPAENF": 0.11, "C_FAMMONO": 0.04, "C_COUPSENF": 0.13,
    "P_POP80P": 0.06, "P_POP80P_PSEUL": 0.02, "P_PSEUL": 0.16, "P_MEN": 0.45, "P_PMEN": 0.97,
    "P_LOG": 0.55, "P_RP": 0.45, "P_RSECOCC": 0.06, "P_LOGVAC": 0.04, "P_RP_PROP": 0.3,
    "P_RP_LOC": 0.14, "P_RP_LOCHLMV": 0.06, "P_RP_GRAT": 0.01, "P_MAISON": 0.35,
    "P_RP_VOIT1P": 0.38, "P_MEN_ANEM0002": 0.06, "P_MEN_ANEM10P": 0.2, "P_POP1564": 0.63,
    "P_ACT1564": 0.47, "P_CHOM1564": 0.05, "P_EMPLT": 0.4, "P_EMPLT_SAL": 0.35, "P_POP0205": 0.04,
    "P_SCOL0205": 0.03, "P_POP0610": 0.06, "P_SCOL0610": 0.06, "P_POP1517": 0.04,
    "P_SCOL1517": 0.04, "P_POP1824": 0.08, "P_SCOL1824": 0.04, "P_NSCOL15P": 0.7,
    "P_NSCOL15P_DIPLMIN": 0.12, "P_NSCOL15P_BEPC": 0.04, "P_NSCOL15P_CAPBEP": 0.17,
    "P_NSCOL15P_BAC": 0.13, "P_NSCOL15P_SUP": 0.24,
}  # fmt: skip


def write_bases(folder: Path) -> Iterator[Path]:
    """Yield the archive of each theme, with a row a commune and the columns that are read."""
    areas = embedded_geography().areas(Level.COMMUNE)
    codes = [area.code for area in areas if not area.code.startswith("976")]
    people = np.random.default_rng(SEED).lognormal(6.2, 1.2, len(codes)) + 30
    for spec in load_descriptions()["insee-recensement"].files:
        if spec.name.startswith("base-cc-"):
            stem = spec.name.replace("{aaaa}", "2022").removesuffix("_csv.zip")
            table = pd.DataFrame({"CODGEO": codes} | dict(_columns(spec, people)))
            with zipfile.ZipFile(folder / f"{stem}_csv.zip", "w", zipfile.ZIP_DEFLATED) as target:
                target.writestr(f"{stem}.csv", table.to_csv(sep=";", index=False))
            yield folder / f"{stem}_csv.zip"


def _columns(spec: FileSpec, people: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    for group in spec.groups:
        for vintage, ratio in VINTAGES.items() if not group.optional else ():
            for variable, names in group.columns.items():
                several = (names,) if isinstance(names, str) else names
                part = people * ratio * PARTS[variable] / len(several)
                yield from ((name.replace("{aa}", vintage), part) for name in several)


def fill(store: Path) -> dict[str, float]:
    """Import the census into a store, and tell how long that and a plain reading took."""
    with tempfile.TemporaryDirectory(prefix="ctgsite-bench-") as folder:
        paths = list(write_bases(Path(folder)))
        started = time.perf_counter()
        cells = sum(pd.read_csv(path, sep=";", dtype={"CODGEO": str}).size for path in paths)
        read = time.perf_counter()
        report = import_files(
            paths, store, embedded_geography(), day=date(2026, 1, 1), progress=lambda _: None
        )
        imported = time.perf_counter()
    if wrong := [problem for problem in report.problems if not problem.warning]:
        sys.exit("\n".join(map(str, wrong[:5])))
    return {"cells": cells, "pandas": read - started, "import": imported - read}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(Path(sys.argv[1]))) + "\n")
