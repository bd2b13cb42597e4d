"""Writes the synthetic answers of the demonstration's two questionnaires, the same each time.

No one gave these answers. `familles.csv` has the form of a LimeSurvey export, `professionnels.csv`
that of a spreadsheet's: semicolons, windows-1252, several answers in one cell. From the root of
the repository: `.venv/bin/python territories/demonstration/questionnaires/generer.py`.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

SEED = 20250401
FAMILIES, PROFESSIONALS = 348, 60

COMMUNES = {"31149": 27, "31157": 19, "31424": 21, "31446": 15, "31187": 12, "31116": 6}
AGES = {"A1": 11, "A2": 63, "A3": 22, "A4": 4}
SEXES = {"F": 74, "M": 23, "X": 3}
FAMILY_TYPES = {"couple": 70, "seul": 15, "recomposee": 11, "autre": 4}
CHILDREN = {"1": 30, "2": 45, "3": 18, "4": 6, "5": 1}
SEARCH = {"oui": 44, "autrement": 26, "non": 14, "sans-objet": 16}
MODES = {"SQ001": 40, "SQ002": 30, "SQ003": 22, "SQ004": 27, "SQ005": 8}
WEDNESDAY = {"facile": 24, "difficile": 38, "impossible": 18, "sans-objet": 20}
AGREEMENT = {"4": 24, "3": 40, "2": 25, "1": 11}
OBSTACLES = {"SQ001": 34, "SQ002": 28, "SQ003": 23, "SQ004": 19, "SQ005": 6}
TAKING_PART = {"regulier": 17, "parfois": 33, "jamais": 50}
LEISURE = {"SQ001": 36, "SQ002": 29, "SQ003": 26, "SQ004": 15}
IDEAS = (
    "Une seule demande pour toutes les crèches.",
    "Des horaires plus larges le matin.",
    "Un bus qui passe après les activités du soir.",
    "Des places le mercredi, même pour un enfant d’une autre commune.",
    "Un endroit pour les collégiens après les cours.",
    "Quelqu’un qui aide à remplir les papiers, sans rendez-vous.",
    "Des rencontres entre parents, le samedi.",
    "Savoir à qui parler quand ça ne va pas.",
)

ROLES = {"Petite enfance": 17, "Enfance et jeunesse": 18, "Action sociale": 15, "Vie sociale": 10}
PUBLICS = {
    "Les 11-17 ans": 60,
    "Les familles monoparentales": 48,
    "Les parents aux horaires décalés": 41,
    "Les enfants en situation de handicap": 37,
    "Les nouveaux habitants": 24,
}
WORKING_TOGETHER = {"Tout à fait": 18, "Plutôt": 45, "Plutôt pas": 28, "Pas du tout": 9}
NEEDS = {
    "Mieux connaître les autres services": 58,
    "Un annuaire commun": 46,
    "Des temps de formation partagés": 36,
    "Un suivi des orientations": 33,
}

Weights = Mapping[str, float]


class Draws:
    """Draws from a fixed stream.

    Only `random()` is asked of NumPy: its other draws may change from one version to another.
    """

    def __init__(self, seed: int) -> None:
        self._stream = np.random.default_rng(seed)

    def one(self, weights: Weights) -> str:
        """Return one key, the likelier the heavier."""
        left = self._stream.random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key

    def several(self, chances: Weights) -> list[str]:
        """Return the keys that come out, each on its own chance in 100."""
        return [key for key, chance in chances.items() if self.happens(chance)]

    def happens(self, chance: float) -> bool:
        """Return true that many times in 100."""
        return bool(self._stream.random() * 100 < chance)

    def whole(self, least: int, most: int) -> int:
        """Return a whole number, both bounds included, smaller ones more often."""
        return least + int((most + 1 - least) * self._stream.random() ** 1.6)


def families() -> bytes:
    """Return the answers of the families, as LimeSurvey exports them."""
    draws = Draws(SEED)
    rows = [_family(draws, number) for number in range(1, FAMILIES + 1)]
    return _written(rows, ",").encode("utf-8-sig")


def professionals() -> bytes:
    """Return the answers of the professionals, as a spreadsheet saves them."""
    draws = Draws(SEED + 1)
    rows = [_professional(draws, number) for number in range(1, PROFESSIONALS + 1)]
    return _written(rows, ";").encode("windows-1252")


def _family(draws: Draws, number: int) -> dict[str, str]:
    commune, age = draws.one(COMMUNES), draws.one(AGES)
    kind = draws.one(FAMILY_TYPES)
    alone = kind == "seul"
    modes = _shifted(MODES, {"SQ002": 14} if commune in ("31187", "31116") else {"SQ001": 8})
    search = _shifted(SEARCH, {"non": 12 if alone else 0, "oui": -10 if commune == "31149" else 0})
    support = {"4": 14, "3": 28, "2": 34, "1": 24} if alone else AGREEMENT
    taking_part = _shifted(TAKING_PART, {"regulier": 14} if commune == "31446" else {})
    online = {"4": 34, "3": 38, "2": 19, "1": 9} if age in ("A1", "A2") else AGREEMENT
    needs_mode = age != "A4"
    answers = {
        "id": str(number),
        "submitdate": _moment(draws),
        "Q1": commune,
        "Q2": age,
        "Q3": draws.one(SEXES),
        "Q4": kind,
        "Q5": draws.one(CHILDREN) if draws.happens(98) else "",
        "Q6": draws.one(search) if needs_mode else "sans-objet",
    }
    answers |= _ticks("Q7", MODES, draws.several(modes), asked=needs_mode)
    answers["Q8"] = _perhaps(draws, lambda: draws.one(AGREEMENT), 94)
    answers["Q9"] = draws.one(WEDNESDAY)
    answers["Q10"] = _perhaps(draws, lambda: str(draws.whole(2, 55)), 91)
    answers |= _ticks("Q11", LEISURE, draws.several(LEISURE), asked=draws.happens(93))
    answers["Q12"] = _perhaps(draws, lambda: draws.one(support), 96)
    answers["Q13"] = _perhaps(draws, lambda: draws.one(online), 97)
    answers |= _ticks("Q14", OBSTACLES, draws.several(OBSTACLES), asked=draws.happens(90))
    answers["Q15"] = draws.one(taking_part)
    answers["Q16"] = _perhaps(draws, lambda: draws.one(dict.fromkeys(IDEAS, 1.0)), 27)
    return answers


def _professional(draws: Draws, number: int) -> dict[str, str]:
    return {
        "Numéro": str(number),
        "Votre métier relève de": draws.one(ROLES),
        "Publics que l’offre ne touche pas assez": ";".join(draws.several(PUBLICS)),
        "Je travaille facilement avec les autres services": draws.one(WORKING_TOGETHER),
        "Années d’exercice sur le territoire": str(draws.whole(0, 30)),
        "Ce qui vous aiderait": ";".join(draws.several(NEEDS)),
        "Une remarque": "À dire en réunion plutôt qu’ici." if draws.happens(12) else "",
    }


def _shifted(weights: Weights, by: Weights) -> dict[str, float]:
    return {key: weight + by.get(key, 0) for key, weight in weights.items()}


def _perhaps(draws: Draws, answer: Callable[[], str], chance: float) -> str:
    """Return an answer, or that many times in 100 only, so that some questions lack some."""
    return answer() if draws.happens(chance) else ""


def _ticks(
    question: str, options: Weights, chosen: Sequence[str], *, asked: bool
) -> dict[str, str]:
    told = {True: "Oui", False: "Non"} if asked else {True: "", False: ""}
    return {f"{question}[{option}]": told[option in chosen] for option in options}


def _moment(draws: Draws) -> str:
    start = datetime(2025, 4, 1, 7, 0)  # noqa: DTZ001 - an export tells local time, without zone
    return (start + timedelta(minutes=draws.whole(0, 60 * 24 * 60))).strftime("%Y-%m-%d %H:%M:%S")


def _written(rows: Sequence[Mapping[str, str]], separator: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*rows[0]], delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    (folder / "familles.csv").write_bytes(families())
    (folder / "professionnels.csv").write_bytes(professionals())
