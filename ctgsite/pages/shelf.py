"""The downloads page as data: which files there are, in which formats, how heavy, and what of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.data_notes import WHOLE, Subject
from ctgsite.pages.downloads import FOLDER, data_subjects, stem_of
from ctgsite.pages.french import NBSP, counted, number
from ctgsite.pages.local_tables import path_of as local_path
from ctgsite.pages.model import Asset
from ctgsite.pages.plan_workbook import PATH as PLAN
from ctgsite.pages.survey_files import path_of as survey_path
from ctgsite.pages.survey_files import published_surveys

FORMATS = (("xlsx", "tableur"), ("csv", "texte"), ("json", "programme"))  # suffix, for what


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file: its address from the downloads page, and its link as it shows and as it is said.

    Attributes:
        said: what a screen reader says before `shown`, to tell it from the links around.
        saved_as: the name that the reader's copy bears, which says of which territory it is.
    """

    address: str
    shown: str
    said: str
    saved_as: str


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A subject, what is in its files, and the files."""

    title: str
    content: str
    files: tuple[FileLink, ...]
    page: str = ""  # from the site's root


@dataclass(frozen=True, slots=True)
class Shelf:
    """All files: the figures, whole first, then what the territory itself gathered."""

    figures: tuple[ShelfRow, ...]
    own: tuple[ShelfRow, ...]


def shelf_of(diagnostic: Diagnostic, files: Iterable[Asset] = ()) -> Shelf:
    """Return what the downloads page lists; without `files`, sizes are left out."""
    sizes = {file.path: len(file.content) for file in files}
    slug = diagnostic.territory.slug
    subjects = data_subjects(diagnostic)
    every = len({name for names in subjects.values() for name in names})
    return Shelf(
        (
            _figures(WHOLE, every, slug, sizes),
            *(_figures(subject, len(names), slug, sizes) for subject, names in subjects.items()),
        ),
        tuple(_own(diagnostic, sizes)),
    )


def size_in_words(size: int | None) -> str:
    """Return a file's size as French readers know it: “34 Ko”, “1,2 Mo”; "" where unknown."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}Ko"
    mega = size / 1_000_000
    return f"{number(mega, 1 if mega < 10 else 0)}{NBSP}Mo"


def file_link(
    path: PurePosixPath, title: str, slug: str, sizes: dict[PurePosixPath, int]
) -> FileLink:
    """Return the link to a file, by its path on the site."""
    suffix = path.suffix[1:]
    shown = ", ".join(filter(None, (suffix.upper(), size_in_words(sizes.get(path)))))
    said = f"{title}, {dict(FORMATS)[suffix]} ("
    return FileLink(path.relative_to(FOLDER).as_posix(), shown, said, f"{slug}-{path.name}")


def _figures(
    subject: Subject, indicators: int, slug: str, sizes: dict[PurePosixPath, int]
) -> ShelfRow:
    stem = stem_of(subject)
    return ShelfRow(
        subject.title,
        counted(indicators, "indicateur"),
        tuple(
            file_link(stem.with_suffix(f".{suffix}"), subject.title, slug, sizes)
            for suffix, _ in FORMATS
        ),
        f"thematiques/{subject.theme}/index.html" if subject.theme else "",
    )


def _own(diagnostic: Diagnostic, sizes: dict[PurePosixPath, int]) -> Iterator[ShelfRow]:
    slug = diagnostic.territory.slug
    for table in diagnostic.local_tables:
        link = file_link(local_path(table), table.title, slug, sizes)
        yield ShelfRow(table.title, f"{table.source}, {table.year}", (link,))
    for survey in published_surveys(diagnostic):
        link = file_link(survey_path(survey), survey.about.title, slug, sizes)
        asked = counted(sum(bool(q.rows) for q in survey.questions), "question")
        title = f"Questionnaire : {survey.about.title}"
        yield ShelfRow(title, asked, (link,), f"participation/{survey.id}/index.html")
    if diagnostic.plan.actions:
        title = "Plan d’actions"
        link = file_link(PLAN, title, slug, sizes)
        yield ShelfRow(title, "les fiches, leurs indicateurs et leur budget", (link,))
