"""A frozen file is read back as it was written, to the last digit, or refused at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.config.freezing import declaration, edition_id, write_edition
from ctgsite.config.frozen import (
    COLUMNS,
    LEVELS,
    STATUSES,
    VALUED,
    FrozenFigure,
    frozen_text,
    read_frozen,
)
from ctgsite.config.models import Territory
from ctgsite.errors import ConfigError
from ctgsite.geography.areas import Level
from ctgsite.pages.columns import CHOICES
from ctgsite.pages.columns import COLUMNS as DOWNLOADED

TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"
    ),
    max_size=12,
)
WORDS = TEXTS.filter(bool)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def figures(draw: st.DrawFn) -> FrozenFigure:
    status = draw(st.sampled_from(STATUSES))
    counts = st.none() | FLOATS if status in VALUED else st.none()
    return FrozenFigure(
        draw(WORDS), draw(WORDS), draw(TEXTS), draw(WORDS), draw(WORDS),
        draw(st.sampled_from(LEVELS)), draw(st.sampled_from(["2018", "2013-2018", "2024-2025"])),
        draw(FLOATS) if status in VALUED else None, draw(TEXTS), draw(counts), draw(counts),
        status, draw(TEXTS), draw(TEXTS), draw(st.booleans()),
    )  # fmt: skip


ONE = FrozenFigure(
    "population", "Population", "population", "essai", "Essai", "territoire", "2018", 1234.5,
    "habitants", 1234.5, None, "calcule", "Insee, Recensement", "RP 2018", cited=True,
)  # fmt: skip


def write(folder: Path, text: str) -> Path:
    path = folder / "2026.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_frozen(write(folder, text), folder)
    return [str(problem) for problem in caught.value.problems]


@given(
    st.lists(figures(), min_size=1, max_size=6, unique_by=lambda f: (f.indicator, f.code, f.year))
)
def test_what_is_frozen_is_read_back_exactly(found: list[FrozenFigure]) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder), frozen_text(found))
        assert read_frozen(path, Path(folder)).figures == tuple(found)


def test_the_columns_are_those_of_the_downloads_and_whether_it_is_cited() -> None:
    assert (*(column.name for column in DOWNLOADED), "cite") == COLUMNS
    assert set(STATUSES) == set(CHOICES["statut"])
    assert set(LEVELS) == {level.value for level in Level} - {"commune"}


HEADER = ",".join(COLUMNS)
ROW = frozen_text([ONE]).splitlines()[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "2026.csv:1:1: ce fichier est vide"),
        (f"{HEADER}\n", "2026.csv:1:1: ce fichier n’a aucun chiffre"),
        (
            f"{HEADER.replace('valeur', 'Valeur')}\n{ROW}\n",
            (
                "2026.csv:1:1: l’en-tête a changé depuis « ctgsite freeze » : manque « valeur » ; "
                "en trop « Valeur »"
            ),
        ),
        (
            f"{HEADER.replace('indicateur,libelle', 'libelle,indicateur')}\n",
            (
                "2026.csv:1:1: l’en-tête a changé depuis « ctgsite freeze » : les colonnes ne sont "
                "pas dans l’ordre"
            ),
        ),
        (
            f"{HEADER}\n{ROW}\n{ROW.removesuffix(',oui')}\n",
            "2026.csv:3:1: cette ligne a 14 cases au lieu de 15 : une par colonne",
        ),
        (
            f"{HEADER}\n{ROW}\n{ROW}\n",
            (
                "2026.csv:3:1: « population ; essai ; 2018 » est déjà plus haut : une ligne par "
                "chiffre"
            ),
        ),
        (
            f"{HEADER}\n{ROW.replace('1234.5,habitants', '1 234,habitants')}\n",
            "2026.csv:2:1: « valeur » vaut « 1 234 » : attendu un nombre à point décimal",
        ),
        (
            f"{HEADER}\n{ROW.replace('calcule', 'secret')}\n",
            "2026.csv:2:1: un chiffre « secret » n’a ni valeur ni effectifs",
        ),
        (
            f"{HEADER}\n{ROW.replace('1234.5,habitants', ',habitants')}\n",
            "2026.csv:2:1: un chiffre « calcule » a une valeur",
        ),
        (
            f"{HEADER}\n{ROW.replace('oui', 'peut-être')}\n",
            "2026.csv:2:1: « cite » vaut « peut-être » (attendu : oui, non)",
        ),
        (
            f'{HEADER}\n{ROW}\n"{ROW}\n',
            "2026.csv:3:1: un guillemet est mal placé ou n’est jamais fermé",
        ),
    ],
)
def test_a_file_changed_by_hand_is_refused_at_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    assert faults(tmp_path, text) == [told]


def test_a_file_that_a_spreadsheet_saved_again_is_recognised(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, frozen_text([ONE]).replace(",", ";"))
    assert "un tableur a réenregistré ce fichier" in told


def test_every_bad_row_is_told(tmp_path: Path) -> None:
    bad = [ROW.replace("2018,1234.5", f"{year},1234.5") for year in ("avant", "après")]
    found = faults(tmp_path, "\n".join((HEADER, *bad)))
    assert [one.split(":")[1] for one in found] == ["2", "3"]


def territory(**more: object) -> Territory:
    given = {"slug": "essai", "nom": "Essai", "type": "groupe", "codes": ["1", "2"], **more}
    return Territory.model_validate(given)


def test_an_edition_is_named_after_the_first_year_of_the_convention() -> None:
    dated = territory(periode={"debut": 2026, "fin": 2029})
    assert edition_id(None, dated) == "2026"
    assert edition_id("revue", dated) == "revue"
    for chosen, place in ((None, territory()), ("Revue 2027", dated), ("../x", dated)):
        with pytest.raises(ConfigError):
            edition_id(chosen, place)


def test_a_frozen_file_is_never_replaced(tmp_path: Path) -> None:
    path = write_edition(tmp_path, "2026", [ONE])
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="existe déjà"):
        write_edition(tmp_path, "2026", [replace(ONE, value=1.0)])
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == ["2026.csv"]


def test_the_lines_to_add_are_what_the_file_lacks() -> None:
    assert declaration(territory(), "2026").splitlines()[:4] == [
        "evaluation:",
        '  t0: "2026"',
        "  editions:",
        '    - id: "2026"',
    ]
    one = {"id": "2026", "titre": "T", "adoptee_le": "2026-01-31"}
    declared = territory(evaluation={"editions": [one]})
    assert declaration(declared, "revue").startswith('    - id: "revue"')
    assert declaration(declared, "2026") == ""
