"""What producers publish of an area comes out of its communes, for every area of France.

Each published aggregate of the producers' files that rests on counts is recomputed from the figures
of the communes, on today's areas. Areas that do not come out are listed by name, with the reason:
the list is exact, so that one more, or one less, fails.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources.store import read_store

pytestmark = [pytest.mark.reference_data, pytest.mark.xdist_group("imported")]

Wide = Callable[[str, str, str], pd.DataFrame]

EXACT = 1e-6  # shares are republished at full precision
ONE_DECIMAL = 0.05 + 1e-9
ONE_PERSON = 0.5


@pytest.fixture(scope="session")
def wide(imported_store: Path) -> Wide:
    """Return the figures of a dataset at a level in a year: a row an area, a column a variable."""
    frame = read_store(imported_store).frame

    def table(dataset: str, level: str, year: str) -> pd.DataFrame:
        rows = frame["dataset"].eq(dataset) & frame["level"].eq(level) & frame["year"].eq(year)
        found = frame.loc[rows, ["code", "variable", "value"]].astype({"code": str})
        return found.astype({"variable": str}).pivot(
            index="code", columns="variable", values="value"
        )

    return table


def differing(ours: pd.Series, published: pd.Series, within: float, fewest: int) -> set[str]:
    """Return the areas where two figures differ; enough of them must have both."""
    both = pd.concat([ours.rename("ours"), published.rename("published")], axis=1).dropna()
    assert len(both) >= fewest, len(both)
    gap = (both["ours"] - both["published"]).abs()
    return set(gap.index[gap > within])


def legal(folder: Path, name: str, code: str) -> pd.Series:
    """Return the legal populations that a sheet of Insee's workbook of 2018 publishes."""
    rows = CalamineWorkbook.from_path(folder / "insee-population" / "ensemble.xlsx")
    cells = rows.get_sheet_by_name(name).to_python()
    head = next(place for place, row in enumerate(cells) if row[0] == code)
    frame = pd.DataFrame(cells[head + 1 :], columns=[str(cell) for cell in cells[head]])
    frame = frame[pd.to_numeric(frame["Population municipale"], errors="coerce").notna()]
    own = frame.columns[frame.columns.str.startswith("Code")]
    codes = frame[own[-1]].astype(str).str.removesuffix(".0").str.zfill(2)
    return pd.Series(frame["Population municipale"].to_numpy(float), index=codes.to_numpy())


# Shares of the census of 2018 by EPCI, at full precision.


@pytest.mark.parametrize(
    ("published", "above", "below"),
    [
        ("LOG.1ry_res", "P_RP", "P_LOG"),
        ("LOG.2ry_res", "P_RSECOCC", "P_LOG"),
        ("LOG.Vacant_Home", "P_LOGVAC", "P_LOG"),
        ("LOG.1ry_res_Owner", "P_RP_PROP", "P_RP"),
    ],
)
def test_the_shares_of_dwellings_of_epci_come_out_of_their_communes(wide, published, above, below):
    sums = wide("insee-comparateur", "epci", "2018")
    shares = wide("insee-rp2018-epci", "epci", "2018")[published]
    assert differing(100 * sums[above] / sums[below], shares, EXACT, 1_170) == set()


# Mortality between the censuses of 2013 and 2018, rounded to a tenth.


@pytest.mark.parametrize(
    ("level", "fewest"), [("epci", 1_190), ("departement", 100), ("region", 17)]
)
def test_the_rates_of_mortality_come_out_of_deaths_and_populations(wide, level, fewest):
    deaths = wide("insee-comparateur", level, "2013-2018")["DECE"]
    people = [wide("insee-comparateur", level, year)["P_POP"] for year in ("2013", "2018")]
    rates = 1000 * deaths / 5 / ((people[0] + people[1]) / 2)
    published = wide("insee-mortalite", level, "2013-2018")["TX_MORTA"]
    assert differing(rates, published, ONE_DECIMAL, fewest) == set()


# Populations: five publications of one census.


@pytest.mark.parametrize(("sheet", "code", "level", "fewest"), [
    ("Départements", "Code région", "departement", 100),
    ("Régions", "Code région", "region", 17),
])  # fmt: skip
@pytest.mark.parametrize(
    "source", [("insee-comparateur", "P_POP"), ("insee-populations-legales", "PMUN")]
)
def test_the_legal_populations_of_2018_come_out_of_those_of_the_communes(
    reference_data, wide, sheet, code, level, fewest, source
):
    dataset, variable = source
    ours = wide(dataset, level, "2018")[variable]
    assert differing(ours, legal(reference_data, sheet, code), EXACT, fewest) == set()


