"""Audits one territory's site with axe and Lighthouse, and writes site-audit/rapport.md.

The heaviest page of each kind is served from this machine as an ordinary host would send it
(compressed, cacheable). The exit code is 1 where a page misses a target.

    python audit/audit.py demonstration
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from serving import serving, weight

from ctgsite.pipeline import build

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "site-audit"
MODULES = ROOT / "node_modules"
RUNS = int(os.environ.get("RUNS", "3"))
KINDS = {
    "accueil": "index.html",
    "thématique": "thematiques/*/index.html",
    "commune": "communes/*/index.html",
    "plan": "actions/index.html",
    "fiche": "actions/*/index.html",
}
ON_PAPER = "actions/livret/index.html"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_SHIFT = 0.02
MOST_BYTES = {"accueil": 150_000}
MOST_BYTES_ELSEWHERE = 250_000
NOT_FOUND = "is-crawlable"  # the audit that a page which asks not to be listed fails
AT_WORK = 1000  # Lighthouse's own measure of the machine: an idle one is above
BUSY = "La machine travaillait à autre chose : ses performances sont à mesurer de nouveau."
AXE = """axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: {"target-size": {enabled: true}},
}).then(({violations}) => violations.map(({id, nodes}) => `${id} (${nodes[0].target})`))"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured of one page; scores from 0 to 100, seconds, bytes."""

    kind: str
    path: str
    scores: dict[str, int]
    failed: tuple[str, ...]
    shift: float
    largest_paint: float
    blocking: float
    bytes: int
    machine: float
    axe: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Every target that the page misses, in words."""
        most = MOST_BYTES.get(self.kind, MOST_BYTES_ELSEWHERE)
        missed = (
            f"{name} {s} < {LEAST[name]}" for name, s in self.scores.items() if s < LEAST[name]
        )
        return (
            *missed,
            *((f"CLS {self.shift:.3f}",) if self.shift >= MOST_SHIFT else ()),
            *((f"poids {self.bytes / 1000:.0f} ko",) if self.bytes > most else ()),
            *(f"Lighthouse : {name}" for name in self.failed),
            *(f"axe : {line}" for line in self.axe),
        )


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the heaviest page of each kind that the site has."""
    for kind, pattern in KINDS.items():
        found = sorted(set(site.glob(pattern)) - {site / ON_PAPER}, key=weight)
        if found:
            yield kind, found[-1].relative_to(site).as_posix()


def audit(kind: str, path: str, home: str, browser: Browser) -> Finding:
    """Read one page with every tool."""
    runs = [lighthouse(home + path) for _ in range(RUNS)]
    last = runs[-1]["audits"]
    scores = {name: min(_score(run, name) for run in runs) for name in CATEGORIES[1:]}
    performance = round(statistics.median(_score(run, "performance") for run in runs))
    if last[NOT_FOUND]["score"] == 0:  # asked for: what else it says of search engines stands below
        del scores["seo"]
    return Finding(
        kind,
        path,
        {"performance": performance, **scores},
        tuple(sorted(_failed(runs[-1]) - {NOT_FOUND})),
        _median(runs, "cumulative-layout-shift"),
        _median(runs, "largest-contentful-paint") / 1000,
        _median(runs, "total-blocking-time") / 1000,
        round(_median(runs, "total-byte-weight")),
        min(run["environment"]["benchmarkIndex"] for run in runs),
        tuple(axe(home + path, browser)),
    )


def lighthouse(address: str) -> dict[str, Any]:
    """Return what Lighthouse says of a page on a phone."""
    command = [
        shutil.which("node") or "node", str(MODULES / "lighthouse/cli/index.js"), address,
        "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
    ]  # fmt: skip
    chromium = shutil.which("chromium") or "chromium"
    done = subprocess.run(  # noqa: S603 - our own tools, on our own server
        command, capture_output=True, check=True, env=os.environ | {"CHROME_PATH": chromium}
    )
    return json.loads(done.stdout)


def axe(address: str, browser: Browser) -> Iterator[str]:
    """Yield what axe holds against a page, in both schemes, on a phone and on a desk."""
    for width in (375, 1440):
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(address)
            for chart in page.locator(".ctg-graphique").all():
                chart.scroll_into_view_if_needed()
            page.add_script_tag(path=MODULES / "axe-core/axe.min.js")
            yield from (f"{fault}, {width} px, {scheme}" for fault in page.evaluate(AXE))
            page.close()


def _score(run: dict[str, Any], category: str) -> int:
    return round((run["categories"][category]["score"] or 0) * 100)


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run["audits"][name]["numericValue"] for run in runs)


def _failed(run: dict[str, Any]) -> set[str]:
    """Return the audits that cost a category points, performance apart."""
    references = (r for name in CATEGORIES[1:] for r in run["categories"][name]["auditRefs"])
    return {r["id"] for r in references if r["weight"] and run["audits"][r["id"]]["score"] == 0}


def report(slug: str, findings: list[Finding]) -> str:
    """Return the report, in Markdown."""
    lines = [
        f"# Audit de {slug}",
        "",
        f"Lighthouse mobile, médiane de {RUNS} ; axe à 375 et 1440 px, thèmes clair et sombre.",
        "« – » : la page demande à ne pas être référencée.",
        "",
        "| page | perf. | access. | pratiques | SEO | CLS | LCP (s) | TBT (s) | poids (ko) | axe |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in findings:
        scores = " | ".join(str(one.scores.get(name, "–")) for name in CATEGORIES)
        lines.append(
            f"| {one.kind} (`{one.path}`) | {scores} | {one.shift:.3f} | {one.largest_paint:.1f} | "
            f"{one.blocking:.2f} | {one.bytes / 1000:.0f} | {len(one.axe)} |"
        )
    if min(one.machine for one in findings) < AT_WORK:
        lines += ["", BUSY]
    faults = [f"- {f.kind} : {fault}" for f in findings for fault in f.faults]
    return "\n".join((*lines, "", *(faults or ["Toutes les cibles sont atteintes."]), ""))


def main(slug: str) -> int:
    """Build, serve, read, report."""
    with tempfile.TemporaryDirectory() as folder:
        built = build(ROOT, (slug,), Path(folder) / "site")
        if not built.ok:
            sys.exit("\n".join(str(p) for result in built.results for p in result.problems))
        site = Path(folder) / "site" / slug
        with serving(site.parent) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            findings = [audit(k, path, f"{address}{slug}/", browser) for k, path in pages(site)]
    OUTPUT.mkdir(exist_ok=True)
    text = report(slug, findings)
    (OUTPUT / "rapport.md").write_text(text, encoding="utf-8")
    Console().print(text, markup=False)
    return int(any(finding.faults for finding in findings))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["demonstration"]))
