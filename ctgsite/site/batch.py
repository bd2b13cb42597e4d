"""Many sites at once, through the Executor interface of the standard library."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def run_all(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    workers: int | None,
    failed: Callable[[Job, BaseException], Result],
) -> Iterator[Result]:
    """Yield each job's result as it comes; one job, or one worker, stays in this process.

    Args:
        work: a function that another process can import; it reports its own failures.
        jobs: what to work on.
        workers: processes; by default one a core, and never more than there are jobs.
        failed: the result of a job whose process died.
    """
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if count <= 1:
        yield from map(work, jobs)
        return
    # A fresh interpreter each: libraries with threads of their own do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context) as executor:
        yield from run_with(executor, work, jobs, failed)


def run_with(
    executor: Executor,
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    failed: Callable[[Job, BaseException], Result],
) -> Iterator[Result]:
    """Yield each job's result as it comes from any executor."""
    futures = {executor.submit(work, job): job for job in jobs}
    for future in as_completed(futures):
        error = future.exception()
        yield future.result() if error is None else failed(futures[future], error)
