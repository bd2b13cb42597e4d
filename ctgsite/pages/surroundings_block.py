"""The block on what surrounds a territory of one commune: a map of a theme's main rate."""

from __future__ import annotations

from ctgsite.diagnostic.model import Surroundings, ThemeDiagnostic
from ctgsite.geography.names import de
from ctgsite.pages.blocks import Block, Passage, Workshop, method_anchor, sources_of
from ctgsite.pages.charts import as_json, map_chart
from ctgsite.pages.french import uncapitalise
from ctgsite.pages.member_blocks import CONTOURS, map_anchor, map_sentences
from ctgsite.pages.sentences import figure, label
from ctgsite.pages.tables import members_table


def surroundings_block(
    theme: ThemeDiagnostic, around: Surroundings, workshop: Workshop
) -> Block | None:
    """Return the map of a commune among its neighbours, with their table, the commune first."""
    finding = around.finding(theme.theme.slug)
    if finding is None:
        return None
    chart = map_chart(finding, around.shapes, strong=finding.area)
    if chart is None:
        return None
    name = finding.indicator.label
    own = f"{label(finding.area)}, au contour épais : {figure(finding.measure, finding.indicator)}."
    areas = [area for area, _ in finding.members]
    return Block(
        id=map_anchor(theme.theme.slug),
        heading=f"Autour {de(finding.area)} : {uncapitalise(name)}",
        name=f"Carte : {name}",
        chart=as_json(chart),
        passages=(Passage((own, *map_sentences(finding))),),
        table=members_table([finding], areas, {}, "La commune, puis ses voisines"),
        sources=(*sources_of([finding], workshop), CONTOURS),
        method=method_anchor(finding.indicator.id),
    )
