"""What a territory's file must say before its site may be `statut: adopte`.

The law asks it of a site that a collectivity publishes in its name (LCEN, RGAA, RGPD), and a
convention of its signatories. What is missing is an error once the site is said to be adopted; a
`projet` gets the same list to prepare for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ctgsite.config.patterns import values
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.errors import ConfigError, Problem

ADOPTED, DRAFT = "adopte", "projet"
AUDIT = "audit: {par: en interne, date: 2026-10-01, taux: 78}"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that an adopted site says: its key, what it is, and how it is written.

    Attributes:
        inner: its key is looked for only where the section that holds it is written.
        advised: a convention may be adopted without it.
    """

    path: KeyPath
    what: str
    example: str
    inner: bool = False
    advised: bool = False


REQUIREMENTS = (
    Requirement(("periode",), "les années de la convention", "periode: {debut: 2026, fin: 2029}"),
    Requirement(
        ("signataires",), "qui signe la convention",
        "signataires: [{nom: Caf de l’Exemple, role: Financeur}]",
    ),
    Requirement(("editeur", "collectivite"), "qui publie le site", "collectivite: CC de l’Exemple"),
    Requirement(
        ("editeur", "adresse"), "l’adresse postale de l’éditeur",
        'adresse: "1 place de la Mairie, 31000 Exemple"',
    ),
    Requirement(
        ("editeur", "telephone"), "le téléphone de l’éditeur", 'telephone: "05 00 00 00 00"'
    ),
    Requirement(
        ("editeur", "contact"), "où écrire à l’éditeur", "contact: ctg@exemple.fr"
    ),
    Requirement(
        ("editeur", "directeur_de_publication"), "le directeur ou la directrice de publication",
        "directeur_de_publication: la présidente de la CC de l’Exemple, Prénom Nom",
    ),
    Requirement(
        ("editeur", "hebergeur"), "qui héberge le site",
        'hebergeur: {nom: Hébergeur, adresse: "1 rue de l’Exemple, 75000 Paris", '
        'telephone: "01 00 00 00 00"}',
    ),
    Requirement(
        ("editeur", "hebergeur", "adresse"), "l’adresse de l’hébergeur",
        'adresse: "1 rue de l’Exemple, 75000 Paris"', inner=True,
    ),
    Requirement(
        ("editeur", "hebergeur", "telephone"), "le téléphone de l’hébergeur",
        'telephone: "01 00 00 00 00"', inner=True,
    ),
    Requirement(
        ("editeur", "dpo"), "à qui écrire pour ses données personnelles", "dpo: dpo@exemple.fr"
    ),
    Requirement(
        ("editeur", "accessibilite"), "la déclaration d’accessibilité",
        "accessibilite: {conformite: non, date: 2026-11-26}",
    ),
    Requirement(
        ("editeur", "accessibilite", "conformite"), "l’état de conformité au RGAA",
        "conformite: non", inner=True,
    ),
    Requirement(
        ("editeur", "accessibilite", "date"), "la date de la déclaration d’accessibilité",
        "date: 2026-11-26", inner=True,
    ),
    Requirement(
        ("priorites",), "les axes de la convention",
        "priorites: [{id: grandir, titre: Grandir ici}]", advised=True,
    ),
    Requirement(
        ("evaluation",), "comment la convention est évaluée",
        "evaluation: {introduction: Un bilan est fait chaque année.}", advised=True,
    ),
)  # fmt: skip


def check_adoption(document: Document) -> Iterator[Problem]:
    """Find what an adopted site lacks; invented material, never adopted, is told elsewhere."""
    yield from _check_audit(document)
    data = document.data
    if data.get("statut") != ADOPTED or data.get("contenu_fictif"):
        return
    for missing in missing_for_adoption(document):
        message = f"« statut: adopte » : il manque {_told(missing)}"
        yield document.problem(message, missing.path, key=True, warning=missing.advised)
    for path, state in values(data, ("validations",)):
        drafts = state.items() if isinstance(state, dict) else ()
        for part, entry in drafts:
            if isinstance(entry, dict) and entry.get("etat") == "brouillon":
                message = f"« statut: adopte » : la partie « {part} » est encore un brouillon"
                yield document.problem(message, (*path, part), key=True, warning=True)


def missing_for_adoption(document: Document) -> tuple[Requirement, ...]:
    """Return what a file does not say yet, in the order of a site's file."""
    return tuple(
        one
        for one in REQUIREMENTS
        if not _said(document, one.path) and (not one.inner or _said(document, one.path[:-1]))
    )


def before_adoption(files: Iterable[Path], workspace: Path) -> tuple[Problem, ...]:
    """Return what the territories that are still a `projet` have to write before they are adopted.

    Nothing is wrong with them: whoever prepares the adoption reads what is left to do.
    """
    found: list[Problem] = []
    for file in files:
        try:
            document = read_yaml(file, workspace)
        except ConfigError:  # told by whoever reads the territory
            continue
        if isinstance(document.data, dict) and document.data.get("statut") == DRAFT:
            found += (
                document.problem(_told(missing), missing.path, key=True)
                for missing in missing_for_adoption(document)
            )
    return tuple(found)


def _check_audit(document: Document) -> Iterator[Problem]:
    """Find a conformity that no audit found: without one, a site is “non conforme”."""
    path = ("editeur", "accessibilite")
    for where, said in values(document.data, (*path, "conformite")):
        if said in ("partielle", "totale") and not _said(document, (*path, "audit")):
            message = (
                f"« conformite: {said} » se constate par un audit : décrivez-le, par exemple "
                f"« {AUDIT} », ou écrivez « conformite: non »"
            )
            adopted = document.data.get("statut") == ADOPTED
            yield document.problem(message, where, warning=not adopted)


def _told(missing: Requirement) -> str:
    key = " → ".join(str(step) for step in missing.path)
    what = f"{missing.what}, conseillé" if missing.advised else missing.what
    return f"« {key} » ({what}), par exemple « {missing.example} »"


def _said(document: Document, path: KeyPath) -> bool:
    """Whether a file says something at a path: a key whose values are all empty says nothing."""
    return any(_holds(value) for _, value in values(document.data, path))


def _holds(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_holds(item) for item in value)
    return value not in (None, "")
