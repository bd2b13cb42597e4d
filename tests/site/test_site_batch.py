"""Many jobs at once: a process that dies takes its job with it, and no other."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from ctgsite.site.batch import run_all, run_with


def halve(number: int) -> str:
    return str(number // 2)


def die(number: int) -> str:
    if number == 3:
        os._exit(1)
    return str(number)


def lost(number: int, error: BaseException) -> str:
    return f"{number} : {type(error).__name__}"


def test_each_result_comes_from_any_executor() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert sorted(run_with(executor, halve, [2, 4, 6], lost)) == ["1", "2", "3"]


def test_one_job_stays_in_this_process() -> None:
    assert list(run_all(lambda number: str(number), [7], 4, lost)) == ["7"]


def test_a_dead_process_is_told_for_each_job_it_took() -> None:
    results = list(run_all(die, [3, 3], 2, lost))
    assert results == ["3 : BrokenProcessPool", "3 : BrokenProcessPool"]
