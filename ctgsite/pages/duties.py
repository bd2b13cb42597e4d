"""Which duties of the accueil du jeune enfant apply here (CASF, L214-1-3, since 1 January 2025)."""

from __future__ import annotations

from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.geography.areas import Level
from ctgsite.geography.names import a
from ctgsite.pages.french import NBSP, capitalise, counted, number
from ctgsite.pages.sentences import period_of

PLANNING = 3_500  # inhabitants: beyond, a commune plans the supply and supports its quality
SCHEME = 10_000  # beyond, by a multi-year scheme
TRANSFER = "Une intercommunalité peut exercer ces compétences à leur place."


def duties(diagnostic: Diagnostic) -> str:
    """Return one sentence on the territory's communes, "" where their population is unknown."""
    found = (f for theme in diagnostic.themes for f in theme.findings)
    population = next((f for f in found if f.indicator.id == "population"), None)
    if population is None:
        return ""
    if diagnostic.area.level is Level.COMMUNE:
        return _of_commune(population)
    return _of_members(population)


def _of_commune(population: Finding) -> str:
    people = population.measure.value or 0.0
    tasks = ["recenser les besoins", "informer les familles"]
    if people > PLANNING:
        tasks += ["planifier l’offre", "soutenir sa qualité"]
    if people > SCHEME:
        tasks.append("établir un schéma pluriannuel")
    place = capitalise(a(population.area))
    counted_people = f"{number(people)}{NBSP}habitants en {period_of(population.measure)}"
    return f"{place} ({counted_people}), la commune doit {', '.join(tasks[:-1])} et {tasks[-1]}."


def _of_members(population: Finding) -> str:
    known = [measure.value for _, measure in population.members if measure.value is not None]
    if not known:
        return ""
    planning = sum(value > PLANNING for value in known)
    scheme = sum(value > SCHEME for value in known)
    whole, limit = counted(len(known), "commune"), f"{number(PLANNING)}{NBSP}habitants"
    everyone = f"Ici, les {whole} recensent les besoins et informent les familles"
    if not planning:
        return f"{everyone} ; aucune ne dépasse {limit}. {TRANSFER}"
    who = "celle qui dépasse" if planning == 1 else f"les {number(planning)} qui dépassent"
    verb = "doit" if planning == 1 else "doivent"
    text = f"{everyone} ; {who} {limit} {verb} aussi planifier l’offre et soutenir sa qualité"
    if scheme:
        text += f", dont {number(scheme)} de plus de {number(SCHEME)} par un schéma pluriannuel"
    return f"{text}. {TRANSFER}"
