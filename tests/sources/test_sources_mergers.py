"""Laws of harmonising, on INSEE's real file of movements: nobody is lost, nobody is counted twice.

The France of 1 January 2024 is read from the producers' files in the layout of a fetch. An account
of our own, made here by undoing and following each movement by its date, says what must come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from geography_layouts import NO_EPCI, write_cog, write_epci, write_passage
from hypothesis import given, settings
from hypothesis import strategies as st
from small_france import N, describe

from ctgsite.geography.areas import Level
from ctgsite.geography.cog import Geography, departement_code
from ctgsite.geography.embedded import embedded_geography
from ctgsite.geography.producers import read_producers
from ctgsite.sources.geography import read_fetched_geography
from ctgsite.sources.harmonise import Harmonised, harmonise
from ctgsite.sources.levels import higher_levels
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Panel, empty_panel

pytestmark = pytest.mark.reference_data

LAST = 2024  # of the movements at hand
YEARS = range(2010, LAST + 1)
# Communes on 1 January as INSEE counts them, Mayotte included.
COUNTED = {2011: 36_697, 2012: 36_700, 2013: 36_681, 2015: 36_658, 2016: 35_885, 2017: 35_416,
           2018: 35_357, 2019: 34_970, 2020: 34_968, 2021: 34_965, 2022: 34_955, 2023: 34_945,
           2024: 34_935}  # fmt: skip


Outcome = Callable[[int], tuple[Panel, Harmonised]]


class Account(NamedTuple):
    """Our own account: the communes of each year, and today's that each became."""

    communes: Mapping[int, frozenset[str]]
    heirs: Mapping[int, Mapping[str, frozenset[str]]]


@cache
def account(data: Path) -> Account:
    events = _read(data / "insee-geo" / "cog2024_mouvements-communes.csv.gz")
    cog = _read(data / "insee-geo" / "cog2024_communes.csv.gz")
    standing = set(cog.loc[cog["TYPECOM"] == "COM", "COM"])
    becomes = {code: frozenset({code}) for code in standing}
    communes, heirs = {LAST: frozenset(standing)}, {LAST: dict(becomes)}
    both = events[(events["TYPECOM_AV"] == "COM") & ~events["MOD"].isin(["70", "71"])]
    days = {str(day): rows for day, rows in both.groupby("DATE_EFF")}
    for year in range(LAST - 1, YEARS[0] - 1, -1):
        since, until = f"{year}-01-01", f"{year + 1}-01-01"
        for day in sorted((day for day in days if since < day <= until), reverse=True):
            standing, becomes = _undone(days[day], standing, becomes)
        communes[year], heirs[year] = frozenset(standing), dict(becomes)
    return Account(communes, heirs)


def _undone(
    rows: pd.DataFrame, standing: set[str], becomes: Mapping[str, frozenset[str]]
) -> tuple[set[str], dict[str, frozenset[str]]]:
    """Return the communes before a day's changes, and what they are today."""
    to: dict[str, set[str]] = defaultdict(set)
    for row in rows.itertuples():
        if row.TYPECOM_AP == "COM":
            to[row.COM_AV].add(row.COM_AP)
    given = set().union(*to.values())
    lasted_a_day = {code for code in given & set(to) if code not in standing}
    for code in lasted_a_day:
        for heirs in to.values():
            if code in heirs:
                heirs.update(to[code])
                heirs.discard(code)
    before = (standing - given) | (set(to) - lasted_a_day)
    return before, {
        code: frozenset().union(*(becomes[heir] for heir in to.get(code, {code})))
        for code in before
    }


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def ours(reference_data: Path) -> Account:
    return account(reference_data)


