"""Measures whole builds, next to a plain `mkdocs build` of the Markdown that they produced.

Each time is the median of RUNS, from a cold process and an empty output folder; ratios hold better
than times. Results also go to bench/results/.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ctgsite.pipeline import build

ROOT = Path(__file__).parents[1]
RUNS = int(os.environ.get("RUNS", "3"))
ONE = "coeur-de-garonne"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One line of the result: times in seconds, sizes in bytes."""

    what: str
    sites: int
    pages: int
    charts: int
    size: int
    build: float
    plain_mkdocs: float
    unchanged: float

    @property
    def ratio(self) -> float:
        """How many plain mkdocs builds one whole build takes."""
        return self.build / self.plain_mkdocs


def measure(what: str, slugs: tuple[str, ...], folder: Path) -> Measurement:
    """Build the territories (none: all), then the Markdown of each with mkdocs alone."""
    output, kept = folder / "site", folder / "docs"
    report = build(ROOT, slugs, output, keep_docs=kept, force=True)
    if not report.ok:
        sys.exit("\n".join(str(problem) for r in report.results for problem in r.problems))
    built = [result for result in report.results if result.state == "construit"]
    command = [beside("ctgsite"), "build", *slugs, "--output", str(output), "--quiet"]
    projects = sorted(kept.glob("*/mkdocs.yml"))

    def plain() -> None:
        for project in projects:
            run([beside("mkdocs"), "build", "--quiet", "--config-file", str(project)])

    return Measurement(
        what=what,
        sites=len(built),
        pages=sum(result.pages for result in built),
        charts=sum(result.charts for result in built),
        size=sum(result.bytes for result in built),
        build=median(lambda: run(command), before=lambda: shutil.rmtree(output)),
        plain_mkdocs=median(plain),
        unchanged=median(lambda: run(command)),
    )


def median(work: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    """Return the median duration of RUNS runs."""
    durations = []
    for _ in range(RUNS):
        before()
        started = time.perf_counter()
        work()
        durations.append(time.perf_counter() - started)
    return statistics.median(durations)


def run(command: list[str]) -> None:
    """Run a program to its end, quietly unless it fails."""
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(  # noqa: S603 - our own programs
        command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")


def beside(program: str) -> str:
    """Return a program of this environment."""
    return str(Path(sys.executable).with_name(program))


def show(results: list[Measurement]) -> None:
    """Print the measurements as a table."""
    table = Table(title=f"Median of {RUNS} runs, {os.cpu_count()} cores")
    for heading in ("", "sites", "pages", "charts", "MB", "build", "mkdocs", "ratio", "unchanged"):
        table.add_column(heading, justify="right" if heading else "left")
    for result in results:
        table.add_row(
            result.what,
            str(result.sites),
            str(result.pages),
            str(result.charts),
            f"{result.size / 1e6:.1f}",
            f"{result.build:.2f} s",
            f"{result.plain_mkdocs:.2f} s",
            f"{result.ratio:.2f}",
            f"{result.unchanged:.2f} s",
        )
    Console().print(table)


def main() -> None:
    """Measure one EPCI, then every territory of the checkout."""
    results = []
    for what, slugs in ((ONE, (ONE,)), ("all territories", ())):
        with tempfile.TemporaryDirectory(prefix="ctgsite-bench-") as folder:
            results.append(measure(what, slugs, Path(folder)))
    show(results)
    folder = ROOT / "bench" / "results"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [asdict(result) | {"ratio": result.ratio} for result in results]
    (folder / "sites.json").write_text(json.dumps(lines, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
