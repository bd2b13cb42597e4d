"""What a site says of itself: whom it engages, and whether what people say on it is invented."""

from __future__ import annotations

import re

from ctgsite.config.models import TerritoryFile

BANNERS = {
    "illustration": (
        "Site d’illustration\u00a0: il montre ce que ctgsite produit à partir de données "
        "publiques. Il n’engage ni la collectivité, ni la Caf, ni leurs partenaires."
    ),
    "projet": "Document de travail\u00a0: ce diagnostic n’a pas encore été adopté.",
    "adopte": "Diagnostic adopté par les signataires de la convention.",
}
FICTITIOUS = (
    "Contenu fictif\u00a0: les questionnaires, les paroles, les enjeux et les actions de ce site "
    "sont inventés pour montrer l’outil. Seuls les chiffres des producteurs publics sont réels."
)
INVENTED_HERE = (
    "<strong>Contenu fictif.</strong> Sur cette page, seuls les chiffres des producteurs publics "
    "sont réels."
)
_SAID_ONCE = (  # pages of figures, the home page, and the brief, whose two pages are full
    "", "thematiques", "communes", "donnees", "methode", "glossaire", "accessibilite",
    "mentions-legales", "donnees-personnelles", "brief",
)  # fmt: skip
_TITLE = re.compile(r"^# .+$", re.MULTILINE)


def banner(territory: TerritoryFile) -> str:
    """Return the sentence at the head of every page of a site."""
    return FICTITIOUS if territory.fictitious else BANNERS[territory.statut]


def with_notice(markdown: str, folder: str, territory: TerritoryFile) -> str:
    """Return a page that also says under its title that what people say on it is invented.

    The banner says so on every page; where nearly all of the page is invented it is said again, in
    a line, to who skips the banner.
    """
    if not territory.fictitious or folder.partition("/")[0] in _SAID_ONCE:
        return markdown
    notice = f'\n\n<p class="ctg-fictif">{INVENTED_HERE}</p>'
    return _TITLE.sub(lambda found: found[0] + notice, markdown, count=1)
