"""The one module that knows the engines: runs one over a written project, quietly.

MkDocs runs in this process, which saves its start for each site after the first; the others run as
their own programs. What an engine complains of comes back as problems.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ctgsite.errors import Problem, PublicationError
from ctgsite.site.docs import Project
from ctgsite.site.model import Engine

# Links are checked on what was built, the same way for every engine.
_LINK_WARNING = re.compile(
    r"contains (a|an) (unrecognized relative |absolute )?link|does not contain an anchor"
)


def run_engine(project: Project, engine: Engine) -> tuple[Problem, ...]:
    """Build `project.docs` into `project.built`; return what the engine warned of.

    Raises:
        PublicationError: The engine is not installed, or failed.
    """
    if engine is Engine.MKDOCS:
        return _run_mkdocs(project)
    return _run_program(project, engine)


def _run_mkdocs(project: Project) -> tuple[Problem, ...]:
    # Imported here: it takes a quarter of a second that other commands need not pay.
    from jinja2 import TemplateError
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _captured("mkdocs") as records:
        try:
            build(load_config(str(project.config)))
        except (MkDocsException, TemplateError, SystemExit, OSError) as error:
            problems = [Problem(f"mkdocs : {record.getMessage()}") for record in records]
            raise PublicationError(problems or Problem(f"mkdocs : {error}")) from error
    messages = (record.getMessage() for record in records)
    return tuple(
        Problem(f"mkdocs : {message}", warning=True)
        for message in messages
        if not _LINK_WARNING.search(message)
    )


@contextmanager
def _captured(name: str) -> Iterator[list[logging.LogRecord]]:
    """Collect a logger's warnings instead of printing them."""
    records: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger = logging.getLogger(name)
    collector, propagate, level = Collector(logging.WARNING), logger.propagate, logger.level
    logger.addHandler(collector)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield records
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
        logger.setLevel(level)


def _run_program(project: Project, engine: Engine) -> tuple[Problem, ...]:
    program = _find_program(engine)
    if program is None:
        raise PublicationError(
            Problem(
                f"le moteur « {engine} » n’est pas installé : installez-le dans l’environnement "
                f"de ctgsite (pip install {engine}), ou construisez avec --engine mkdocs"
            )
        )
    command = [str(program), "build", "-f", str(project.config)]
    done = subprocess.run(  # noqa: S603 - the program was found in our own environment or PATH
        command, cwd=project.config.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise PublicationError([Problem(f"{engine} : {line}") for line in lines[-5:] or ["échec"]])
    return ()


def _find_program(engine: Engine) -> Path | None:
    beside = Path(sys.executable).parent
    found = shutil.which(engine.value, path=f"{beside}{os.pathsep}{os.defpath}")
    found = found or shutil.which(engine.value)
    return Path(found) if found else None
