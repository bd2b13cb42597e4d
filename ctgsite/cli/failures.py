"""What a failure prints on stderr, in French, and the exit code it gives.

0 done; 1 the user's files or data are wrong; 2 wrong usage; 130 interrupted.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import click

from ctgsite.cli.printing import print_problems
from ctgsite.errors import SYSTEM_FAULTS, CtgsiteError, Place, Problem


def exit_code_of(error: BaseException, *, debug: bool = False) -> int:
    """Tell the user what happened, and return the exit code; `debug` adds tracebacks."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else 1
        case click.exceptions.Exit() | click.ClickException():
            if isinstance(error, click.ClickException):
                error.show()
            return error.exit_code
        case click.Abort() | KeyboardInterrupt():
            click.echo("Interrompu.", err=True)
            return 130
        case CtgsiteError():
            print_problems(error.problems, Path.cwd())
            return 1
        case BrokenPipeError():
            return 1
        case OSError() if error.errno in SYSTEM_FAULTS:
            place = Place(Path(str(error.filename))) if error.filename else None
            print_problems([Problem(SYSTEM_FAULTS[error.errno], place)], Path.cwd())
            return 1
        case _:
            if debug:
                traceback.print_exception(error)
            return _unexpected(error)


def _unexpected(error: BaseException) -> int:
    name = type(error).__name__
    click.echo(
        f"ctgsite a rencontré une erreur inattendue ({name}) : relancez la commande avec --debug "
        "et transmettez ce qui s’affiche aux responsables de l’outil.",
        err=True,
    )
    return 1
