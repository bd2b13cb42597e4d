"""The `ctgsite` command: its subcommands, its language and what every failure prints."""

from __future__ import annotations

import gettext
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from typing import Any

import click

from ctgsite.cli.catalogue import catalogue
from ctgsite.cli.data import data
from ctgsite.cli.explain import explain
from ctgsite.cli.failures import exit_code_of
from ctgsite.cli.freeze import freeze
from ctgsite.cli.options import DEBUG, Run
from ctgsite.cli.pdf import pdf
from ctgsite.cli.territories import build, check, new, serve

TERMINATED = 143  # as shells report a program that was asked to end
_CLICK_TEXTS = "messages"  # gettext's default domain, the one click asks


class Program(click.Group):
    """The whole command line: speaks French, and lets no traceback reach its user."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; outside `standalone_mode`, exceptions go to the caller."""
        _speak_french()
        _stop_cleanly()
        asked = Run()
        extra.setdefault("obj", asked)
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, **extra)
            sys.stdout.flush()
        except BaseException as error:  # the last chance to put a failure into words
            code = exit_code_of(error, debug=asked.debug)
        sys.exit(code if isinstance(code, int) else 0)


def _speak_french() -> None:
    """Give click its French texts; gettext finds its language in the environment alone."""
    gettext.bindtextdomain(_CLICK_TEXTS, str(files("ctgsite.cli") / "locale"))
    os.environ["LANGUAGE"] = "fr"


def _stop_cleanly() -> None:
    """Let a request to end leave no half-made folder behind: it unwinds as any exit does."""
    with suppress(ValueError):  # only the main thread may say so
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))


@click.group(
    cls=Program,
    name="ctgsite",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    commands=[new, check, build, serve, data, catalogue, explain, freeze, pdf],
    params=[DEBUG],
)
@click.version_option(package_name="ctgsite", prog_name="ctgsite", help="Affiche la version.")
def main() -> None:
    """Publie le diagnostic d’une Convention territoriale globale.

    Un territoire est un fichier de territories/ ; « ctgsite new CODE » en crée un,
    « ctgsite build » en fait un site.
    """
