"""No failure shows a traceback: each is a French line on stderr, and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from ctgsite import knowledge, pipeline
from ctgsite.errors import SYSTEM_FAULTS, ConfigError, Place, Problem

Run = Callable[..., Result]


def raises(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


def test_each_problem_is_a_line_with_its_place_and_exits_with_1(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = (
        Problem("un", Place(Path("territories/a.yml"), 3, 4)),
        Problem("deux", Place(workspace / "territories" / "b.yml", 5)),
        Problem("trois"),
    )
    monkeypatch.setattr(pipeline, "check", raises(ConfigError(problems)))
    result = run("check")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "territories/a.yml:3:4: un",
        "territories/b.yml:5:1: deux",
        "trois",
    ]


def test_a_refused_permission_names_the_file(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = PermissionError(errno.EACCES, "Permission denied", str(workspace / "site"))
    monkeypatch.setattr(pipeline, "build", raises(error))
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith("site:1:1: accès refusé")


def test_a_full_disk_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(pipeline, "build", raises(error))
    assert "plus de place" in run("build").stderr


@pytest.mark.parametrize("error", [RuntimeError("boum"), OSError(errno.EIO, "I/O error")])
def test_an_unexpected_error_is_one_french_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(pipeline, "check", raises(error))
    result = run("check")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert type(error).__name__ in result.stderr
    assert "--debug" in result.stderr


@pytest.mark.parametrize("words", [["--debug", "check"], ["check", "--debug"]])
def test_debug_shows_the_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr(pipeline, "check", raises(RuntimeError("boum")))
    assert "Traceback" in run(*words).stderr


def test_an_interruption_exits_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", raises(KeyboardInterrupt()))
    result = run("build")
    assert result.exit_code == 130
    assert "Interrompu" in result.stderr


def test_a_closed_pipe_is_silent(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "catalogue", raises(BrokenPipeError(errno.EPIPE, "")))
    assert run("catalogue").stderr == ""


def test_a_disk_full_during_one_site_is_no_unexpected_error(tmp_path: Path) -> None:
    job = pipeline.Job(
        SimpleNamespace(slug="essai"),
        tmp_path,
        tmp_path,
        None,
        None,
        False,
        False,
        None,  # type: ignore[arg-type]
    )
    failed = pipeline._failed(job, OSError(errno.ENOSPC, "No space left on device"))
    assert [problem.message for problem in failed.problems] == [SYSTEM_FAULTS[errno.ENOSPC]]
