"""The evaluation of Testville: what its pages say of fiches, targets, T0, bilans and editions."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st
from testville import TEMPLATES, full_diagnostic, of_territory, vacancy_finding

from ctgsite.config.frozen import FrozenEdition, FrozenFigure, frozen_text, read_frozen
from ctgsite.config.models import Territory
from ctgsite.diagnostic.assessment import assess
from ctgsite.diagnostic.baseline import State
from ctgsite.diagnostic.editions import Shift
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.targets import Progress
from ctgsite.pages.convention.editions import edition_files
from ctgsite.pages.frozen import frozen_figures
from ctgsite.pages.plan_workbook import plan_sheets
from ctgsite.pages.render import render_pages

VACANCY = "part_logements_vacants"
FINDINGS = full_diagnostic().themes[0].findings
FICHES = [
    {
        "id": "primes",
        "titre": "Des primes",
        "statut": "en_cours",
        "indicateurs": [
            {"indicateur": VACANCY, "cible": 5, "sens": "baisse"},
            {
                "intitule": "Primes versées",
                "unite": "primes",
                "t0": {"date": "2026-01-01", "valeur": 0},
                "cible": 12,
                "mesures": [
                    {"date": "2027-01-01", "valeur": 4},
                    {"date": "2026-06-01", "valeur": 9},
                ],
            },
            {"intitule": "Heures d’appui", "nature": "moyens", "unite": "heures"},
        ],
    },
    {"id": "permis", "titre": "Le permis de louer", "statut": "realisee"},
    {"id": "guide", "titre": "Un guide"},
]
FILE: dict[str, Any] = {
    "slug": "pays-d-essai",
    "nom": "Pays d’Essai",
    "type": "epci",
    "codes": ["000000000"],
    "thematiques": ["logement"],
    "url_publique": "https://www.exemple.fr/ctg/",
    "participation": {"verbatims": [{"id": "place", "texte": "On manque de logements."}]},
    "enjeux": [{"id": "loger", "titre": "Loger chacun", "constats": ["logements"]}],
    "priorites": [
        {
            "id": "habitat",
            "titre": "Mieux habiter",
            "objectifs": [{"titre": "Remettre en location", "actions": FICHES}],
        },
        {"id": "vide", "titre": "Un axe sans fiche"},
    ],
    "evaluation": {
        "introduction": "Suivie *deux fois* par an.",
        "t0": "2026",
        "axes": [
            {
                "axe": "habitat",
                "questions": {
                    "coherence": {
                        "texte": "Les primes répondent à la vacance.",
                        "constats": [VACANCY],
                        "paroles": ["place"],
                        "actions": ["primes"],
                    }
                },
            }
        ],
        "bilans": [
            {
                "id": "mi-parcours",
                "type": "mi_parcours",
                "titre": "À mi-parcours",
                "date": "2027-12-15",
                "texte": "# Ce qui avance",
                "axes": [{"axe": "habitat", "questions": {"moyens": {"texte": "Réunis."}}}],
            }
        ],
        "editions": [
            {"id": "2026", "titre": "Diagnostic adopté", "adoptee_le": "2026-02-12"},
            {"id": "revue", "titre": "Revue", "adoptee_le": "2028-03-01"},
        ],
    },
}


def now() -> Diagnostic:
    return of_territory(Territory.model_validate(FILE))


def older(figures: tuple[FrozenFigure, ...]) -> tuple[FrozenFigure, ...]:
    """Return the figures as they would have been frozen before the census of 2018."""
    return tuple(figure for figure in figures if figure.year < "2018")


def assessed(diagnostic: Diagnostic, *figures: tuple[FrozenFigure, ...]) -> Diagnostic:
    names = [edition.id for edition in diagnostic.territory.evaluation.editions]
    editions = [FrozenEdition(name, found) for name, found in zip(names, figures, strict=True)]
    return replace(diagnostic, evaluation=assess(diagnostic, editions))


def rendered(diagnostic: Diagnostic) -> dict[str, str]:
    return {str(page.path): page.markdown for page in render_pages(diagnostic, TEMPLATES)}


def row(markdown: str, name: str) -> list[str]:
    """Return the cells of the first row that begins with a name, without their tags."""
    found = re.search(rf'<tr[^>]*><th scope="row"[^>]*>(?:<a[^>]*>)?{name}.*?</tr>', markdown)
    assert found, name
    cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", found[0])
    return [re.sub(r"<[^>]+>", "", cell.replace("<br>", " ")) for cell in cells]


@given(value=st.floats(0.1, 99.9))
def test_a_site_built_on_the_figures_just_frozen_shows_no_change(value: float) -> None:
    diagnostic = now()
    area, measure = diagnostic.measures[1]
    changed = replace(measure, value=value)
    finding = replace(
        vacancy_finding(), measure=changed, series=(vacancy_finding().series[0], changed)
    )
    theme = replace(diagnostic.themes[0], findings=(finding, diagnostic.themes[0].findings[1]))
    measures = (diagnostic.measures[0], (area, changed), *diagnostic.measures[2:])
    diagnostic = replace(diagnostic, themes=(theme,), measures=measures)
    figures = frozen_figures(diagnostic)
    record = assess(diagnostic, [FrozenEdition(name, figures) for name in ("2026", "revue")])
    assert {one.state for one in record.since} == {State.SAME}
    for edition in record.editions:
        assert {one.shift for one in edition.to_now} == {Shift.SAME}
        for _, shifts in edition.from_earlier:
            assert {one.shift for one in shifts} == {Shift.SAME}


def test_what_is_frozen_goes_through_its_file_unchanged(tmp_path: Path) -> None:
    figures = frozen_figures(now())
    path = tmp_path / "2026.csv"
    path.write_text(frozen_text(figures), encoding="utf-8", newline="")
    assert read_frozen(path, tmp_path).figures == figures


def test_the_figures_cited_are_told_and_member_communes_are_left_out() -> None:
    figures = frozen_figures(now())
    assert {f.indicator for f in figures if f.cited} == {"logements", VACANCY}
    assert "commune" not in {f.level for f in figures}
    assert {f.level for f in figures} >= {"territoire", "departement", "france"}
    secret = next(f for f in figures if f.status == "secret")
    assert (secret.value, secret.numerator, secret.denominator) == (None, None, None)


def test_a_fiche_starts_from_the_frozen_edition_where_it_gives_no_t0() -> None:
    diagnostic = assessed(now(), older(frozen_figures(now())), frozen_figures(now()))
    vacancy, primes, hours = diagnostic.evaluation.tracked_of("primes")
    assert vacancy.frozen
    assert vacancy.start is not None
    assert (vacancy.start.value, vacancy.start.moment) == (7.1, "2013")
    assert vacancy.last is not None
    assert (vacancy.last.value, vacancy.outcome.progress) == (8.6, Progress.UNCHANGED)
    assert not primes.frozen
    assert primes.last is not None
    assert (primes.last.value, primes.outcome.progress) == (4, Progress.ON_TRACK)
    assert hours.outcome.progress is Progress.UNKNOWN


def test_the_page_tells_fiches_targets_and_changes() -> None:
    diagnostic = assessed(now(), older(frozen_figures(now())), frozen_figures(now()))
    page = rendered(diagnostic)["evaluation/index.md"]
    assert "Un chiffre qui évolue ne prouve pas à lui seul l’effet d’une action" in page
    assert "### 1 fiche sur 3 est réalisée, 1 est en cours" in page
    assert row(page, "Mieux habiter") == ["Mieux habiter", "1", "1", "0", "0", "0", "1", "3"]
    assert row(page, "Part des logements vacants") == [
        "Part des logements vacants Fiche\u00a0: Des primes", "Sans changement net",
        "7,1\u202f% (2013)", "8,6\u202f% (2018)", "5,0\u202f%",
    ]  # fmt: skip
    assert row(page, "Primes versées")[1:5] == [
        "En bonne voie (33\u202f% du chemin vers la cible)", "0 (01/01/2026)", "4 (01/01/2027)",
        "12",
    ]  # fmt: skip
    results, means = page.index("indicateurs de résultat"), page.index("indicateurs de moyens")
    assert results < page.index("Primes versées") < means < page.index("Heures d’appui")
    assert row(page, "Nombre de logements")[3] == (
        "Une hausse de 6,2\u202f% (+1,2\u202f% par an en moyenne)."
    )
    assert "les réponses ne sont pas encore publiées" in page  # for the axe without answers
    for link in ("thematiques/logement/index.md#" + VACANCY, "actions/primes/index.md"):
        assert f"](../{link})" in page


def test_the_chart_of_states_is_valid_and_leaves_out_what_no_fiche_is() -> None:
    page = rendered(now())["evaluation/index.md"]
    (text,) = re.findall(r'<script type="application/json">(.*?)</script>', page)
    chart = orjson.loads(text)
    go.Figure(**chart)
    assert [trace["name"] for trace in chart["data"]] == [
        "Réalisées", "En cours", "Sans statut",
    ]  # fmt: skip


def test_a_revision_and_a_missing_newer_figure_are_told() -> None:
    revised = tuple(
        replace(f, value=1598.0) if (f.indicator, f.year) == ("logements", "2018") else f
        for f in frozen_figures(now())
    )
    page = rendered(assessed(now(), revised, revised))["evaluation/index.md"]
    assert row(page, "Nombre de logements")[3].startswith("Pas de chiffre plus récent")
    assert "révisé depuis (1\u202f600\u00a0logements)" in row(page, "Nombre de logements")[3]
    about = page.split("## Ce qui a changé sur le territoire")[1]
    assert row(about, "Part des logements vacants")[3] == "Pas de chiffre plus récent."


def test_the_page_of_a_fiche_shows_the_start_that_was_frozen() -> None:
    diagnostic = assessed(now(), older(frozen_figures(now())), frozen_figures(now()))
    page = rendered(diagnostic)["actions/primes/index.md"]
    vacancy = row(page, "Part des logements vacants")
    assert vacancy[1] == "7,1\u202f% (2013), édition «\u00a0Diagnostic adopté\u00a0»"
    assert vacancy[4] == "sans changement net"
    sheet = plan_sheets(diagnostic.plan, diagnostic.evaluation)[1]
    columns = [title for title, _ in sheet.columns]
    written = dict(zip(columns, sheet.rows[0], strict=True))
    assert (written["T0 : date"], written["T0 : valeur"]) == ("2013", 7.1)
    assert row(page, "Primes versées")[4] == "en bonne voie (33\u202f% du chemin vers la cible)"


def test_what_a_fiche_counts_keeps_its_unit_on_every_page() -> None:
    """The site tells this indicator in %; the fiche counts dwellings."""
    file = deepcopy(FILE)
    counted = {"indicateur": VACANCY, "unite": "logements", "cible": 80, "sens": "hausse"}
    counted |= {"t0": {"date": "2026-01-01", "valeur": 0}}
    counted |= {"mesures": [{"date": "2027-01-01", "valeur": 60}]}
    file["priorites"][0]["objectifs"][0]["actions"][0]["indicateurs"] = [counted]
    pages = rendered(of_territory(Territory.model_validate(file)))
    told = row(pages["evaluation/index.md"], "Part des logements vacants")
    assert "(logements)" in told[0]
    assert told[2:] == ["0 (01/01/2026)", "60 (01/01/2027)", "80"]
    del counted["mesures"]
    fiche = rendered(of_territory(Territory.model_validate(file)))["actions/primes/index.md"]
    assert row(fiche, "Part des logements vacants")[3] == "–"


def test_a_bilan_is_a_page_with_its_answers() -> None:
    page = rendered(now())["evaluation/mi-parcours/index.md"]
    assert "Bilan à mi-parcours de la convention, 15 décembre 2027" in page
    assert "## Ce qui avance" in page
    assert "## Mieux habiter {#bilan-habitat}" in page
    assert "Réunis." in page
    assert "À compléter." in page


def test_an_edition_has_its_page_its_file_and_its_address() -> None:
    diagnostic = assessed(now(), older(frozen_figures(now())), frozen_figures(now()))
    pages = rendered(diagnostic)
    page = pages["editions/2026/index.md"]
    assert "<https://www.exemple.fr/ctg/editions/2026/index.html>" in page
    assert "Pays d’Essai, *Diagnostic adopté*" in page
    assert '<a href="indicateurs.csv" download>' in page
    assert "Indicateurs\u00a0: 2 plus récents." in page
    adopted = page.split("## Les chiffres adoptés")[1]
    assert row(adopted, "Part des logements vacants")[1:3] == ["2013", "7,1\u202f%"]
    later = pages["editions/revue/index.md"]
    assert (
        "## Ce qui a changé depuis l’édition « Diagnostic adopté »".replace(
            "« ", "«\u00a0"
        ).replace(" »", "\u00a0»")
        in later
    )
    assert "Aucun chiffre n’a changé." in later
    files = {str(asset.path): asset.content for asset in edition_files(diagnostic)}
    assert files["editions/revue/indicateurs.csv"] == frozen_text(frozen_figures(now())).encode()
    listed = re.findall(r"- \[(.*?)\]", pages["editions/index.md"])
    assert listed == ["Revue", "Diagnostic adopté"]


def test_what_became_secret_leaves_the_editions() -> None:
    figures = tuple(
        replace(f, value=21000.0, status="publie") if f.status == "secret" else f
        for f in frozen_figures(now())
    )
    diagnostic = assessed(now(), figures, figures)
    page = rendered(diagnostic)["editions/2026/index.md"]
    published = edition_files(diagnostic)[0].content.decode()
    assert "21000" not in published
    assert "21\u202f000" not in page
    assert "1\u00a0chiffre de cette édition est masqué" in page


def test_without_editions_the_page_says_what_is_to_come() -> None:
    bare = {key: value for key, value in FILE.items() if key != "evaluation"}
    pages = rendered(of_territory(Territory.model_validate(bare)))
    assert "Le point de départ sera figé à l’adoption du diagnostic" in pages["evaluation/index.md"]
    assert not any(path.startswith("editions") for path in pages)
