"""Sums of counts from IRIS to communes, and from communes to EPCI, départements, régions, France.

A sum is made only where every member inside the variable's field has a value: a secret is never
read as zero. It is secret where secrecy alone prevents it, absent where something else is missing.
What is not made has a row all the same, with its status and a note that counts what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.geography.areas import FRANCE_CODE, Level
from ctgsite.geography.cog import Geography, departement_code
from ctgsite.sources.descriptions import Description, load_descriptions
from ctgsite.sources.harmonise import Undivided
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.panel import RANK, Panel, empty_panel, from_frame, to_observations

Mask = npt.NDArray[np.bool_]

IRIS_SUM = "somme des IRIS de la commune"
IRIS_LACKING = "somme impossible : le fichier n’a pas tous les IRIS de la commune"
NOT_ADDITIVE = "publié sans les effectifs dont il est tiré, ce chiffre ne s’additionne pas"
MEMBERS = {"commune": ("commune", "communes"), "departement": ("département", "départements")}


def communes_of_iris(panel: Panel, iris: Mapping[str, tuple[tuple[str, str], ...]]) -> Panel:
    """The communes all of whose IRIS are published, and the reason for the others.

    `iris` has the last four digits and the type of the IRIS of each commune split in IRIS.
    """
    counted = _additive(panel)
    summed = sum_groups(
        counted,
        pd.Series(counted.codes, dtype=object).str[:5],
        Level.COMMUNE,
        np.zeros(counted.values.shape, dtype=bool),
        [""] * len(counted.columns),
        ("IRIS", "IRIS"),
    )
    summed, number = summed.note_number(IRIS_SUM)
    summed.note_numbers[summed.has_value] = number
    present = set(panel.codes)
    lacking = [
        any(commune + last not in present for last, _ in iris.get(commune, ()))
        for commune in summed.codes
    ]
    return _without(summed, np.array(lacking, dtype=bool), IRIS_LACKING)


def _without(panel: Panel, areas: npt.NDArray[np.bool_], reason: str) -> Panel:
    """The panel with no figure for some areas that had one, and why."""
    where = panel.has_value & areas[:, None]
    panel, number = panel.note_number(reason)
    panel.values[where] = np.nan
    panel.ranks[where] = RANK[Status.ABSENT]
    panel.note_numbers[where] = number
    return panel


def not_summed(panel: Panel, geography: Geography) -> list[Panel]:
    """The areas above communes that have figures which do not add up: a row that says so.

    It stands only where the producer has no figure of its own for the area.
    """
    rates = panel.select([i for i, column in enumerate(panel.columns) if not column.additive])
    if not rates.columns:
        return []
    membership = _membership(rates, geography)
    return [_stated(rates, membership[level], Level(level)) for level in membership.columns]


def _stated(panel: Panel, groups: pd.Series[str], level: Level) -> Panel:
    known = (panel.ranks >= 0) & groups.ne("").to_numpy()[:, None]
    numbers, names = pd.factorize(groups, sort=True)
    told = _added(known, numbers, len(names)) > 0
    result = empty_panel(panel.dataset, level.value, pd.Index(names, dtype=object), panel.columns)
    result, number = result.note_number(NOT_ADDITIVE)
    result.ranks[told] = RANK[Status.NON_AGREGEABLE]
    result.note_numbers[told] = number
    return result


def higher_levels(
    panel: Panel,
    description: Description,
    geography: Geography,
    undivided: Sequence[Undivided] = (),
) -> list[Panel]:
    """The sums of a panel of communes (or départements) at every level above it.

    Shapes: `panel` has today's communes as rows, all of them and in any order. An undivided
    territory counts as one member of the areas that contain all its communes.
    """
    counted = _additive(panel)
    if not counted.columns:
        return []
    membership = _membership(counted, geography)
    outside = _outside(counted, membership["departement"], description)
    phrases = [description.coverage_of(column.variable).phrase for column in counted.columns]
    sums = []
    for level in membership.columns.drop(panel.level, errors="ignore"):
        members, groups, ignored = _with_undivided(counted, membership[level], undivided)
        apart = np.vstack([outside, np.zeros((len(ignored) - len(outside), len(phrases)), bool)])
        names = MEMBERS[panel.level]
        sums.append(
            sum_groups(members, groups, Level(level), apart, phrases, names, ignored=ignored)
        )
    return sums


def _with_undivided(
    panel: Panel, groups: pd.Series[str], undivided: Sequence[Undivided]
) -> tuple[Panel, pd.Series[str], Mask]:
    """Members with a row more for each territory inside one group, and the cells it replaces."""
    keys = [column.key for column in panel.columns]
    rows, names = [], []
    ignored = np.zeros(panel.values.shape, dtype=bool)
    for item in undivided:
        places = panel.codes.get_indexer(pd.Index(item.communes, dtype=object))
        around = set(groups.iloc[places])
        if len(around) > 1 or around == {""}:
            continue
        dated = {column.key: position for position, column in enumerate(item.row.columns)}
        concerned = np.array([key in dated for key in keys])
        ignored[np.ix_(places, concerned)] = True
        wanted = [dated.get(key, -1) for key in keys]
        row = item.row
        cells = (row.values[0, wanted], row.ranks[0, wanted], row.bounds[0, wanted])
        rows.append((*cells, ~concerned))
        names.append(around.pop())
    if not rows:
        return panel, groups, ignored
    values, ranks, bounds, apart = (np.array(cells) for cells in zip(*rows, strict=True))
    extended = replace(
        panel,
        codes=panel.codes.append(pd.Index([""] * len(rows), dtype=object)),
        values=np.vstack([panel.values, values]),
        ranks=np.vstack([panel.ranks, ranks]),
        note_numbers=np.vstack([panel.note_numbers, np.zeros(values.shape, np.int32)]),
        bounds=np.vstack([panel.bounds, bounds]),
    )
    everyone = pd.concat([groups, pd.Series(names, dtype=object)], ignore_index=True)
    return extended, everyone, np.vstack([ignored, apart])


def _additive(panel: Panel) -> Panel:
    return panel.select([i for i, column in enumerate(panel.columns) if column.additive])


def _membership(panel: Panel, geography: Geography) -> pd.DataFrame:
    """What each row belongs to: a column a level above the panel's, "" where it has no group."""
    if panel.level == Level.COMMUNE:
        table = geography.communes.reindex(panel.codes)[["epci", "departement", "region"]]
    else:
        codes = pd.Series(panel.codes, index=panel.codes, dtype=object)
        table = pd.DataFrame({"departement": codes, "region": codes.map(dict(geography.region_of))})
    table = table.fillna("").reset_index(drop=True)
    return table.assign(france=np.where(table["departement"].ne(""), FRANCE_CODE, ""))


