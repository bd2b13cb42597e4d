"""A territory's own colours, made readable: contrast with text is at least 4.5 in both schemes."""

from __future__ import annotations

from ctgsite.config.contrast import NIGHT, PAPER, readable
from ctgsite.site.model import SiteSpec


def colour_rules(spec: SiteSpec) -> str:
    """Return the style sheet of the site's own colours; "" where it keeps ours."""
    light, dark = [], []
    if spec.primary:
        brand = readable(spec.primary, PAPER)  # white text stands on it, in both schemes
        light.append(f"--ctg-marque:{brand}")
        dark.append(f"--ctg-marque:{brand}")
    if spec.accent:
        light.append(f"--ctg-accent:{readable(spec.accent, PAPER)}")
        dark.append(f"--ctg-accent:{readable(spec.accent, NIGHT)}")
    if not light:
        return ""
    # Twice the attribute: these rules win over 00-jetons.css, wherever they stand.
    return "".join(
        f'[data-md-color-scheme="{scheme}"][data-md-color-scheme]{{{";".join(rules)}}}\n'
        for scheme, rules in (("default", light), ("slate", dark))
    )
