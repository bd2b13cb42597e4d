"""The communes' codes of a producer's file: the zeros that a spreadsheet took are given back.

A spreadsheet takes them all at once. Where a file has codes of four digits and others that kept
their zero, or both forms of one, something else happened to it, and it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ctgsite.config.spreadsheets import restored
from ctgsite.errors import Problem, SourceError
from ctgsite.geography.areas import Level
from ctgsite.geography.cog import Geography
from ctgsite.sources.cells import SHOWN, Source
from ctgsite.sources.panel import Panel
from ctgsite.sources.readers import TableReader
from ctgsite.sources.tables import lines_of

_SHAPE = re.compile(r"(?:\d{4,5}|2[AB]\d{3})")


def with_zeros(
    source: Source, panel: Panel, geography: Geography
) -> tuple[Panel, tuple[Problem, ...]]:
    """Return a panel of communes with whole codes, and what was done to them.

    Raises:
        SourceError: codes could be read in two ways, or most are no codes at all.
    """
    codes = list(map(str, panel.codes))
    unshaped = [code for code in codes if not _SHAPE.fullmatch(code)]
    if len(unshaped) * 2 > len(codes):
        message = (
            f"« {unshaped[0]} » n’est pas un code de commune, ni {len(unshaped) - 1} autres de "
            "cette colonne : les colonnes ont glissé"
        )
        raise SourceError(source.problem(message, _lines(source, panel).get(unshaped[0], 1)))
    lost = {
        code: whole for code in codes if (whole := restored(code)) and _is_one(whole, geography)
    }
    if not lost:
        return panel, ()
    if any(len(code) == 5 and code.startswith("0") for code in codes):
        raise SourceError(_ambiguous(source, panel, lost))
    repaired = pd.Index([lost.get(code, code) for code in codes], dtype=object)
    return replace(panel, codes=repaired), (_told(source, lost),)


def _is_one(code: str, geography: Geography) -> bool:
    """Whether a code is that of a commune of today, or was one's."""
    known = geography.find(Level.COMMUNE, code) is not None
    return known or geography.former(code) is not None


def _ambiguous(source: Source, panel: Panel, lost: Mapping[str, str]) -> Sequence[Problem]:
    lines = _lines(source, panel)
    return [
        source.problem(
            f"le code « {code} » a quatre caractères : est-ce « {whole} » ? Ailleurs, ce fichier a "
            "gardé ses zéros",
            lines.get(code, 1),
        )
        for code, whole in list(lost.items())[:SHOWN]
    ]


def _told(source: Source, lost: Mapping[str, str]) -> Problem:
    code, whole = next(iter(lost.items()))
    more = f" (et {len(lost) - 1} autre{'s' * (len(lost) > 2)})" if len(lost) > 1 else ""
    message = f"le code « {code} » a perdu son zéro, il est lu « {whole} »{more}"
    return replace(source.problem(message), warning=True)


def _lines(source: Source, panel: Panel) -> Mapping[str, int]:
    """The line of each code in the file, where it is a table; it is read again to be told."""
    reader = source.description.reader_of(source.spec)
    if not isinstance(reader, TableReader):
        return {}
    return lines_of(source, reader, panel.columns[0].year)