def _outside(panel: Panel, departements: pd.Series[str], description: Description) -> Mask:
    """Which cells are outside their variable's field."""
    columns = [
        departements.isin(list(description.coverage_of(column.variable).outside)).to_numpy()
        for column in panel.columns
    ]
    return np.column_stack(columns)


def sum_groups(
    panel: Panel,
    groups: pd.Series[str],
    level: Level,
    outside: Mask,
    phrases: Sequence[str],
    member: tuple[str, str],
    *,
    ignored: Mask | None = None,
) -> Panel:
    """One row a group: the sum of its members inside the field, or why there is none.

    Args:
        panel: the members' figures.
        groups: the group of each row, "" for none.
        level: the level of the groups.
        outside: cells that do not count, shaped as the panel's values.
        phrases: the field of each column, said in the note of a group partly outside it.
        member: what a member is called, one and several.
        ignored: cells that another member already counts, shaped as the panel's values.
    """
    kept = groups.ne("").to_numpy()
    numbers, names = pd.factorize(groups[kept], sort=True)
    counted = np.ones(outside.shape, bool) if ignored is None else ~ignored
    ranks, inside = panel.ranks[kept], (~outside & counted)[kept]
    has = panel.has_value[kept] & inside
    total = _added(np.where(has, panel.values[kept], 0.0), numbers, len(names))
    members = _added(inside, numbers, len(names)).astype(int)
    valued = _added(has, numbers, len(names)).astype(int)
    secret = _added((ranks == RANK[Status.SECRET]) & inside, numbers, len(names)).astype(int)
    partly = _added((outside & counted)[kept], numbers, len(names)) > 0
    result = empty_panel(
        panel.dataset, level.value, pd.Index(names, dtype=object), panel.columns, ("",)
    )
    complete = (valued == members) & (members > 0)
    result.values[complete] = total[complete]
    if panel.bounds.any():  # at worst, every member errs on the same side
        bounds = np.where(has, panel.bounds[kept], 0.0)
        result.bounds[complete] = _added(bounds, numbers, len(names))[complete]
    all_secret = (secret > 0) & (secret == members - valued)
    result.ranks[:] = np.where(all_secret, RANK[Status.SECRET], RANK[Status.ABSENT])
    result.ranks[complete] = RANK[Status.CALCULE]
    return _explained(result, members - valued, members, partly, phrases, member)


