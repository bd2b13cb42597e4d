"""`new`, `check`, `build` and `serve`: one call into the pipeline, and what they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from ctgsite import pipeline
from ctgsite.errors import Place, Problem
from ctgsite.pipeline import BuildReport, TerritoryResult

Run = Callable[..., Result]

WARNING = Problem("nom différent", Place(Path("territories/seilh.yml"), 1, 6), warning=True)
ERROR = Problem("code inconnu", Place(Path("territories/talant.yml"), 3, 9))
BUILT = TerritoryResult("seilh", "construit", (WARNING,), 24, 80, 2_345_678, 3.21)
UNCHANGED = TerritoryResult("tournefeuille", "inchangé")
FAILED = TerritoryResult("talant", "échec", (ERROR,))


class _Calls(list[tuple[tuple[Any, ...], dict[str, Any]]]):
    """Stands for a function of the pipeline: notes its arguments, gives a fixed answer."""

    def __init__(self, answer: Any = None) -> None:
        super().__init__()
        self.answer = answer

    def __call__(self, *words: Any, **options: Any) -> Any:
        self.append((words, options))
        return self.answer


def test_new_says_what_it_wrote(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _Calls(workspace / "territories" / "groupe.yml")
    monkeypatch.setattr(pipeline, "scaffold", calls)
    result = run("new", "31541", "31557", "--nom", "Groupe")
    assert result.exit_code == 0
    assert result.stdout.startswith("territories/groupe.yml est écrit")
    assert calls == [((workspace, ("31541", "31557"), "Groupe"), {})]


@pytest.mark.parametrize(
    ("problems", "code", "verdict"),
    [
        ((), 0, "Aucun problème.\n"),
        ((WARNING,), 0, "0 erreur, 1 avertissement.\n"),
        ((WARNING, ERROR, Problem("autre")), 1, "2 erreurs, 1 avertissement.\n"),
    ],
)
def test_check_fails_on_errors_alone(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    problems: tuple[Problem, ...],
    code: int,
    verdict: str,
) -> None:
    monkeypatch.setattr(pipeline, "check", _Calls(problems))
    result = run("check")
    assert (result.exit_code, result.stdout) == (code, verdict)
    assert result.stderr.splitlines() == [str(problem) for problem in problems]


def test_check_in_json_gives_each_problem_its_place(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "check", _Calls((WARNING, ERROR)))
    found = json.loads(run("check", "--json").stdout)
    assert found["ok"] is False
    assert found["problems"][1] == {
        "file": "territories/talant.yml",
        "line": 3,
        "column": 9,
        "severity": "error",
        "message": "code inconnu",
    }


def test_build_hands_its_options_to_the_pipeline(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _Calls(BuildReport((BUILT,)))
    monkeypatch.setattr(pipeline, "build", calls)
    result = run("build", "seilh", "--output", "public", "--workers", "2", "--force", "--strict")
    assert result.exit_code == 0
    words, options = calls[0]
    options.pop("report")
    assert words == (workspace, ("seilh",), workspace / "public")
    assert options == {
        "engine": "mkdocs", "workers": 2, "force": True, "strict": True, "store": None,
    }  # fmt: skip


def test_a_store_in_the_users_cache_is_used_when_there_is_one(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = workspace / "cache" / "ctgsite" / "store"
    store.mkdir(parents=True)
    (store / "store.json").touch()
    calls = _Calls(BuildReport(()))
    monkeypatch.setattr(pipeline, "build", calls)
    run("build")
    assert calls[0][1]["store"] == store


def test_build_fails_when_a_territory_does_and_shows_all_problems_once(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = BuildReport((BUILT, FAILED, UNCHANGED), (ERROR,))
    monkeypatch.setattr(pipeline, "build", _Calls(report))
    result = run("build")
    assert result.exit_code == 1
    assert sorted(result.stderr.splitlines()) == sorted(map(str, (ERROR, WARNING)))
    assert result.stdout == "2 sites dans site/ ; 1 échec.\n"


def test_build_in_json_prints_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: Any, report: Any, **__: Any) -> BuildReport:
        report("seilh : construit")
        return BuildReport((BUILT, FAILED))

    monkeypatch.setattr(pipeline, "build", build)
    found = json.loads(run("build", "--json").stdout)
    assert [one["state"] for one in found["territories"]] == ["construit", "échec"]
    assert found["territories"][0]["pages"] == 24


def test_progress_is_plain_lines_without_a_terminal_and_nothing_when_quiet(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(*_: Any, report: Any, **__: Any) -> BuildReport:
        report("seilh : construit")
        return BuildReport((BUILT,))

    monkeypatch.setattr(pipeline, "build", build)
    assert run("build").stdout == "seilh : construit\n1 site dans site/.\n"
    assert run("build", "--quiet").stdout == ""


def test_serve_hands_the_territory_and_its_port(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _Calls()
    monkeypatch.setattr(pipeline, "serve", calls)
    assert run("serve", "seilh", "--port", "9000").exit_code == 0
    assert calls[0][0][:4] == (workspace, "seilh", 9000, None)
