# ruff: noqa: E501 - the Markdown is written as pages write it, a block a line
"""A small site about an invented territory: every kind of block that a page can hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts import as_json, base
from ctgsite.pages.model import Asset, Page
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.templates import make_environment
from ctgsite.site.model import Link, Mark, Population, SiteCard, SiteSpec

SLUG = "val-exemple"
TEMPLATES = make_environment(Path(__file__).parents[2] / "docs_templates")
OUTLINE = (((1.2, 43.5), (1.5, 43.5), (1.5, 43.8), (1.2, 43.8), (1.2, 43.5)),)


def figure(
    name: str, title: str, chart: dict[str, Any], rows: list[tuple[str, ...]], **more: Any
) -> str:
    """One chart block, as the pages write it; rows are titles, figures, levels of benchmarks."""
    cells = (
        (Cell(row, benchmark="".join(level)), Cell(text, number=True)) for row, text, *level in rows
    )
    block = Block(
        id=name,
        heading=title,
        name=title,
        chart=as_json(chart),
        passages=(Passage((f"{title} : la lecture du graphique en une phrase.",)),),
        table=Table(title, ("Territoire", "Valeur"), tuple(cells)),
        sources=("producteur d’exemple, 2018",),
        method="",
        **more,
    )
    return str(TEMPLATES.get_template("figure.html.j2").module.figure(block, "")).strip() + "\n"


def bars(name: str = "part", title: str = "Une part plus élevée qu’ailleurs") -> str:
    rows = [
        ("Val-Exemple", 18.2, ""),
        ("Haute-Exemple", 14.1, "departement"),
        ("France", 12.3, "france"),
    ]
    values = [value for _, value, _ in rows]
    written = [f"{value:.1f} %".replace(".", ",") for value in values]
    told = [f"{label} : {text}" for (label, _, _), text in zip(rows, written, strict=True)]
    fills = ["#2f7fc1", "#8a8f98", "#8a8f98"]
    chart = {
        "data": [base.bars(values, written, told, fills, fills)],
        "layout": base.layout(
            160,
            xaxis={"visible": False, "range": base.value_range(values, written)},
            yaxis=base.rows_axis(3),
            annotations=base.row_labels([label for label, _, _ in rows]),
        ),
    }
    table: list[tuple[str, ...]] = [
        (label, text, level) for (label, _, level), text in zip(rows, written, strict=True)
    ]
    limits, questions = ("Une part ne dit pas un nombre.",), ("Qui est concerné ?",)
    return figure(name, title, chart, table, limits=limits, questions=questions)


def lines(name: str = "evolution") -> str:
    years = ["2008", "2013", "2018"]
    chart = {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": "Val-Exemple",
                "x": years,
                "y": [11200, 12350, 13480],
                "hovertext": ["2008 : 11 200", "2013 : 12 350", "2018 : 13 480"],
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": "Comparables",
                "x": years,
                "y": [11900, 12100, 12200],
            },
        ],
        "layout": {"height": 320, "yaxis": {"tickformat": ",d"}},
    }
    return figure(
        name,
        "Une population qui augmente",
        chart,
        [("2008", "11 200"), ("2018", "13 480"), ("Comparables", "12 200", "comparables")],
    )


def outlines(name: str = "carte") -> str:
    square = {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "line": {"color": "#6b7078", "width": 1},
    }
    chart = {
        "data": [
            square
            | {
                "x": [1.2, 1.4, 1.4, 1.2, 1.2],
                "y": [43.5, 43.5, 43.7, 43.7, 43.5],
                "fillcolor": "#6ba6d6",
                "name": "Bourg",
            },
            square
            | {
                "x": [1.4, 1.6, 1.6, 1.4, 1.4],
                "y": [43.5, 43.5, 43.7, 43.7, 43.5],
                "fillcolor": "#0b4a80",
                "name": "Hameau",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [1.3, 1.5],
                "y": [43.6, 43.6],
                "marker": {"size": 18, "opacity": 0},
                "hovertext": ["Bourg : 12 %", "Hameau : 19 %"],
                "hoverinfo": "text",
                "customdata": ["../../communes/99001/index.html", ""],
            },
        ],
        "layout": {
            "height": 360,
            "showlegend": False,
            "xaxis": {"visible": False},
            "yaxis": {"visible": False, "scaleanchor": "x", "scaleratio": 1.4},
        },
    }
    return figure(name, "Deux communes contrastées", chart, [("Bourg", "12 %"), ("Hameau", "19 %")])


HOME = f"""# Val-Exemple

