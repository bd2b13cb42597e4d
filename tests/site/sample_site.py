# ruff: noqa: E501 - the Markdown is written as pages write it, a block a line
"""A small site about an invented territory: every kind of block that a page can hold."""

from __future__ import annotations

import json
from datetime import date
from pathlib import PurePosixPath

from ctgsite.pages.model import Asset, Page
from ctgsite.site.model import Link, Mark, Population, SiteCard, SiteSpec

SLUG = "val-exemple"
OUTLINE = (((1.2, 43.5), (1.5, 43.5), (1.5, 43.8), (1.2, 43.8), (1.2, 43.5)),)


def figure(name: str, title: str, chart: dict[str, object], rows: list[tuple[str, str]]) -> str:
    """One chart block, as the pages write it."""
    data = json.dumps(chart, ensure_ascii=False).replace("</", "<\\/")
    body = "".join(
        f'<tr><th scope="row">{label}</th><td>{value}</td></tr>' for label, value in rows
    )
    return (
        f'<figure class="ctg-figure" aria-labelledby="{name}">\n'
        f'<div class="ctg-graphique" data-nom="{name}">'
        f'<script type="application/json">{data}</script></div>\n'
        f"<figcaption>{title} : la lecture du graphique en une phrase.</figcaption>\n"
        '<details class="ctg-donnees" open><summary>Données du graphique</summary>'
        f'<div class="ctg-defile" tabindex="0" role="region" aria-label="Données : {title}">'
        '<table><thead><tr><th scope="col">Territoire</th><th scope="col">Valeur</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>\n"
        f'<p class="ctg-source">Source : producteur d’exemple, 2018. <a href="#{name}">'
        "Lien permanent</a></p>\n</figure>\n"
    )


def bars(name: str = "part", title: str = "Une part plus élevée qu’ailleurs") -> str:
    rows = [("Val-Exemple", 18.2), ("Département", 14.1), ("France", 12.3)]
    chart = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": [label for label, _ in rows],
                "x": [value for _, value in rows],
                "marker": {"color": ["#2f7fc1", "#8a8f98", "#8a8f98"]},
                "texttemplate": "%{x:.1f} %",
                "hovertemplate": "%{y} : %{x:.1f} %<extra></extra>",
            }
        ],
        "layout": {"height": 240, "yaxis": {"autorange": "reversed"}, "xaxis": {"visible": False}},
    }
    return figure(
        name, title, chart, [(label, f"{value:.1f} %".replace(".", ",")) for label, value in rows]
    )


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
        name, "Une population qui augmente", chart, [("2008", "11 200"), ("2018", "13 480")]
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