def _added(
    cells: npt.NDArray[np.float64] | Mask, numbers: npt.NDArray[np.intp], length: int
) -> npt.NDArray[np.float64]:
    """Column sums of the rows of each group."""
    frame = pd.DataFrame(cells.astype(float)).groupby(numbers).sum()
    return frame.reindex(range(length), fill_value=0.0).to_numpy(float)


def _explained(
    panel: Panel,
    missing: npt.NDArray[np.int_],
    members: npt.NDArray[np.int_],
    partly: Mask,
    phrases: Sequence[str],
    member: tuple[str, str],
) -> Panel:
    """Notes: how many members are missing, or which field a sum is about."""
    for position, phrase in enumerate(phrases):
        summed = panel.has_value[:, position] & partly[:, position]
        nobody = members[:, position] == 0
        panel = _noted(panel, summed, position, f"champ : {phrase}")
        panel = _noted(panel, nobody, position, f"hors du champ de la source ({phrase})")
    gaps = np.where(panel.has_value | (members == 0), 0, missing)
    pairs = np.stack([gaps, members], axis=-1).reshape(-1, 2)
    for count, of in np.unique(pairs[pairs[:, 0] > 0], axis=0):
        where = (gaps == count) & (members == of)
        panel, number = panel.note_number(_missing_note(int(count), int(of), member))
        panel.note_numbers[where] = number
    return panel


def _noted(panel: Panel, where: Mask, position: int, note: str) -> Panel:
    if not where.any():
        return panel
    panel, number = panel.note_number(note)
    panel.note_numbers[where, position] = number
    return panel


def _missing_note(count: int, of: int, member: tuple[str, str]) -> str:
    one, several = member
    whole = f"{_grouped(of)} {several if of > 1 else one}"
    return f"somme impossible : {_grouped(count)} sur {whole} sans valeur publiée"


def _grouped(count: int) -> str:
    """A count with a narrow no-break space between thousands."""
    return f"{count:,}".replace(",", "\u202f")


def sum_members(
    observations: Observations, communes: Sequence[str], level: Level, code: str
) -> Observations:
    """The sums over any list of communes, as observations of that level and code.

    Every additive variable that the observations have at commune level is summed, with the rules
    of the levels above; non-additive ones have no row.
    """
    frame = observations.frame
    here = frame[(frame["level"] == Level.COMMUNE.value)]
    panels = []
    for dataset in here["dataset"].unique():
        description = load_descriptions()[str(dataset)]
        part = from_frame(
            here[here["dataset"] == dataset], pd.Index(list(communes), dtype=object), description
        )
        panels += sum_communes(part, description, level, code)
    return to_observations(panels)


def sum_communes(panel: Panel, description: Description, level: Level, code: str) -> list[Panel]:
    """The sum of all communes of a panel, as that of one area; none where nothing adds up."""
    counted = _additive(panel)
    return [_one_group(counted, description, level, code)] if counted.columns else []


def _one_group(panel: Panel, description: Description, level: Level, code: str) -> Panel:
    departements = pd.Series([departement_code(commune) for commune in panel.codes], dtype=object)
    phrases = [description.coverage_of(column.variable).phrase for column in panel.columns]
    groups = pd.Series([code] * len(panel.codes), dtype=object)
    outside = _outside(panel, departements, description)
    return sum_groups(panel, groups, level, outside, phrases, MEMBERS["commune"])
