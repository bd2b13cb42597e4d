"""What every command rests on: a store's own areas, where it has some."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ctgsite import knowledge
from ctgsite.geography.cog import Geography
from ctgsite.geography.embedded import embedded_geography, write_geography
from ctgsite.sources import importing


def test_figures_are_imported_on_the_areas_that_the_store_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_geography(replace(embedded_geography(), year=2030), tmp_path)
    used: list[int] = []

    def import_files(paths: object, store: Path, geography: Geography, **how: object) -> None:
        used.append(geography.year)

    monkeypatch.setattr(importing, "import_files", import_files)
    knowledge.import_data((), tmp_path, lambda _: None)
    assert used == [2030]
