"""The portrait of a member commune: its key figures in words, its place, what concerns it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_render import FULL, by_path
from testville import (
    BOURG,
    HAMEAU,
    HOUSING,
    TERRITORY,
    TESTVILLE,
    VACANCY,
    dwellings_finding,
    measure,
    member,
    of_territory,
)

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import (
    Comparison,
    Diagnostic,
    Finding,
    Highlight,
    MemberDiagnostic,
    ThemeDiagnostic,
)
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.position import Rank
from ctgsite.pages.decided import plan_of_commune
from ctgsite.pages.portrait import (
    FEWEST_FACTS,
    MOST_FACTS,
    fact_findings,
    facts,
    key_figures,
    lead_sentence,
    neighbours,
    rank_sentence,
)
from ctgsite.pages.render import render_pages
from ctgsite.pages.view import SiteView

ROOT = "../../"
PATH = f"communes/{BOURG.code}/index.md"


def of_bourg(finding: Finding, *highlights: Finding) -> MemberDiagnostic:
    told = tuple(Highlight(f, f.comparisons[0], 1.0) for f in highlights)
    findings = (finding, *(f for f in highlights if f != finding))
    return MemberDiagnostic(BOURG, (ThemeDiagnostic(HOUSING, findings, ()),), told)


def own(value: float = 9.3, *, caution: bool = False, name: str = VACANCY.id) -> Finding:
    """Return the commune's vacancy beside its territory's, 10th of 31 communes."""
    indicator = replace(VACANCY, id=name)
    here = measure(indicator, BOURG, value, caution=caution)
    there = measure(indicator, TERRITORY, 8.6)
    verdict = Verdict.PLUS if value > 8.6 else Verdict.MOINS
    positions = () if caution else (Rank(10, 22, 31, "communes du Pays d’Essai"),)
    return Finding(
        indicator, BOURG, here, (Comparison(TERRITORY, here, there, verdict),), positions
    )


def test_a_key_figure_says_its_year_its_benchmark_and_its_place_in_words(
    diagnostic: Diagnostic,
) -> None:
    (key,) = key_figures(SiteView(diagnostic), of_bourg(own()), ROOT)
    assert (key.name, key.value, key.unit) == ("Part des logements vacants", "9,3", "%")
    assert key.text == (
        "En 2018. C’est plus que dans la communauté de communes du Pays d’Essai (8,6\u202f%). "
        "C’est la 10e des 31\u00a0communes comparables, de la valeur la plus haute à la plus basse."
    )
    assert key.link == "../../thematiques/logement/index.md#part_logements_vacants"


def test_a_figure_on_few_cases_is_neither_compared_nor_ranked(diagnostic: Diagnostic) -> None:
    (key,) = key_figures(SiteView(diagnostic), of_bourg(own(caution=True)), ROOT)
    assert "prudence" in key.text
    assert "plus que" not in key.text
    assert "comparables" not in key.text


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (Rank(1, 31, 31, ""), "C’est la valeur la plus élevée des 31\u00a0communes comparables."),
        (Rank(30, 2, 31, ""), "C’est la 2e valeur la plus basse des 31\u00a0communes comparables."),
        (Rank(1, 1, 31, ""), ""),
    ],
)
def test_a_rank_near_an_end_is_told_from_that_end(rank: Rank, expected: str) -> None:
    assert rank_sentence(rank) == expected


def test_what_is_a_key_figure_already_comes_back_only_where_facts_are_few(
    diagnostic: Diagnostic,
) -> None:
    others = [own(name=f"autre_{at}") for at in range(MOST_FACTS + 2)]
    many = fact_findings(diagnostic, of_bourg(own(), own(), *others))
    assert [f.indicator.id for f in many] == [f"autre_{at}" for at in range(MOST_FACTS)]
    few = fact_findings(diagnostic, of_bourg(own(), own(), others[0]))
    assert [f.indicator.id for f in few] == ["autre_0", VACANCY.id]
    assert len(few) < FEWEST_FACTS


def test_a_fact_leads_to_its_chart_on_the_page_or_to_the_territorys(diagnostic: Diagnostic) -> None:
    view, commune = SiteView(diagnostic), of_bourg(own(), own())
    (here,) = facts(view, commune, ROOT, {VACANCY.id})
    (away,) = facts(view, commune, ROOT, set())
    assert here.link == f"#{VACANCY.id}"
    assert away.link == f"../../thematiques/logement/index.md#{VACANCY.id}"
    assert here.text.startswith("9,3\u202f% en 2018, contre 8,6\u202f%.")


def with_populations(diagnostic: Diagnostic, *values: float | None) -> Diagnostic:
    """Return the diagnostic with a population for each of its communes, as a key figure."""
    count = dwellings_finding()
    population = replace(count.indicator, id="population")
    areas = (TESTVILLE, BOURG, HAMEAU)
    members = tuple(
        (area, measure(population, area, value, "2021"))
        for area, value in zip(areas, values, strict=True)
    )
    return replace(diagnostic, key_figures=(replace(count, indicator=population, members=members),))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((100, 900, 300), "la plus peuplée\u00a0: 900\u00a0habitants en 2021."),
        ((1000, 900, 300), "la 2e par sa population\u00a0: 900\u00a0habitants en 2021."),
        (
            (1000, 900, None),
            "la 2e parmi les 2 dont la population est connue\u00a0: 900\u00a0habitants en 2021.",
        ),
    ],
)
def test_the_lead_places_the_commune_by_its_population(
    diagnostic: Diagnostic, values: tuple[float | None, ...], expected: str
) -> None:
    told = lead_sentence(with_populations(diagnostic, *values), member(BOURG, 9.3))
    assert told.startswith("Le Bourg-Fictif (code 00001) est l’une des 3\u00a0communes ")
    assert told.endswith(expected)


def plan(*communes: tuple[str, ...]) -> Diagnostic:
    actions = [
        {"id": f"f-{at}", "titre": f"Fiche {at}", "statut": "en_cours", "communes": list(codes)}
        if codes
        else {"id": f"f-{at}", "titre": f"Fiche {at}"}
        for at, codes in enumerate(communes)
    ]
    axes = [{"id": "axe", "titre": "Axe", "objectifs": [{"titre": "O", "actions": actions}]}]
    return of_territory(Territory.model_validate(FULL | {"priorites": axes}))


def test_the_fiches_that_name_a_commune_come_with_their_state() -> None:
    found = plan_of_commune(plan((BOURG.code,), (HAMEAU.code,), ()), BOURG.code)
    assert [(one.title, one.state) for one in found.named] == [("Fiche 0", "en cours")]
    assert found.everywhere == (
        "S’y ajoute 1\u00a0fiche action qui concerne toutes les communes du territoire."
    )


def test_a_plan_that_names_the_commune_nowhere_says_so(diagnostic: Diagnostic) -> None:
    assert plan_of_commune(plan((HAMEAU.code,)), BOURG.code).everywhere == (
        "Aucune fiche action ne nomme cette commune."
    )
    assert "encore publiée" in plan_of_commune(diagnostic, BOURG.code).everywhere


def test_one_goes_from_a_commune_to_the_next(diagnostic: Diagnostic) -> None:
    first, middle, last = diagnostic.members
    assert neighbours(diagnostic, first) == (None, BOURG)
    assert neighbours(diagnostic, middle) == (TESTVILLE, HAMEAU)
    assert neighbours(diagnostic, last) == (BOURG, None)


def test_the_page_folds_its_tables_and_tells_its_address(
    diagnostic: Diagnostic, templates: Path
) -> None:
    page = by_path(render_pages(diagnostic, templates))[PATH].markdown
    assert '<details class="ctg-pli" id="logement" open markdown="block"><summary>Logement' in page
    assert f"portrait de commune\u00a0: communes/{BOURG.code}/index.html" in page
    public = Territory.model_validate(FULL | {"url_publique": "https://exemple.fr/essai"})
    page = by_path(render_pages(of_territory(public), templates))[PATH].markdown
    assert f"https://exemple.fr/essai/communes/{BOURG.code}/index.html" in page
