"""From a file to panels: the reader of its family, as its description says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.sources.age_sheets import read_age_sheets
from ctgsite.sources.cells import MissingColumnsError, Source
from ctgsite.sources.descriptions import Complement
from ctgsite.sources.editions import dated
from ctgsite.sources.listed import read_list
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Column, Panel
from ctgsite.sources.quarters import read_quarters
from ctgsite.sources.readers import (
    AgeSheetsReader,
    DirectoryReader,
    JsonReader,
    ListReader,
    QuarterReader,
    SdmxReader,
    TallyReader,
    WorkbookReader,
)
from ctgsite.sources.registers import read_directory, read_json
from ctgsite.sources.sdmx import read_sdmx
from ctgsite.sources.tables import beside, read_table
from ctgsite.sources.tallies import read_tally
from ctgsite.sources.workbooks import read_sheets


def read_file(
    sources: tuple[Source, ...], communes: pd.DataFrame
) -> tuple[Source, tuple[Panel, ...]]:
    """The panels of a file, and the description it answered to.

    Where several editions share a name, the one whose columns are all there is kept.

    Raises:
        SourceError: the file is none of them, and the problems are those of the nearest; or its
            columns are there and something else is wrong.
    """
    failures: list[MissingColumnsError] = []
    for named in sources:
        try:
            source = dated(named)
            return source, read_source(source, communes)
        except MissingColumnsError as error:
            failures.append(error)
    raise min(failures, key=lambda error: len(error.problems))


def read_source(source: Source, communes: pd.DataFrame) -> tuple[Panel, ...]:
    """The panels of a file read as its description says.

    Raises:
        SourceError: it is not what the description says.
    """
    try:
        panels = _read(source, communes)
    except (ValueError, KeyError, IndexError) as error:
        raise SourceError(
            Problem(f"contenu inattendu pour {source.description.id} : {error}", Place(source.path))
        ) from error
    return tuple(_completed(panel, source.spec.complements) for panel in panels)


def _read(source: Source, communes: pd.DataFrame) -> tuple[Panel, ...]:
    match source.description.reader_of(source.spec):
        case QuarterReader() as reader:
            return read_quarters(source, reader, communes)
        case TallyReader() as reader:
            return read_tally(source, reader)
        case ListReader() as reader:
            return (read_list(source, reader),)
        case WorkbookReader() as reader:
            return (read_sheets(source, reader),)
        case AgeSheetsReader() as reader:
            return read_age_sheets(source, reader)
        case JsonReader() as reader:
            return (read_json(source, reader),)
        case DirectoryReader() as reader:
            return (read_directory(source, reader),)
        case SdmxReader() as reader:
            return read_sdmx(source, reader)
        case reader:
            return (read_table(source, reader),)


def _completed(panel: Panel, complements: tuple[Complement, ...]) -> Panel:
    """The panel with the shares that are 100 minus the others, status CALCULE."""
    for item in complements:
        positions = [i for i, c in enumerate(panel.columns) if c.variable in item.others]
        model = panel.columns[positions[0]]
        part = panel.select(positions[:1])
        part, number = part.note_number(item.note)
        known = panel.has_value[:, positions].all(axis=1)
        part.values[:, 0] = np.where(known, 100 - panel.values[:, positions].sum(axis=1), np.nan)
        part.ranks[:, 0] = np.where(known, RANK[Status.CALCULE], RANK[Status.ABSENT])
        part.note_numbers[:, 0] = number
        part.bounds[:, 0] = panel.bounds[:, positions].sum(axis=1)
        column = Column(item.variable, model.year, model.vintage)
        panel = beside([panel, replace(part, columns=(column,))])
    return panel
