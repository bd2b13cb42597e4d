"""What commands print: problems, progress, results in words or in JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import click

from ctgsite.errors import CtgsiteError, Place, Problem

Report = Callable[[str], None]


def print_problems(problems: Iterable[Problem], workspace: Path) -> None:
    """Print each problem once, on stderr, its path relative to the workspace."""
    for problem in dict.fromkeys(problems):
        click.echo(str(_shown(problem, workspace)).replace("\n", " "), err=True)


def problem_as_json(problem: Problem, workspace: Path) -> dict[str, Any]:
    """Return a problem as plain data; its place is null where it has none."""
    shown = _shown(problem, workspace)
    place = shown.place
    return {
        "file": str(place.path) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "severity": "warning" if problem.warning else "error",
        "message": problem.message,
    }


def print_json(result: Any) -> None:
    """Print plain data or dataclasses on stdout, as UTF-8 JSON."""
    if is_dataclass(result) and not isinstance(result, type):
        result = asdict(result)
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=_plain))


@contextmanager
def failure_told(*, as_json: bool, workspace: Path) -> Iterator[None]:
    """Let a failure of the whole command say in JSON, where asked, what it says on stderr."""
    try:
        yield
    except CtgsiteError as error:
        if as_json:
            problems = [problem_as_json(found, workspace) for found in error.problems]
            print_json({"ok": False, "problems": problems})
        raise


def count(number: int, one: str, many: str) -> str:
    """Return a number and what it counts: "0 page", "1 page", "1 234 pages"."""
    return f"{number:,} ".replace(",", "\u202f") + (one if abs(number) < 2 else many)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table, fitted to the terminal; tab-separated lines where there is none."""
    if not sys.stdout.isatty():
        for row in (headings, *rows):
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings, box=None, header_style="bold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def on_terminal() -> bool:
    """Whether someone is watching, rather than a file or a program reading."""
    return sys.stdout.isatty() and sys.stderr.isatty()


@contextmanager
def progress(*, silent: bool) -> Iterator[Report]:
    """Yield what reports each step: a live line on a terminal, plain lines elsewhere, or nothing.

    A live line stands on stderr, so that stdout holds results alone.
    """
    if silent:
        yield lambda _: None
    elif on_terminal():
        from rich.console import Console

        with Console(stderr=True).status("…") as status:
            yield status.update
    else:
        yield click.echo


def downloads_told(report: Report, *, silent: bool) -> Callable[[str, int, int | None], None]:
    """Return what tells how far a download is: all along on a terminal, else once a file."""
    started: set[str] = set()

    def tell(name: str, size: int, whole: int | None) -> None:
        if silent or (name in started and not on_terminal()):
            return
        started.add(name)
        total = f" sur {_megabytes(whole)}" if whole else ""
        report(f"{name} : téléchargement, {_megabytes(size)}{total}")

    return tell


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} Mo".replace(".", ",")


def _shown(problem: Problem, workspace: Path) -> Problem:
    place = problem.place
    if place is None or not place.path.is_relative_to(workspace):
        return problem
    path = place.path.relative_to(workspace)
    return Problem(problem.message, Place(path, place.line, place.column), problem.warning)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)