<p class="ctg-accroche">13 480 habitants en 2018, et une population qui augmente plus vite que celle des territoires comparables.</p>

<div class="ctg-chiffres">
<a class="ctg-chiffre" href="thematiques/population/index.html"><span class="ctg-chiffre__valeur">13 480</span><span class="ctg-chiffre__nom">habitants</span><span class="ctg-chiffre__note">recensement 2018</span></a>
<a class="ctg-chiffre" href="thematiques/population/index.html"><span class="ctg-chiffre__valeur">18,2 %</span><span class="ctg-chiffre__nom">de moins de 20 ans</span><span class="ctg-chiffre__note">contre 14,1 % dans le département</span></a>
<a class="ctg-chiffre" href="thematiques/population/index.html"><span class="ctg-chiffre__valeur">22 340 €</span><span class="ctg-chiffre__nom">de niveau de vie médian</span><span class="ctg-chiffre__note">par an, revenus 2019</span></a>
</div>

## Une part plus élevée qu’ailleurs {{: #part }}

{bars()}

## Ce que les habitants disent

Des *mots*, une [page de thème](thematiques/population/index.md) et un [constat](thematiques/population/index.md#evolution).

| Étape | Échéance | Pilote | Partenaires mobilisés | Où en est-on ? |
|---|---|---|---|---|
| Diagnostic partagé | printemps 2025 | Communauté de communes | Caf, centres sociaux, associations | en cours |
| Priorités | automne 2025 | Comité de pilotage | élus de toutes les communes membres | à venir |
"""

THEME = f"""# Population

<div class="ctg-comparer" data-search-exclude></div>

## Une population qui augmente {{: #evolution }}

{lines()}

## Deux communes contrastées {{: #carte }}

{outlines()}

!!! note "Ce que ce chiffre ne dit pas"
    Une moyenne cache des situations contrastées.
"""

COMMUNE = "# Bourg\n\nUne commune membre, que la recherche retrouve par le mot tournesol.\n"
LEGAL = "# Mentions légales\n\nL’éditeur du site est à renseigner.\n"

PAGES = (
    Page(PurePosixPath("index.md"), "Synthèse", HOME),
    Page(
        PurePosixPath("thematiques/population/index.md"), "Population", THEME, section="Thématiques"
    ),
    Page(PurePosixPath("communes/99001/index.md"), "Bourg", COMMUNE, in_nav=False),
    Page(PurePosixPath("mentions-legales/index.md"), "Mentions légales", LEGAL, section="À propos"),
)
ASSETS = (
    Asset(PurePosixPath("donnees/indicateurs.csv"), b"indicateur,valeur\npopulation,13480\n"),
)
SPEC = SiteSpec(
    slug=SLUG,
    name="Val-Exemple",
    description="Diagnostic d’un territoire d’exemple",
    banner="Site d’illustration : ce diagnostic n’engage pas le territoire.",
    footer_note="Figures d’exemple.",
    footer_links=(Link("Mentions légales", PurePosixPath("mentions-legales/index.md")),),
    updated=date(2025, 1, 2),
    mark=Mark(30, 48, "M0,0l30,0,0,48,-30,0z"),
)
CARD = SiteCard(
    slug=SLUG,
    name="Val-Exemple",
    type="epci",
    codes=("999999999",),
    level="epci",
    statut="illustration",
    inputs_key="entrees-1",
    content_key="contenu-1",
    version="0.1.0",
    departements=("31",),
    stated=Population(13_600, "", "liste de référence"),
    measured=Population(13_480, "2018", "Insee, recensement de la population"),
    outline=OUTLINE,
)
