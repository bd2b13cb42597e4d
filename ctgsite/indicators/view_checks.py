"""What the views of a catalogue must satisfy: names that exist, and the keys of their kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem
from ctgsite.indicators.entries import IndicatorEntry
from ctgsite.indicators.view_entries import ViewEntry, ViewsFile

Known = Mapping[str, Collection[str]]  # the variables of each dataset

NEEDED = {
    "besoin_offre": ("besoin", "offre", "manque"),
    "composition": ("groupe", "libelles"),
    "pyramide": ("source", "tranches"),
    "deciles": ("deciles", "source"),
    "quartiers": ("colonnes",),
}
_OPTIONAL = ("besoin", "offre", "manque", "libelles")


@dataclass(frozen=True)
class Names:
    """The names that a view may use."""

    themes: Collection[str]
    indicators: Collection[str]
    groups: Mapping[str, Collection[str]]
    variables: Known | None

    @staticmethod
    def of(
        themes: Collection[str], entries: Iterable[IndicatorEntry], variables: Known | None
    ) -> Names:
        """Return the names of a catalogue's themes and indicators."""
        entries = tuple(entries)
        groups: dict[str, list[str]] = {}
        for entry in entries:
            if entry.group:
                groups.setdefault(entry.group, []).append(entry.id)
        return Names(themes, [entry.id for entry in entries], groups, variables)


def view_problems(document: Document, found: ViewsFile, names: Names) -> Iterator[Problem]:
    """Find what is wrong with the views, each problem at its place."""
    first: dict[str, str] = {}
    for place, entry in enumerate(found.views):
        path: KeyPath = ("vues", place)
        if entry.id in first or entry.id in names.indicators:
            where = first.get(entry.id, "un indicateur du catalogue")
            message = f"l’identifiant « {entry.id} » existe déjà ({where})"
            yield document.problem(message, (*path, "id"))
        first.setdefault(entry.id, str(document.place((*path, "id"))))
        if entry.theme not in names.themes:
            near = suggestion(entry.theme, names.themes)
            message = f"thématique inconnue « {entry.theme} »{near}"
            yield document.problem(message, (*path, "thematique"))
        yield from _shape_problems(document, entry, path)
        yield from _indicator_problems(document, entry, path, names)
        if names.variables is not None:
            yield from _variable_problems(document, entry, path, names.variables)


def _shape_problems(document: Document, entry: ViewEntry, path: KeyPath) -> Iterator[Problem]:
    """Find keys that the kind lacks, and keys of other kinds."""
    values = {
        "besoin": entry.needs,
        "offre": entry.supply,
        "manque": entry.missing,
        "groupe": entry.group,
        "libelles": entry.labels,
        "source": entry.source,
        "tranches": entry.ages,
        "deciles": entry.deciles,
        "colonnes": entry.columns,
    }
    own = NEEDED[entry.kind]
    for key, value in values.items():
        if key in own and not value and key not in _OPTIONAL:
            message = f"il manque la clé « {key} », que demande « genre: {entry.kind} »"
            yield document.problem(message, path)
        if value and key not in own:
            message = f"la clé « {key} » ne va pas avec « genre: {entry.kind} »"
            yield document.problem(message, (*path, key), key=True)
    if entry.kind == "besoin_offre" and not (entry.needs and (entry.supply or entry.missing)):
        message = "il manque « besoin », et « offre » ou « manque » (ce qu’aucune source ne dit)"
        yield document.problem(message, path)


def _indicator_problems(
    document: Document, entry: ViewEntry, path: KeyPath, names: Names
) -> Iterator[Problem]:
    named: list[tuple[str, KeyPath]] = [
        *((name, ("besoin", at)) for at, name in enumerate(entry.needs)),
        *((name, ("offre", at)) for at, name in enumerate(entry.supply)),
        *(
            (decile.indicator, ("deciles", at, "indicateur"))
            for at, decile in enumerate(entry.deciles)
            if decile.indicator
        ),
    ]
    for name, where in named:
        if name not in names.indicators:
            near = suggestion(name, names.indicators)
            yield document.problem(f"indicateur inconnu « {name} »{near}", (*path, *where))
    if entry.group and entry.group not in names.groups:
        near = suggestion(entry.group, names.groups)
        message = f"groupe inconnu « {entry.group} »{near}"
        yield document.problem(message, (*path, "groupe"))
    for name in entry.labels if entry.group in names.groups else ():
        if name not in names.groups[entry.group]:
            near = suggestion(name, names.groups[entry.group])
            message = f"« {name} » n’est pas du groupe « {entry.group} »{near}"
            yield document.problem(message, (*path, "libelles", name), key=True)
    for at, decile in enumerate(entry.deciles):
        if bool(decile.indicator) == bool(decile.variable):
            message = "attendu « indicateur » ou « variable », l’un des deux"
            yield document.problem(message, (*path, "deciles", at))


def _variable_problems(
    document: Document, entry: ViewEntry, path: KeyPath, known: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    for source, variable, place, name in _variables(entry):
        if source not in known:
            key = ("colonnes", place[1], "source") if entry.columns else ("source",)
            message = f"source inconnue « {source} »{suggestion(source, known)}"
            yield document.problem(message, (*path, *key))
            if not entry.columns:
                return
        elif variable not in known[source]:
            near = suggestion(variable, known[source])
            message = f"variable inconnue « {variable} » dans {source}{near}"
            yield document.problem(message, (*path, *place, name))


def _variables(entry: ViewEntry) -> Iterator[tuple[str, str, tuple[str, int], str]]:
    """Yield the variables of a view: source, variable, and the place and key that name it."""
    for at, age in enumerate(entry.ages):
        yield entry.source, age.men, ("tranches", at), "hommes"
        yield entry.source, age.women, ("tranches", at), "femmes"
    for at, decile in enumerate(entry.deciles):
        if decile.variable:
            yield entry.source, decile.variable, ("deciles", at), "variable"
    for at, column in enumerate(entry.columns):
        yield column.source, column.numerator, ("colonnes", at), "numerateur"
        if column.denominator:
            yield column.source, column.denominator, ("colonnes", at), "denominateur"
