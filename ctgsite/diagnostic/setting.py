"""What a territory's figures, and those of its member communes, are read against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ctgsite.diagnostic.benchmarks import Coverage
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.findings import Pool, Setting
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.names import de
from ctgsite.indicators.peers import Peers

PEERS = 10  # comparable territories
PLURAL = {
    Level.EPCI: "intercommunalités",
    Level.DEPARTEMENT: "départements",
}
# A member commune stands out within its own territory first.
MEMBER_ORDER = (Level.TERRITOIRE, Level.EPCI, Level.DEPARTEMENT)


def setting_of_territory(
    coverage: Coverage, benchmarks: tuple[Area, ...], peers: Peers, evidence: Evidence
) -> Setting:
    """Return what the territory as a whole is compared with and ranked among."""
    area = coverage.area
    members = tuple(evidence.geography.area(Level.COMMUNE, code) for code in coverage.communes)
    return Setting(
        area,
        benchmarks,
        peers=(peers, peer_level(area)),
        pools=_pools(area, evidence),
        members=() if area.level is Level.COMMUNE else members,
        inhabitants=inhabitants_of(coverage.communes, evidence),
    )


def setting_of_member(member: Area, coverage: Coverage, evidence: Evidence) -> Setting:
    """Return what a member commune is compared with: its territory, EPCI and département."""
    geography = evidence.geography
    wider = (
        coverage.area,
        geography.parent(member.code, Level.EPCI),
        geography.parent(member.code, Level.DEPARTEMENT),
    )
    benchmarks = dict.fromkeys(area for area in wider if area is not None)
    siblings = Pool(Level.COMMUNE, coverage.communes, f"communes {de(coverage.area)}")
    return Setting(member, tuple(benchmarks), pools=(siblings,), order=MEMBER_ORDER)


def inhabitants_of(communes: Iterable[str], evidence: Evidence) -> dict[str, float]:
    """Return the latest population of each commune that has one."""
    found = (evidence.figures.latest("population", Level.COMMUNE, code) for code in communes)
    return {m.code: m.value for m in found if m is not None and m.value is not None}


def setting_of_departement(
    setting: Setting, coverage: Coverage, evidence: Evidence
) -> Setting | None:
    """Return the setting of the département that has most of a territory's communes.

    It is for figures that are published no closer; None where the territory is wider.
    """
    if setting.area.level in (Level.DEPARTEMENT, Level.REGION, Level.FRANCE):
        return None
    around = Counter(evidence.geography.parent(c, Level.DEPARTEMENT) for c in coverage.communes)
    area, _ = max(around.items(), key=lambda pair: (pair[1], pair[0] is not None))
    if area is None:
        return None
    wider = (Level.REGION, Level.FRANCE)
    return Setting(area, tuple(b for b in setting.benchmarks if b.level in wider))


def _pools(area: Area, evidence: Evidence) -> tuple[Pool, ...]:
    """Return a commune's département, and for wider areas all those of France."""
    geography = evidence.geography
    if area.level is Level.COMMUNE:
        departement = geography.parent(area.code, Level.DEPARTEMENT)
        if departement is None:
            return ()
        codes = geography.communes_of(Level.DEPARTEMENT, departement.code)
        return (Pool(Level.COMMUNE, codes, f"communes {de(departement)}"),)
    if area.level in PLURAL:
        codes = tuple(other.code for other in geography.areas(area.level))
        return (Pool(area.level, codes, f"{PLURAL[area.level]} de France"),)
    return ()


def peer_level(area: Area) -> Level:
    """Return the level of an area's peers: a groupe of communes is compared with EPCI."""
    return Level.EPCI if area.level is Level.TERRITOIRE else area.level
