"""What a day makes of permissions: rights to images that end, answers to be deleted.

The day is handed in: nothing here reads a clock.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from ctgsite.config.patterns import values
from ctgsite.config.permissions import Image
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.config.questionnaires import FOLDER as QUESTIONNAIRES
from ctgsite.config.questionnaires import RESULTS
from ctgsite.config.validation import valid_part
from ctgsite.errors import ConfigError, Problem

_SOON = datetime.timedelta(days=60)  # the time to ask for a new permission
_KEPT = "conservation_jusqu_au"
# Agreements in writing: one that bears a day to come was not given.
_GRANTED = (
    ("images", "*", "droit_a_l_image", "accorde_le"),
    ("signataires", "*", "autorisation_logo", "date"),
    ("confidentialite", "consentements", "*", "accorde_le"),
)


def check_dates(
    document: Document, folder: Path, workspace: Path, today: datetime.date
) -> Iterator[Problem]:
    """Find the permissions of a territory that do not hold on a day."""
    for path, entry in values(document.data, ("images", "*")):
        image = valid_part(Image, entry)
        if image and image.right:
            place = (*path, "droit_a_l_image", "jusqu_au")
            yield from _check_right(document, place, image.right.until, today)
    for pattern in _GRANTED:
        for path, written in values(document.data, pattern):
            given = _day(written)
            if given and given > today:
                message = f"cet accord est daté du {given:%d/%m/%Y}, un jour à venir"
                yield document.problem(message, path)
    for file in sorted((folder / QUESTIONNAIRES).glob("*.yml")):
        yield from _check_answers(file, workspace, today)


def _check_right(
    document: Document, path: KeyPath, until: datetime.date, today: datetime.date
) -> Iterator[Problem]:
    if until <= today:
        message = (
            f"le droit à l’image s’est arrêté le {until:%d/%m/%Y} : demandez un nouvel accord, ou "
            "retirez l’image"
        )
        yield document.problem(message, path)
    elif until - today <= _SOON:
        message = f"le droit à l’image s’arrête bientôt, le {until:%d/%m/%Y}"
        yield document.problem(message, path, warning=True)


def _check_answers(file: Path, workspace: Path, today: datetime.date) -> Iterator[Problem]:
    """Check that the answers to a questionnaire are not kept longer than its people were told."""
    answers = file.with_suffix(".csv")
    try:
        document = read_yaml(file, workspace)
    except ConfigError:  # told by whoever reads the questionnaire
        return
    for path, written in values(document.data, (_KEPT,)):
        until = _day(written)
        if until and until < today and answers.is_file():
            message = (
                f"les réponses devaient être supprimées le {until:%d/%m/%Y} : supprimez "
                f"« {answers.name} »{_results_first(answers)}"
            )
            yield document.problem(message, path)


def _results_first(answers: Path) -> str:
    """Say how to keep what was published of answers, "" where it is kept already."""
    if answers.with_suffix(RESULTS).is_file():
        return ", les résultats publiés sont gardés"
    return " ; « ctgsite freeze » en garde d’abord les résultats publiés"


def _day(written: object) -> datetime.date | None:
    """Return a date that a file states, None for anything else: the model tells what is wrong."""
    if isinstance(written, str):
        try:
            return datetime.date.fromisoformat(written)
        except ValueError:
            return None
    return written if isinstance(written, datetime.date) else None
