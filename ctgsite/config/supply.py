"""The supply of the territory: its services, the need they answer, who holds what competence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgsite.config.fields import Count, Latitude, Longitude, Section

Holder = Literal[
    "commune", "epci", "syndicat", "ccas", "cias", "departement", "region", "etat", "caf", "autre"
]
ServiceKind = Literal[
    "eaje", "rpe", "laep", "mam", "ludotheque", "alsh", "clas", "evs", "centre_social",
    "france_services", "accueil_jeunes", "pmi", "ccas", "autre",
]  # fmt: skip


class Competence(Section):
    """Who holds a competence on the territory."""

    field: str = Field(alias="domaine", description="Petite enfance, périscolaire…")
    holder: Holder = Field(alias="titulaire", description="Commune, EPCI, syndicat, CCAS…")
    body: str = Field(default="", alias="organisme", description="Nom de l’organisme.")
    theme: str | None = Field(default=None, description="Thématique.")
    text: str = Field(default="", alias="texte", description="Précisions.")


class Service(Section):
    """One service offered on the territory."""

    kind: ServiceKind = Field(alias="type", description="eaje, rpe, laep, alsh, clas, evs…")
    name: str = Field(alias="nom", description="Nom du service.")
    theme: str | None = Field(default=None, description="Thématique.")
    commune: str | None = Field(default=None, description="Code de la commune, entre guillemets.")
    address: str = Field(default="", alias="adresse", description="Adresse.")
    latitude: Latitude | None = Field(default=None, description="En degrés (43.58).")
    longitude: Longitude | None = Field(default=None, description="En degrés (1.34).")
    operator: str = Field(default="", alias="gestionnaire", description="Gestionnaire.")
    capacity: Count | None = Field(default=None, alias="capacite", description="Nombre de places.")
    needs: tuple[str, ...] = Field(
        default=(), alias="repond_a", description="Indicateurs du besoin auquel il répond."
    )
    text: str = Field(default="", alias="texte", description="Précisions.")
