"""Codes of former years read on today's communes; splits stay unattributed."""

import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgsite.geography.cog import Geography
from ctgsite.geography.embedded import embedded_geography
from ctgsite.geography.passage import FormerCommune, Passage, Split, french_date

DAY = datetime.date(2017, 1, 1)
SMALL = Passage(
    communes=frozenset({"01001", "01002", "01003"}),
    arrondissements={"75101": "75056"},
    former={
        "01004": FormerCommune("01004", "Absorbée", DAY, ("01001",)),
        "01005": FormerCommune("01005", "Partagée", DAY, ("01001", "01003")),
    },
    splits=(Split(DAY, "01002", "Réunies", ("01002", "01003")),),
    gaps={
        "01003": ((datetime.date.min, datetime.date(1990, 1, 1)), (datetime.date(2010, 1, 1), DAY))
    },
)


def test_a_merged_commune_reads_as_its_successor():
    assert SMALL.current_code("01004") == "01001"
    assert SMALL.current_code("01001") == "01001"


def test_a_commune_shared_out_or_unknown_reads_as_none():
    assert SMALL.current_code("01005") is None
    assert SMALL.current_code("99999") is None


def test_a_column_of_codes_is_harmonised_at_once():
    codes = pd.Series(["01004", "01001", "01005", "75101", "99999"])
    harmonised = SMALL.harmonised_codes(codes)
    assert harmonised.isna().tolist() == [False, False, True, False, True]
    assert harmonised.dropna().tolist() == ["01001", "01001", "75056"]


@pytest.mark.parametrize(
    ("code", "year", "existed"),
    [
        ("01001", 1970, True),
        ("01003", 1989, False),
        ("01003", 1990, True),
        ("01003", 2010, False),
        ("01003", 2016, False),
        ("01003", 2017, True),
        ("01004", 2016, True),
        ("01004", 2017, False),
    ],
)
def test_a_code_is_a_commune_from_its_first_day_to_its_last_but_for_its_gaps(
    code: str, year: int, existed: bool
):
    assert SMALL.existed(code, datetime.date(year, 1, 1)) is existed


def test_figures_older_than_a_split_belong_to_none_of_its_communes():
    assert "01003" not in SMALL.split_reasons(2017)  # the geography of 1 January 2017 knows it
    assert set(SMALL.split_reasons(2016)) == {"01002", "01003"}
    assert "« Réunies » (01002)" in SMALL.split_reasons(2016)["01003"]


def test_a_commune_shared_out_has_no_single_successor():
    assert SMALL.current_code("01005") is None


@pytest.mark.parametrize(
    ("code", "year", "split"),
    [
        ("76601", 2016, True),  # Saint-Lucien, restored on 1 January 2017
        ("76601", 2017, False),
        ("76676", 2016, True),  # Sigy-en-Bray, which it left
        ("14666", 2019, True),  # Sannerville, restored on 31 December 2019
        ("15031", 2024, True),  # Celles, restored in 2025: known from the passage table only
        ("31557", 1990, False),
    ],
)
def test_known_splits(geography: Geography, code: str, year: int, split: bool):
    assert (code in geography.passage.split_reasons(year)) is split


def test_a_date_reads_in_french():
    assert french_date(datetime.date(2019, 1, 1)) == "1er janvier 2019"
    assert french_date(datetime.date(2019, 12, 31)) == "31 décembre 2019"


CODES = st.sampled_from(sorted(embedded_geography().passage.codes))


@settings(max_examples=25, deadline=None)  # the first example builds the look-up
@given(st.dictionaries(CODES, st.integers(0, 10**6), min_size=1))
def test_sums_are_kept_when_codes_are_harmonised(figures: dict[str, int]):
    passage = embedded_geography().passage
    frame = pd.DataFrame({"code": list(figures), "value": list(figures.values())})
    summed = frame.groupby(passage.harmonised_codes(frame["code"]))["value"].sum()
    assert summed.sum() == sum(figures.values())
    assert set(summed.index) <= passage.communes


@settings(deadline=None)
@given(CODES)
def test_harmonising_twice_changes_nothing(code: str):
    passage = embedded_geography().passage
    today = passage.current_code(code)
    assert today is not None
    assert passage.current_code(today) == today
