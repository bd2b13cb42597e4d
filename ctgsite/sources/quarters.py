"""Reads INSEE's files on the quartiers prioritaires (QPV), whose communes are only named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ctgsite.sources.cells import Source, check_codes, wanted_columns
from ctgsite.sources.long_rows import LINE
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Panel
from ctgsite.sources.readers import QuarterReader
from ctgsite.sources.tables import panel_of, read_frame

SEVERAL = "le quartier n’est pas dans une seule commune : cette population n’est celle d’aucune"
CONFLICT = "valeurs contradictoires d’un quartier à l’autre dans le fichier du producteur"


def read_quarters(
    source: Source, reader: QuarterReader, communes: pd.DataFrame
) -> tuple[Panel, Panel]:
    """The panel of the quarters, and that of the communes found by name in their département.

    A quarter that lies in one commune carries, in the note of its figures, its own name and that
    commune: “Le Belvédère (21617, Talant)”.

    `communes` has a row a commune (its index) with `name` and `departement`. A quarter that lies
    in several communes, or in an arrondissement, says nothing of a single commune.

    Raises:
        SourceError: the file is not what the description says.
    """
    frame = read_frame(source, reader)
    check_codes(source, frame[reader.code], frame[LINE].to_numpy(int))
    wanted = wanted_columns(source)
    of_communes = [item for item in wanted if item.column.variable in reader.commune_columns]
    quarters = panel_of(source, reader, frame, wanted, frame[reader.code], "qpv")
    codes = _commune_codes(frame[reader.code], frame[reader.label], communes)
    quarters = _named(quarters, frame[reader.name], codes, frame[reader.label])
    across = [wanted.index(item) for item in of_communes]
    quarters = _absent(quarters, np.ix_(codes.isna().to_numpy(), np.array(across)), SEVERAL)
    known = frame[codes.notna()]
    names = [item.name for item in of_communes]
    first = known.assign(**{reader.code: codes[codes.notna()]}).drop_duplicates(
        [reader.code, *names]
    )
    conflicts = first[reader.code][first[reader.code].duplicated()].unique()
    single = first.drop_duplicates(reader.code)
    panel = panel_of(source, reader, single, of_communes, single[reader.code], "commune")
    contradicted = panel.codes.isin(pd.Index(conflicts, dtype=object))
    return quarters, _absent(panel, np.ix_(contradicted, np.arange(len(panel.columns))), CONFLICT)


def _named(
    panel: Panel, names: pd.Series[str], codes: pd.Series[str], labels: pd.Series[str]
) -> Panel:
    """The panel with the name and commune of each quarter in the notes of its figures."""
    places = zip(names, codes, labels, strict=True)
    told = [
        f"{name.strip()} ({code}, {label.strip()})" if isinstance(code, str) else ""
        for name, code, label in places
    ]
    notes = list(dict.fromkeys([*panel.notes, *told]))
    numbers = np.array([notes.index(note) for note in told], dtype=np.int32)
    named = np.where(panel.has_value, numbers[:, None], panel.note_numbers)
    return replace(panel, notes=tuple(notes), note_numbers=named)


def _commune_codes(
    quarters: pd.Series[str], labels: pd.Series[str], communes: pd.DataFrame
) -> pd.Series[str]:
    """The commune of each quarter, NA where its label is not one commune of the département."""
    departements = quarters.str[2:5].str.removeprefix("0")
    known = pd.Series(
        communes.index.astype(str),
        index=communes["departement"].astype(str) + "/" + _plain(communes["name"]),
    )
    known = known[~known.index.duplicated(keep=False)]
    return (departements + "/" + _plain(labels)).map(known)


def _plain(names: pd.Series[str]) -> pd.Series[str]:
    """Names without case, accents, ligatures, hyphens or typographic apostrophes."""
    text = names.astype(str).str.casefold().str.replace("œ", "oe", regex=False)
    text = text.str.replace("[’–—]", " ", regex=True)
    text = text.str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii")
    return text.str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip()


def _absent(panel: Panel, cells: tuple[np.ndarray, ...], reason: str) -> Panel:
    """The panel with no figure in some cells, and why."""
    panel, number = panel.note_number(reason)
    panel.values[cells] = np.nan
    panel.ranks[cells] = RANK[Status.ABSENT]
    panel.note_numbers[cells] = number
    return panel
