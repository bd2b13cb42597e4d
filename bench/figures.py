"""Measures the figures of all France: the engine, the same by hand in polars, and one territory.

The store is made here, of the size of a full one. Each program runs in a process of its own, from a
cold start; engine and polars take turns, so that the ratio is of one and the same moment. The
census is then imported into it: how long that takes, and one territory from then on.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ctgsite.indicators.computed import FOLDER

HERE = Path(__file__).parent
RUNS = int(os.environ.get("RUNS", "3"))
TERRITORY = "coeur-de-garonne"


def run(program: str, *arguments: str) -> Any:
    """Run one of the programs beside this one, and return what it prints."""
    done = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, str(HERE / program), *arguments],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{program}\n{done.stderr}")
    return json.loads(done.stdout)


def measure(store: Path) -> dict[str, dict[str, float]]:
    """Return the medians of each program's figures, and check that both give the same measures."""
    found: dict[str, list[dict[str, float]]] = {"engine": [], "polars": [], "territory": []}
    for _ in range(RUNS):
        shutil.rmtree(store / FOLDER, ignore_errors=True)
        found["engine"].append(run("engine.py", str(store)))
        found["polars"].append(run("by_hand.py", str(store)))
        found["territory"].append(run("loading.py", str(store), TERRITORY))
        check_same(found["engine"][-1], found["polars"][-1])
    return {
        name: {key: statistics.median(told[key] for told in runs) for key in runs[0]}
        for name, runs in found.items()
    }


def fill(store: Path) -> dict[str, float]:
    """Import the census of 2022 with two before it, and return what it and the next reads took."""
    imported = run("filling.py", str(store))
    shutil.rmtree(store / FOLDER, ignore_errors=True)
    engine = run("engine.py", str(store))
    loadings = [run("loading.py", str(store), TERRITORY)["loading"] for _ in range(RUNS)]
    measured = {"measures": engine["all"], "engine": engine["seconds"]}
    return imported | measured | {"loading": statistics.median(loadings)}


def check_same(engine: dict[str, float], polars: dict[str, float]) -> None:
    """Stop where the two programs do not give the same measures."""
    same = all(engine[key] == polars[key] for key in ("rows", "valued"))
    if not same or abs(engine["sum"] / polars["sum"] - 1) > 1e-9:
        sys.exit(f"the engine and polars differ: {engine} {polars}")


def show(observations: int, found: dict[str, dict[str, float]]) -> None:
    """Print the medians as a table."""
    names = ("engine", "polars", "territory", "filled")
    engine, polars, territory, filled = (found[name] for name in names)
    table = Table(title=f"Median of {RUNS} runs, {os.cpu_count()} cores")
    for heading in ("", "", "target"):
        table.add_column(heading, justify="left" if not heading else "right")
    lines = (
        ("observations in the store", f"{observations:,}", ""),
        ("measures", f"{engine['all']:,.0f}", ""),
        ("  of the catalogue, compared", f"{engine['rows']:,.0f}", ""),
        ("all measures, engine", f"{engine['seconds']:.2f} s", "12 s"),
        ("  its memory", f"{engine['gib']:.2f} GiB", "1.5 GiB"),
        ("all measures, polars by hand", f"{polars['seconds']:.2f} s", ""),
        ("  its memory", f"{polars['gib']:.2f} GiB", ""),
        ("engine ÷ polars", f"{engine['seconds'] / polars['seconds']:.2f}", "3"),
        (f"{TERRITORY}: loading", f"{territory['loading']:.2f} s", "0.5 s"),
        (f"{TERRITORY}: diagnostic", f"{territory['diagnostic']:.2f} s", ""),
        ("census of all France, cells", f"{filled['cells']:,}", ""),
        ("  imported", f"{filled['import']:.1f} s", ""),
        ("  import ÷ the same files in pandas", f"{filled['import'] / filled['pandas']:.1f}", ""),
        ("measures with the census", f"{filled['measures']:,.0f}", ""),
        ("  engine", f"{filled['engine']:.2f} s", ""),
        (f"{TERRITORY}: loading with the census", f"{filled['loading']:.2f} s", "0.5 s"),
        ("  ÷ loading before", f"{filled['loading'] / territory['loading']:.2f}", ""),
    )
    for line in lines:
        table.add_row(*line)
    Console().print(table)


def main() -> None:
    """Make the store, measure, and keep the results in bench/results/."""
    with tempfile.TemporaryDirectory(prefix="ctgsite-bench-") as folder:
        observations = run("synthetic.py", folder)
        found = measure(Path(folder))
        found["filled"] = fill(Path(folder))
    show(observations, found)
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    (results / "figures.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
