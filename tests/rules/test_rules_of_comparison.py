"""Like with like: what is compared, ranked, singled out or followed in time, and what never is.

Where a rule is a condition, its test also shows what the same figures give without it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctgsite import knowledge
from ctgsite.diagnostic.benchmarks import COMPARABLES
from ctgsite.diagnostic.findings import Setting, find
from ctgsite.diagnostic.highlights import candidate
from ctgsite.diagnostic.model import Comparison, Finding
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict, compare, contrast
from ctgsite.indicators.model import Kind
from ctgsite.indicators.peers import Peers, comparables_measure, find_peers
from ctgsite.indicators.position import position
from ctgsite.indicators.trend import trend
from ctgsite.pages.charts.composition import composition_rows
from ctgsite.pages.sentences import (
    heading,
    label,
    range_sentence,
    reading,
)
from ctgsite.pages.trend_sentences import trend_sentence
from ctgsite.sources.census import overlap
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.observations import Status
from ctgsite.sources.usage import Usage

HERE = Area(Level.COMMUNE, "31541", "Seilh")
THERE = Area(Level.DEPARTEMENT, "31", "Haute-Garonne", 3)


@pytest.fixture
def there(typed):
    """Build a measure of the benchmark."""
    return lambda *args, **changes: typed(*args, level=Level.DEPARTEMENT, code="31", **changes)


def embedded(indicator: str, code: str, *benchmarks: Area, level: Level = Level.COMMUNE) -> Finding:
    """Return what the embedded figures say of a place."""
    evidence = knowledge.evidence(None)
    setting = Setting(evidence.geography.area(level, code), benchmarks)
    return find(evidence.catalogue.indicators[indicator], setting, evidence)


# Comparisons: one year, one source, one series.


def test_figures_of_different_years_are_not_compared(share, typed, there):
    found = compare(share, [typed(10.0, "2018")], [there(30.0, "2013")], there(None))
    assert (found.verdict, found.there.value) == (Verdict.INCONNU, None)
    assert "Pas de millésime commun" in found.there.note


def test_the_latest_common_year_is_compared_where_the_latest_is_not_common(share, typed, there):
    mine = [typed(10.0, "2013"), typed(12.0, "2016"), typed(14.0, "2021")]
    found = compare(share, mine, [there(30.0, "2013"), there(32.0, "2016")], there(None))
    assert (found.here.year, found.there.year) == ("2016", "2016")


def test_incomes_are_compared_on_a_year_that_both_levels_have():
    finding = embedded("niveau_vie_median", "31557", THERE)
    (compared,) = finding.comparisons
    assert finding.measure.year == "2021"
    assert compared.here.year == compared.there.year == "2018"


@pytest.mark.parametrize("other", [{"dataset": "estimations"}, {"vintage": "RP 2017"}])
def test_figures_of_two_sources_or_editions_are_not_compared(share, typed, there, other):
    alike, unlike = there(30.0), there(30.0, **other)
    assert compare(share, [typed()], [alike], there(None)).verdict is Verdict.MOINS
    found = compare(share, [typed()], [unlike], there(None))
    assert (found.verdict, found.there.value) == (Verdict.INCONNU, None)
    assert "sources ou de séries différentes" in found.there.note


def test_counts_of_areas_of_different_sizes_are_not_compared(share, typed, there):
    kinds = {kind: replace(share.formulas[0], kind=kind) for kind in (Kind.SOMME, Kind.RAPPORT)}
    verdicts = {
        kind: contrast(replace(share, formulas=(formula,)), typed(10.0), there(30.0)).verdict
        for kind, formula in kinds.items()
    }
    assert verdicts == {Kind.SOMME: Verdict.INCONNU, Kind.RAPPORT: Verdict.MOINS}


def test_a_difference_within_the_margin_is_close_and_told_as_such(share, typed, there):
    wide = replace(share, minimum_difference=2.0)
    pair = (typed(10.0), there(11.9))
    assert contrast(share, *pair).verdict is Verdict.MOINS
    assert contrast(wide, *pair).verdict is Verdict.PROCHE
    compared = Comparison(THERE, *pair, Verdict.PROCHE)
    told = reading(Finding(wide, HERE, pair[0], (compared,)))
    assert "un chiffre proche de celui" in told
    assert "contre" not in told


def test_the_few_of_a_village_differ_only_beyond_chance(share, typed, there):
    village, town = (
        typed(10.0, numerator=size / 10, denominator=size, dataset="insee-comparateur")
        for size in (200.0, 200_000.0)
    )
    whole = there(12.0, numerator=12e4, denominator=1e6, dataset="insee-comparateur")
    assert contrast(share, village, whole).verdict is Verdict.PROCHE
    assert contrast(share, town, whole).verdict is Verdict.MOINS


# Whole percents.


@pytest.mark.parametrize(
    ("gap", "verdict"), [(0.9, Verdict.PROCHE), (1.0, Verdict.PLUS), (-0.9, Verdict.PROCHE)]
)
def test_shares_of_rsa_less_than_a_point_apart_are_close(catalogue, typed, there, gap, verdict):
    rsa = catalogue.indicators["part_menages_rsa"]
    assert contrast(rsa, typed(5.0 + gap), there(5.0)).verdict is verdict


def test_a_share_of_rsa_is_neither_ranked_nor_singled_out(catalogue, typed, there, shares):
    rsa = replace(catalogue.indicators["part_menages_rsa"], id="part")
    figures = shares([float(n) for n in range(20)])
    codes = [f"{n:05}" for n in range(20)]
    mine = figures.at("part", Level.COMMUNE, "00019", "2018")
    compared = Comparison(THERE, mine, there(2.0), Verdict.PLUS)
    finding = Finding(rsa, HERE, mine, (compared,))
    assert position(rsa, figures, mine, codes, "communes") is None
    assert candidate(finding, lambda _: 5.0) is None
    free = replace(rsa, ranked=True, highlight=True)
    assert position(free, figures, mine, codes, "communes") is not None
    assert candidate(replace(finding, indicator=free), lambda _: 5.0) is not None


def test_communes_are_not_named_at_either_end_of_what_is_never_ranked(catalogue, typed):
    ips = catalogue.indicators["ips_moyen_ecoles"]
    members = tuple(
        (Area(Level.COMMUNE, f"0000{n}", f"Commune {n}"), typed(100.0 + n)) for n in range(4)
    )
    finding = Finding(ips, HERE, typed(100.0), members=members)
    assert range_sentence(finding) == ""
    assert range_sentence(replace(finding, indicator=replace(ips, ranked=True))) != ""


# Small numbers.


def test_a_figure_on_few_cases_has_no_rank(share, shares):
    values = [float(n) for n in range(20)]
    codes = [f"{n:05}" for n in range(20)]
    indicator = replace(share, id="part")
    for few, ranked in (([], True), ([True, *[False] * 19], False)):
        figures = shares(values, caution=few)
        mine = figures.at("part", Level.COMMUNE, "00000", "2018")
        assert (position(indicator, figures, mine, codes, "communes") is not None) is ranked


def test_a_figure_on_few_cases_is_no_place_in_the_rank_of_others(share, shares):
    figures = shares([float(n) for n in range(20)], caution=[*[False] * 10, *[True] * 10])
    mine = figures.at("part", Level.COMMUNE, "00000", "2018")
    codes = [f"{n:05}" for n in range(20)]
    ranked = position(replace(share, id="part"), figures, mine, codes, "communes")
    assert (ranked.rank, ranked.size) == (10, 10)


@pytest.mark.parametrize("few", [True, False])
def test_a_figure_on_few_cases_is_no_highlight_and_states_no_difference(share, typed, there, few):
    mine = typed(30.0, caution=few)
    finding = Finding(share, HERE, mine, (Comparison(THERE, mine, there(10.0), Verdict.PLUS),))
    assert (candidate(finding, lambda _: 5.0) is None) is few
    assert (heading(finding) == share.wording.plain) is few


def test_every_share_of_counts_of_the_census_has_a_threshold_of_200(catalogue):
    descriptions = load_descriptions()
    without = {
        found.id
        for found in catalogue.indicators.values()
        for formula in found.formulas
        if formula.kind is Kind.RAPPORT and descriptions[formula.dataset].usage.rolling
        if found.caution_threshold < 200
    }
    assert without == {"densite"}  # its denominator is an area


# Medians and peers.


def test_the_peers_figure_is_their_median_and_says_so(share, typed, shares):
    figures = shares([1.0, 2.0, 3.0, 4.0, 5.0, 99.0])
    peers = Peers(tuple((f"{n:05}", 1.0) for n in range(6)), ())
    found = comparables_measure(replace(share, id="part"), figures, peers, Level.COMMUNE, typed())
    assert (found.value, found.note) == (3.5, "Médiane de 6 territoires comparables.")
    assert label(COMPARABLES) == "Territoires comparables (médiane)"
    told = Comparison(COMPARABLES, typed(30.0), found, Verdict.PLUS)
    assert "contre une médiane de" in reading(Finding(share, HERE, typed(30.0), (told,)))


def test_medians_of_peers_make_no_whole(share, typed, there):
    mine, area = typed(30.0), replace(COMPARABLES)
    comparisons = tuple(
        Comparison(benchmark, mine, there(10.0), Verdict.PLUS) for benchmark in (area, THERE)
    )
    rows = composition_rows([Finding(share, HERE, mine, comparisons)] * 2)
    assert [name for name, _ in rows] == ["Seilh", "Haute-Garonne"]


@pytest.mark.parametrize("told", [True, False], ids=["with the rule", "without it"])
def test_an_index_with_a_reference_per_region_is_not_compared_with_peers_elsewhere(told):
    evidence = knowledge.evidence(None)
    if not told:
        inr = evidence.descriptions["anct-inr"]
        lax = inr.model_copy(update={"coverage": inr.coverage.model_copy(update={"reference": ""})})
        evidence = replace(evidence, descriptions={**evidence.descriptions, "anct-inr": lax})
    seilh = evidence.geography.area(Level.COMMUNE, "31541")
    setting = Setting(seilh, (COMPARABLES,), (find_peers(evidence.figures, seilh), Level.COMMUNE))
    indicator = evidence.catalogue.indicators["indice_fragilite_numerique"]
    (compared,) = find(indicator, setting, evidence).comparisons
    assert (compared.there.status is Status.ABSENT) is told


# Trends.


def test_vintages_of_the_census_that_share_a_survey_are_not_compared(typed, catalogue, monkeypatch):
    population = catalogue.indicators["population"]
    legal = {"dataset": "insee-populations-legales"}
    series = [typed(1000.0, year, **legal) for year in ("2016", "2021")]
    assert trend(population, series) is None
    assert trend(population, [*series, typed(1100.0, "2022", **legal)]).first.year == "2016"
    lax = {"insee-populations-legales": load_descriptions()["insee-populations-legales"].model_copy(
        update={"usage": Usage()}
    )}  # fmt: skip
    monkeypatch.setattr("ctgsite.indicators.trend.load_descriptions", lambda: lax)
    assert trend(population, series) is not None


@pytest.mark.parametrize(
    ("first", "last"),
    [(2008, 2013), (2013, 2018), (2013, 2019), (2014, 2020), (2015, 2021), (2011, 2016),
     (2016, 2022)],
)  # fmt: skip
def test_insees_own_files_space_vintages_that_share_no_survey(first, last):
    assert not overlap(first, last)
    assert overlap(first + 1, last)


@pytest.mark.parametrize(("gap", "compared"), [(1, True), (4, True), (5, False)])
def test_vintages_stand_as_far_apart_as_the_indicator_asks(share, typed, gap, compared):
    series = [typed(10.0, "2014"), typed(20.0, "2018")]
    assert (trend(replace(share, trend_gap=gap), series) is not None) is compared


def test_no_trend_crosses_two_sources(share, typed):
    indicator = replace(share, trend_gap=1)
    assert trend(indicator, [typed(10.0, "2016"), typed(20.0, "2018")]) is not None
    assert trend(indicator, [typed(10.0, "2016", dataset="autre"), typed(20.0, "2018")]) is None


def test_no_trend_rests_on_few_cases(share, typed):
    indicator = replace(share, trend_gap=1)
    assert trend(indicator, [typed(10.0, "2016", caution=True), typed(20.0, "2018")]) is None


def of_variables(dataset: str, year: str):
    """Return the ids whose formulas use a variable that the dataset breaks in a year."""
    broken = {
        name
        for item in load_descriptions()[dataset].breaks
        if item.year == year
        for name in item.variables
    }
    return sorted(
        found.id
        for found in knowledge.catalogue().indicators.values()
        for formula in [one for one in found.formulas if one.dataset == dataset][:1]
        if broken & {term.variable for term in (*formula.numerator, *formula.denominator)}
    )


BROKEN = [
    *((name, "2018", "2019") for name in of_variables("insee-caf-iris", "2019")),
    *((name, "2018", "2024") for name in of_variables("insee-qpv", "2024")),
    *((name, "2021", "2023") for name in ("niveau_vie_median", "taux_pauvrete", "part_impots")),
]


@pytest.mark.parametrize(("name", "before", "after"), BROKEN)
def test_no_trend_crosses_a_break_of_series(catalogue, typed, name, before, after):
    indicator = replace(catalogue.indicators[name], trend_gap=1)
    series = [typed(1000.0, before), typed(2000.0, after)]
    assert trend(indicator, series) is None
    assert trend(replace(indicator, breaks=()), series) is not None


def test_the_break_of_2019_concerns_counts_children_and_single_parents():
    names = {name for name, before, _ in BROKEN if before == "2018"}
    assert names >= {
        "foyers_allocataires", "personnes_couvertes_caf", "allocataires_prime_activite",
        "allocataires_monoparentaux", "enfants_0_2_ans_caf", "jeunes_15_17_ans_caf",
        "part_population_couverte_caf",
    }  # fmt: skip


def test_no_sentence_goes_across_the_widening_of_the_prime_dactivite():
    finding = embedded("allocataires_prime_activite", "31557")
    years = {measure.year: measure.value for measure in finding.series}
    assert (years["2018"], years["2019"]) == (1145.0, 1738.0)
    assert finding.trend.first.year == "2019"
    told = trend_sentence(finding)
    assert "2018" not in told
    assert "2016" not in told
