"""What a site shows of a questionnaire, kept in a file beside its description.

Raw answers are deleted on the day that their people were told; the published tables stay. A file
holds nothing that a page does not show: masked counts are masked in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ctgsite.config.freezing import write_once
from ctgsite.config.positions import read_text
from ctgsite.config.questionnaires import FOLDER, RESULTS
from ctgsite.diagnostic.survey_model import SurveyResult
from ctgsite.errors import ConfigError, Place, Problem

_RESULT: TypeAdapter[SurveyResult] = TypeAdapter(SurveyResult)


def kept_results(folder: Path, workspace: Path) -> Iterator[SurveyResult]:
    """Yield the results of the questionnaires of a territory's folder that have no answers left.

    Raises:
        ConfigError: a file is not as `ctgsite freeze` writes them.
    """
    for path in sorted((folder / FOLDER).glob(f"*{RESULTS}")):
        name = path.name.removesuffix(RESULTS)
        if (path.with_name(f"{name}.csv")).exists():
            continue  # the answers are there: they say it themselves
        found = _read(path, workspace)
        if found.published.id != name or not path.with_name(f"{name}.yml").exists():
            raise ConfigError(_spoilt(path, workspace))
        yield found


def keep_results(
    results: Sequence[SurveyResult], folder: Path, workspace: Path
) -> tuple[Path, ...]:
    """Write what is published of questionnaires, each once; return the files written.

    Raises:
        ConfigError: other results are kept already; they stay as they are.
    """
    written = []
    for result in results:
        path = folder / FOLDER / f"{result.published.id}{RESULTS}"
        text = kept_text(result)
        if path.exists():
            if path.read_text(encoding="utf-8") != text:
                raise ConfigError(_other_results(path, workspace))
            continue
        write_once(path, text)
        written.append(path)
    return tuple(written)


def kept_text(result: SurveyResult) -> str:
    """Return the file of one questionnaire's results."""
    return _RESULT.dump_json(result, by_alias=True, indent=1).decode() + "\n"


def _read(path: Path, workspace: Path) -> SurveyResult:
    text = read_text(path, path.relative_to(workspace))
    try:
        return _RESULT.validate_json(text)
    except ValidationError:
        raise ConfigError(_spoilt(path, workspace)) from None


def _spoilt(path: Path, workspace: Path) -> Problem:
    message = (
        "ce fichier n’est plus celui que « ctgsite freeze » a écrit pour ce questionnaire : "
        "reprenez-en une copie"
    )
    return Problem(message, Place(path.relative_to(workspace)))


def _other_results(path: Path, workspace: Path) -> Problem:
    message = (
        "ce fichier garde d’autres résultats que ceux d’aujourd’hui, rien n’a été écrit : "
        "supprimez-le pour garder ceux d’aujourd’hui"
    )
    return Problem(message, Place(path.relative_to(workspace)))