def test_the_legal_population_of_each_commune_is_that_of_the_census(wide):
    census = wide("insee-comparateur", "commune", "2018")["P_POP"]
    published = wide("insee-populations-legales", "commune", "2018")["PMUN"]
    assert differing(census, published, EXACT, 34_800) == set()


@pytest.mark.parametrize("year", ["2016", "2018", "2021"])
@pytest.mark.parametrize(
    ("level", "fewest"), [("commune", 34_600), ("epci", 1_060), ("departement", 30)]
)
def test_two_publications_of_the_same_populations_agree(wide, year, level, fewest):
    ours = wide("insee-populations-annuelles", level, year)["P_POP"]
    published = wide("insee-populations-legales", level, year)["PMUN"]
    assert differing(ours, published, EXACT, fewest) == set()


# Neighbours whose boundary moved between the geographies of the two files (2015 and 2021).
REDRAWN = (("38030", "38332"), ("76549", "76699"))


def test_the_populations_of_2013_agree_but_where_a_boundary_moved(wide):
    ours = wide("insee-populations-annuelles", "commune", "2013")["P_POP"]
    published = wide("insee-comparateur", "commune", "2013")["P_POP"]
    moved = {code for pair in REDRAWN for code in pair}
    assert differing(ours, published, EXACT, 34_000) == moved
    gap = ours - published
    assert all(gap[one] == -gap[other] for one, other in REDRAWN)


# Estimates on 1 January: final up to 2018, and then those of the census.


@pytest.mark.parametrize("source", [
    *(("insee-populations-annuelles", str(year), 15) for year in range(2013, 2019)),
    ("insee-comparateur", "2018", 100),
])  # fmt: skip
def test_the_final_estimates_of_departements_are_their_communes_census(wide, source):
    dataset, year, fewest = source
    ours = wide(dataset, "departement", year)["P_POP"]
    published = wide("insee-estimations-age", "departement", year)["E_TOT"]
    assert differing(ours, published, ONE_PERSON, fewest) == set()


# A commune of each pair of départements changed sides, with the merger that it took part in.
MOVED = {
    ("02", "51"): "Gernicourt, in Cormicy since the end of 2016",
    ("14", "50"): "Pont-Farcy, in Tessy-Bocage since 2018",
    ("44", "49"): "Freigné, in Vallons-de-l’Erdre since 2018",
}


def test_the_estimates_of_2013_are_those_of_the_departements_of_then(wide):
    ours = wide("insee-comparateur", "departement", "2013")["P_POP"]
    published = wide("insee-estimations-age", "departement", "2013")["E_TOT"]
    assert differing(ours, published, ONE_PERSON, 100) == {code for pair in MOVED for code in pair}
    gap = ours - published
    assert all(gap[one] == -gap[other] for one, other in MOVED)


@pytest.mark.parametrize("year", ["2019", "2020", "2021"])
def test_provisional_estimates_are_within_three_percent_of_the_census(wide, year):
    """The edition of 2021 was provisional from 2019 on; the census came later."""
    ours = wide("insee-populations-annuelles", "departement", year)["P_POP"]
    published = wide("insee-estimations-age", "departement", year)["E_TOT"]
    ratio = (ours / published).dropna()
    assert len(ratio) > 80
    assert ratio.between(0.97, 1.03).all()


# Incomes: households, whose small communes have no row, and the identities of shares.


# Households are whole; persons are rounded, in each département, to the nearest.
@pytest.mark.parametrize(("variable", "rounding"), [("NBMEN", 0.0), ("NBPERS", 0.5)])
@pytest.mark.parametrize("year", ["2016", "2018"])
def test_the_households_of_departements_are_those_of_their_region_and_of_france(
    wide, year, variable, rounding
):
    own = wide("insee-filosofi", "departement", year)[variable]
    region = pd.Series(dict(embedded_geography().region_of))
    sums = own.groupby(region.reindex(own.index)).sum(min_count=1)
    published = wide("insee-filosofi", "region", year)[variable]
    assert differing(sums, published, rounding * 14, 15) == set()  # 13 départements at most
    mainland = own[~own.index.str.startswith("97")].sum()
    france = wide("insee-filosofi", "france", year).loc["FRANCE", variable]
    assert abs(mainland - france) <= rounding * 97