@pytest.fixture(scope="session")
def france(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Geography:
    """The France of 2024, from the real files in the layout of a fetch."""
    return _france(reference_data, tmp_path_factory.mktemp("fetched"))


def _france(data: Path, folder: Path) -> Geography:
    names = {"commune": "communes", "mvt_commune": "mouvements-communes"}
    names |= {"departement": "departements", "region": "regions"}
    tables = {}
    for member, name in names.items():
        path = next((data / "insee-geo").glob(f"cog2024_{name}.csv*"))
        frame = _read(path)
        tables[member] = frame.to_csv(header=False, index=False, lineterminator="\n").splitlines()
    write_cog(folder, "2024", **tables)
    communes = _read(data / "insee-geo" / "cog2024_communes.csv.gz").query("TYPECOM == 'COM'")
    epcis = pd.read_excel(data / "insee-geo" / "epcicom.xlsx", dtype=str, engine="calamine")
    siren = dict(zip(epcis["insee"], epcis["siren"], strict=True))
    members = [
        (code, name, siren.get(code, NO_EPCI), "", "", "")
        for code, name in zip(communes["COM"], communes["LIBELLE"], strict=True)
    ]
    named = epcis.drop_duplicates("siren")[["siren", "raison_sociale"]].to_numpy().tolist()
    write_epci(folder, "2024", members, [(*row, "CC", 1) for row in named])
    rows = [("COM", code, code) for code in communes["COM"]]
    write_passage(folder, "2024", rows, ("2024", "2023"))
    return read_fetched_geography(folder, embedded_geography())


@pytest.fixture(scope="session")
def outcome(ours: Account, france: Geography) -> Outcome:
    """Give a made population of a year's communes, and what it becomes on those of 2024."""

    @cache
    def of(year: int) -> tuple[Panel, Harmonised]:
        made = populations(ours.communes[year], year)
        return made, today(made, year, france)

    return of


def populations(codes: Iterable[str], year: int) -> Panel:
    """Return a made population of the communes of a year."""
    codes = sorted(codes)
    made = empty_panel("essai", "commune", pd.Index(codes, dtype=object), (N,))
    made.values[:, 0] = np.random.default_rng(year).integers(0, 100_000, len(codes))
    made.ranks[:] = RANK[Status.PUBLIE]
    return made


def today(made: Panel, year: int, geography: Geography) -> Harmonised:
    description = describe(str(year))
    return harmonise(made, description, description.files[0], geography)


def known(panel: Panel) -> dict[str, float]:
    """Return the value of each area that has one."""
    has = panel.has_value[:, 0]
    return dict(zip(panel.codes[has], panel.values[has, 0].tolist(), strict=True))


def divided(ours: Account, year: int) -> set[str]:
    """Return today's communes that share the territory of one of a year."""
    return {heir for heirs in ours.heirs[year].values() if len(heirs) > 1 for heir in heirs}


def reasons(panel: Panel) -> dict[str, str]:
    """Return the note of each area without a value."""
    lacking = np.flatnonzero(~panel.has_value[:, 0] & (panel.ranks[:, 0] >= 0))
    return {str(panel.codes[i]): panel.notes[panel.note_numbers[i, 0]] for i in lacking}


def test_our_account_has_the_communes_that_insee_counts(ours: Account):
    assert {year: len(ours.communes[year]) for year in COUNTED} == COUNTED


@pytest.mark.parametrize("year", YEARS)
def test_the_communes_of_each_year_are_those_that_existed(
    ours: Account, france: Geography, year: int
):
    passage = france.passage
    day = pd.Timestamp(year, 1, 1).date()
    codes = {code for code in passage.communes | passage.former.keys() if not _overseas(code)}
    assert {code for code in codes if passage.existed(code, day)} == ours.communes[year]


@pytest.mark.parametrize("year", YEARS)
def test_each_commune_of_today_is_the_sum_of_all_it_was_made_of(
    ours: Account, outcome: Outcome, year: int
):
    made, found = outcome(year)
    expected: dict[str, float] = defaultdict(float)
    for code, value in known(made).items():
        heirs = ours.heirs[year][code]
        for heir in heirs if len(heirs) == 1 else ():
            expected[heir] += value
    for code in divided(ours, year):
        expected.pop(code, None)
    assert known(found.panel) == expected


@pytest.mark.parametrize("year", YEARS)
def test_a_split_since_leaves_its_communes_absent_with_the_reason_and_no_other(
    ours: Account, outcome: Outcome, year: int
):
    _, found = outcome(year)
    lacking = reasons(found.panel)
    assert lacking.keys() == divided(ours, year)
    assert all("réparti entre plusieurs communes" in reason for reason in lacking.values())
    assert found.unknown == ()


@pytest.mark.parametrize("year", YEARS)
def test_the_population_is_conserved_and_counted_once(outcome: Outcome, year: int):
    made, found = outcome(year)
    whole = sum(item.row.values[0, 0] for item in found.undivided)
    assert sum(known(found.panel).values()) + whole == made.values.sum()
    parts = [code for item in found.undivided for code in item.communes]
    assert len(parts) == len(set(parts))
    assert not set(parts) & known(found.panel).keys()


@pytest.mark.parametrize("year", [2010, 2015, 2017, 2019, 2023])
def test_sums_by_departement_and_region_follow_the_communes_that_changed_theirs(
    ours: Account, france: Geography, outcome: Outcome, year: int
):
    made, found = outcome(year)
    expected: dict[str, float] = defaultdict(float)
    for code, value in known(made).items():
        departements = {departement_code(heir) for heir in ours.heirs[year][code]}
        assert len(departements) == 1
        expected[departements.pop()] += value
    sums = {p.level: p for p in higher_levels(found.panel, describe(), france, found.undivided)}
    assert known(sums["departement"]) == expected
    by_region: dict[str, float] = defaultdict(float)
    for code, value in expected.items():
        by_region[france.region_of[code]] += value
    assert known(sums["region"]) == by_region
    assert known(sums["france"]) == {"FRANCE": made.values.sum()}


@pytest.mark.parametrize("year", [2010, 2016, 2022])
def test_sums_by_epci_are_those_of_todays_membership(
    ours: Account, france: Geography, outcome: Outcome, year: int
):
    made, found = outcome(year)
    expected: dict[str, float] = defaultdict(float)
    for code, value in known(made).items():
        epcis = {france.communes.at[heir, "epci"] for heir in ours.heirs[year][code]}
        assert len(epcis) == 1
        expected[epcis.pop()] += value
    expected.pop("", None)
    sums = {p.level: p for p in higher_levels(found.panel, describe(), france, found.undivided)}
    assert known(sums["epci"]) == expected


@pytest.mark.parametrize(
    ("code", "year", "heir", "departement"),
    [
        ("44060", 2015, "49160", "49"),  # Le Fresne-sur-Loire
        ("02344", 2016, "51171", "51"),  # Gernicourt, to another région too
        ("49144", 2017, "44180", "44"),  # Freigné
        ("14513", 2017, "50592", "50"),  # Pont-Farcy
    ],
)
def test_a_commune_that_changed_departement_counts_in_its_new_one(
    france: Geography, code: str, year: int, heir: str, departement: str
):
    assert france.current_code(code) == heir
    parent = france.parent(heir, Level.DEPARTEMENT)
    assert parent is not None
    assert parent.code == departement
    assert france.passage.existed(code, pd.Timestamp(year, 1, 1).date())


def test_a_file_that_lacks_a_part_gives_no_sum(ours: Account, france: Geography):
    made = populations(ours.communes[2015], 2015)
    for lacking in ("44060", "49160"):
        cut = made.rows(made.codes != lacking)
        assert "49160" not in known(today(cut, 2015, france).panel)


@given(st.data())
@settings(max_examples=12)
def test_whatever_rows_a_file_lacks_none_of_todays_figures_is_a_part_of_the_whole(
    ours: Account, france: Geography, outcome: Outcome, data: st.DataObject
):
    year = data.draw(st.sampled_from(YEARS))
    merged = sorted(code for code, heirs in ours.heirs[year].items() if heirs != {code})
    lacking = data.draw(st.sets(st.sampled_from(merged), max_size=40)) if merged else set()
    made, found = outcome(year)
    whole = known(found.panel)
    cut = known(today(made.rows(~made.codes.isin(lacking)), year, france).panel)
    assert cut.items() <= whole.items()
    hit = {heir for code in lacking for heir in ours.heirs[year][code]}
    assert whole.keys() - cut.keys() == hit & whole.keys()


def test_arrondissements_count_once_beside_their_commune_or_alone(ours: Account, france: Geography):
    parts = {"75101": 10.0, "75102": 20.0}
    both = populations([*ours.communes[2020], *france.passage.arrondissements], 2020)
    alone = both.rows(~both.codes.isin(["75056", "69123", "13055"]))
    values = known(both)
    assert parts.keys() <= values.keys()
    found = known(today(both, 2020, france).panel)
    added = known(today(alone, 2020, france).panel)
    for commune, prefix in (("75056", "751"), ("69123", "6938"), ("13055", "132")):
        assert found[commune] == values[commune]
        assert added[commune] == sum(v for code, v in values.items() if code.startswith(prefix))


def test_a_commune_without_inhabitants_has_none_and_is_not_missing(
    ours: Account, france: Geography
):
    empty = ["55039", "55050", "55139", "55189", "55239", "55307"]  # destroyed in 1916
    made = populations(ours.communes[2020], 2020)
    made.values[made.codes.isin(empty), 0] = 0
    found = today(made, 2020, france)
    assert {code: known(found.panel)[code] for code in empty} == dict.fromkeys(empty, 0.0)
    sums = {p.level: p for p in higher_levels(found.panel, describe(), france)}
    meuse = sum(value for code, value in known(made).items() if code.startswith("55"))
    assert known(sums["departement"])["55"] == meuse


def test_corsica_and_overseas_stand_whole(ours: Account, france: Geography):
    made = populations(ours.communes[2012], 2012)
    values = known(made)
    found = today(made, 2012, france)
    sums = {p.level: p for p in higher_levels(found.panel, describe(), france, found.undivided)}
    departements, regions = known(sums["departement"]), known(sums["region"])
    for code in ("2A", "2B", "971", "972", "973", "974", "976"):
        assert departements[code] == sum(v for c, v in values.items() if c.startswith(code))
    assert regions["94"] == departements["2A"] + departements["2B"]
    assert [regions[code] for code in ("01", "02", "03", "04", "06")] == [
        departements[code] for code in ("971", "972", "973", "974", "976")
    ]


def test_some_epci_stand_across_departements_and_regions(france: Geography):
    touched = {epci.code: france.departements_of(Level.EPCI, epci.code) for epci in france.epcis}
    several = {code: found for code, found in touched.items() if len(found) > 1}
    assert [area.code for area in several["200030526"]] == ["67", "68"]
    across = [
        c for c, found in several.items() if len({france.region_of[d.code] for d in found}) > 1
    ]
    assert across
    for code in across:
        members = france.communes_of(Level.EPCI, code)
        assert {france.communes.at[m, "region"] for m in members} == {
            france.region_of[d.code] for d in several[code]
        }


def test_a_fetch_and_the_packaged_files_tell_one_past(reference_data: Path, france: Geography):
    produced = read_producers(reference_data)
    mine, theirs = france.passage, produced.passage
    assert france.areas(Level.DEPARTEMENT) == produced.areas(Level.DEPARTEMENT)
    assert [a.code for a in france.regions] == [a.code for a in produced.regions]
    for code, former in mine.former.items():
        if code not in theirs.communes and len(former.successors) == 1:
            assert theirs.former[code].ended == former.ended
            assert theirs.current_code(former.successors[0]) in {
                *theirs.former[code].successors,
                None,
            }
    assert mine.former.keys() - theirs.former.keys() <= theirs.communes
    assert mine.arrondissements == theirs.arrondissements
    told = {(split.date, split.code, split.communes) for split in theirs.splits}
    for split in mine.splits:  # unless its parts are one again since
        parts = {theirs.current_code(code) or code for code in split.communes}
        assert len(parts) == 1 or (split.date, split.code, tuple(sorted(parts))) in told
    assert len(mine.splits) > 100


@pytest.mark.parametrize("year", YEARS)
def test_todays_france_conserves_the_population_too(ours: Account, reference_data: Path, year: int):
    geography = _produced(reference_data)
    made = populations(ours.communes[year], year)
    found = today(made, year, geography)
    whole = sum(item.row.values[0, 0] for item in found.undivided)
    assert sum(known(found.panel).values()) + whole == made.values.sum()
    assert reasons(found.panel).keys() == geography.passage.split_reasons(year).keys()


_produced = cache(read_producers)


def _overseas(code: str) -> bool:
    return code.startswith(("975", "977", "978", "98"))
