"""A new territory's file, written from the Code officiel géographique for someone to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

import yaml

from ctgsite.config.checks import code_fault
from ctgsite.config.fields import PORTAL_FOLDERS
from ctgsite.config.known import KINDS, AreaKind, KnownNames
from ctgsite.config.loader import FOLDER, find_territories
from ctgsite.config.models import ALL_BENCHMARKS, TerritoryType
from ctgsite.config.schema import (
    ACTION_SCHEMA_NAME,
    FIGURES_SCHEMA_NAME,
    SCHEMA_NAME,
    SURVEY_SCHEMA_NAME,
    action_schema,
    figures_schema,
    survey_schema,
    territory_schema,
)
from ctgsite.config.spelling import fold
from ctgsite.errors import ConfigError, Place, Problem

_WHAT = {"commune": "commune", "epci": "intercommunalité", "departement": "département"}
# "CC du Ried de Marckolsheim" is found at ried-de-marckolsheim.
_LEGAL_FORM = re.compile(r"^(cc|ca|cu) ((du|des|de la|de|d'|de l') ?)?| agglomeration$")


def write_territory(
    workspace: Path, codes: Sequence[str], name: str | None, known: KnownNames
) -> Path:
    """Write territories/<slug>.yml and the schema beside it, and return the file's path.

    Several codes are communes that make a groupe, which needs a name.

    Raises:
        ConfigError: a code names nothing, the groupe has no name, or the file exists already.
    """
    kind = _kind_of(codes, known)
    if kind == "groupe" and not name:
        raise ConfigError(Problem("un groupe de communes a besoin d’un nom : ajoutez --nom"))
    title = name or known.name(_single(kind), codes[0]) or codes[0]
    slug = slug_of(title)
    if not slug:
        raise ConfigError(Problem(f"« {title} » ne donne aucune adresse : ajoutez --nom"))
    if slug in PORTAL_FOLDERS:
        message = (
            f"« {slug} » est le dossier des téléchargements du portail : --nom donne un autre nom"
        )
        raise ConfigError(Problem(message))
    folder = workspace / FOLDER
    for existing in find_territories(workspace):
        if existing.stem == slug:
            shown = existing.relative_to(workspace)
            message = "ce fichier existe déjà : rien n’a été écrit ; --nom donne un autre nom"
            raise ConfigError(Problem(message, Place(shown)))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.yml"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(territory_text(slug, title, kind, codes, known))
    write_schema(folder, known)
    return path


def write_schema(folder: Path, known: KnownNames) -> None:
    """Write the JSON Schemas that editors read: of territories' files, of their own figures."""
    schemas = {
        SCHEMA_NAME: territory_schema(known),
        FIGURES_SCHEMA_NAME: figures_schema(known),
        ACTION_SCHEMA_NAME: action_schema(known),
        SURVEY_SCHEMA_NAME: survey_schema(known),
    }
    for name, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")


def territory_text(
    slug: str, name: str, kind: TerritoryType, codes: Sequence[str], known: KnownNames
) -> str:
    """Return the text of a territory's file: what the COG knows, and the rest to be filled in."""
    model = files("ctgsite.config").joinpath("territoire.modele.yml").read_text(encoding="utf-8")
    return Template(model).substitute(
        schema=SCHEMA_NAME,
        slug=slug,
        nom=name,
        nom_yaml=_scalar(name),
        type=kind,
        qui=_who(kind, codes, known),
        codes=_codes_text(kind, codes, known),
        comparaisons=", ".join(ALL_BENCHMARKS[_first_benchmark(kind) :]),
        thematiques="\n".join(f"  - {theme}" for theme in known.themes),
    )


def slug_of(name: str) -> str:
    """Return a name as part of an address: lower case, no accent, dashes, no legal form."""
    plain = _LEGAL_FORM.sub("", _LEGAL_FORM.sub("", fold(name)))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _kind_of(codes: Sequence[str], known: KnownNames) -> TerritoryType:
    if len(codes) > 1:
        faults = [code_fault("commune", code, known) for code in dict.fromkeys(codes)]
        repeated = sorted({code for code in codes if codes.count(code) > 1})
        faults += [f"le code « {code} » est donné deux fois" for code in repeated]
        _raise_all(faults)
        return "groupe"
    for kind in KINDS:
        if known.name(kind, codes[0]) is not None:
            return kind
    lengths: dict[int, AreaKind] = {9: "epci", 3: "departement", 2: "departement"}
    _raise_all([code_fault(lengths.get(len(codes[0]), "commune"), codes[0], known)])
    raise AssertionError("code_fault names every unknown code")


def _raise_all(faults: Iterable[str | None]) -> None:
    problems = [Problem(fault) for fault in faults if fault]
    if problems:
        raise ConfigError(problems)


def _single(kind: TerritoryType) -> AreaKind:
    return "commune" if kind == "groupe" else kind


def _first_benchmark(kind: TerritoryType) -> int:
    """Return where benchmarks wider than a territory begin, in order from EPCI to France."""
    return {"commune": 0, "groupe": 0, "epci": 1, "departement": 2}[kind]


def _who(kind: TerritoryType, codes: Sequence[str], known: KnownNames) -> str:
    member = _single(kind)
    around = {found for code in codes for found in known.departements(member, code)}
    places = ", ".join(f"{name} ({code})" for code, name in sorted(around))
    label = "départements" if len(around) > 1 else "département"
    if kind == "groupe":
        return f"groupe de {len(codes)} communes ; {label} : {places}"
    if kind == "departement":
        return f"département {codes[0]}"
    return f"{_WHAT[kind]} {codes[0]} ; {label} : {places}"


def _codes_text(kind: TerritoryType, codes: Sequence[str], known: KnownNames) -> str:
    if kind != "groupe":
        return f'codes: ["{codes[0]}"]'
    lines = (f'  - "{code}"  # {known.name("commune", code)}' for code in codes)
    return "\n".join(("codes:", *lines))


def _scalar(text: str) -> str:
    """Write a text as YAML, with quotes only where it needs them."""
    written = yaml.safe_dump(text, allow_unicode=True, width=1000)
    return written.removesuffix("\n").removesuffix("\n...")