@pytest.mark.parametrize("year", ["2016", "2018"])
@pytest.mark.parametrize(
    ("level", "fewest"), [("epci", 1_170), ("departement", 98), ("region", 15), ("france", 1)]
)
def test_the_kinds_of_income_add_up(wide, year, level, fewest):
    table = wide("insee-filosofi", level, year).dropna(subset=["PACT", "PTSA"])
    assert len(table) >= fewest
    whole = table[["PACT", "PPEN", "PPAT", "PPSOC", "PIMPOT"]].sum(axis=1)
    work = table[["PTSA", "PCHO", "PBEN"]].sum(axis=1)
    benefits = table[["PPFAM", "PPMINI", "PPLOGT"]].sum(axis=1)
    assert np.allclose(whole, 100, atol=1e-6)
    # Each published share is rounded to a tenth: three of them may be a tenth off their sum.
    assert (work - table["PACT"]).abs().max() <= 0.1 + EXACT
    assert (benefits - table["PPSOC"]).abs().max() <= 0.1 + EXACT


@pytest.mark.parametrize("year", ["2016", "2018"])
@pytest.mark.parametrize("level", ["epci", "departement", "region", "france"])
def test_the_ratio_of_deciles_comes_out_of_the_deciles(wide, year, level):
    table = wide("insee-filosofi", level, year)
    # The deciles of 2018 are rounded to ten euros, which adds a thousandth to the half tenth.
    assert differing(table["D9"] / table["D1"], table["RD"], 0.052, 1) == set()


def test_the_incomes_of_2019_are_the_same_in_two_files(wide):
    one, other = (wide(name, "commune", "2019") for name in ("insee-comparateur", "insee-filosofi"))
    assert differing(one["MED"], other["MED"], EXACT, 31_000) == set()
    assert differing(one["NBMENFISC"], other["NBMEN"], EXACT, 31_000) == set()


# Social dwellings, ages, estimates.


def test_the_parts_of_the_social_dwellings_are_the_whole_wherever_they_are_published(wide):
    table = wide("sdes-rpls", "commune", "2024")
    parts = table.drop(columns="NB_LS")
    assert differing(parts.sum(axis=1, skipna=False), table["NB_LS"], EXACT, 11_000) == set()


@pytest.mark.parametrize("year", ["1990", "2013", "2018", "2021"])
def test_the_ages_and_sexes_of_the_estimates_are_their_totals(wide, year):
    table = wide("insee-estimations-age", "departement", year)
    for sex in "EHF":
        ages = table[[name for name in table if name.startswith(f"{sex}_") and name[-3:] != "TOT"]]
        sums = ages.sum(axis=1, skipna=False)  # overseas, those of 1990 stop at 90 years
        assert differing(sums, table[f"{sex}_TOT"], ONE_PERSON, 96) == set()
    assert differing(table["H_TOT"] + table["F_TOT"], table["E_TOT"], ONE_PERSON, 96) == set()


# EPCI whose published incomes are about other communes than today's: the file of 2016 is on the
# EPCI of the beginning of 2017, that of 2018 on those of 2019. Nothing in the files says which they
# were; the households of the communes, where all are published, show which have changed.
OTHER_PERIMETER = {
    "2018": """
        200023794 200067346 200069177 200070571 200071546 200072130 200072478 243301181 245100888
        247700339
    """,
    "2016": """
        200000172 200006971 200018406 200023794 200033181 200034692 200034825 200040574 200040590
        200041168 200042190 200043081 200065787 200065894 200066587 200066652 200066827 200067155
        200067197 200067346 200067874 200067999 200069177 200069581 200069722 200069821 200069961
        200070167 200070571 200070647 200070944 200071116 200071363 200071538 200071546 200071843
        200072130 200072478 200072874 200072981 200073112 241400415 241500255 241800507 242700607
        243301181 243301215 243900610 244100780 244100806 244900015 244900809 245100888 245901152
        246000707 246700959 246900740 247200348 247200629 247400617 247700339 247700594 248000499
        248000531 248400251
    """,
}


@pytest.mark.parametrize("year", ["2016", "2018"])
def test_the_households_of_epci_come_out_of_their_communes(wide, reference_data, year):
    geography = embedded_geography().communes["epci"]
    communes = wide("insee-filosofi", "commune", year)["NBMEN"].reindex(geography.index)
    whole = communes.isna().groupby(geography.astype(str)).sum().eq(0)
    sums = communes.groupby(geography.astype(str)).sum()[whole]
    published = filosofi_epci(reference_data, year).reindex(
        wide("insee-filosofi", "epci", year)["MED"].dropna().index
    )
    others = set(OTHER_PERIMETER[year].split())
    assert differing(sums, published, ONE_PERSON, 600) == others


def filosofi_epci(folder: Path, year: str) -> pd.Series:
    """Return the households of EPCI as Insee publishes them."""
    path = folder / "insee-filosofi" / f"FILO{year}_DISP_EPCI.csv"
    frame = pd.read_csv(path, sep=";", decimal=",", dtype={"CODGEO": str}, encoding="utf-8-sig")
    return frame.set_index("CODGEO")[f"NBMEN{year[2:]}"].astype(float)
