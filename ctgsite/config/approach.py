"""The démarche of a CTG, as its territory's file tells it: phases, steps, governance, people."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from ctgsite.config.fields import Count, Date, Section, Span, State, Url, Validation
from ctgsite.config.voices import ActorKind

StepName = Literal[
    "quantitative", "qualitative", "attentes_des_acteurs", "offre_et_besoins",
    "seminaire_enjeux_partages", "actions_co_construites",
]  # fmt: skip
FrameworkKind = Literal["sdsf", "pedt", "plan_mercredi", "cls", "abs", "contrat_ville", "autre"]
FormerKind = Literal["ctg", "cej", "autre"]


class Step(Span):
    """One phase or step of the démarche: when, how far along, and what it consists of."""

    state: State | None = Field(
        default=None, alias="etat", description="a_venir, en_cours ou termine."
    )
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    validation: Validation | None = Field(default=None, description="Qui a validé cette étape.")
    validated_on: Date | None = Field(
        default=None, alias="validee_le", description="Date de validation."
    )


class Phases(Section):
    """The two phases of the diagnostic."""

    quantitative: Step | None = Field(default=None, description="Le diagnostic chiffré.")
    qualitative: Step | None = Field(
        default=None, description="La parole des habitants et des acteurs."
    )


class Steps(Section):
    """The four steps that make the diagnostic a shared one."""

    expectations: Step | None = Field(
        default=None, alias="attentes_des_acteurs", description="1. Les attentes des acteurs."
    )
    supply_and_needs: Step | None = Field(
        default=None, alias="offre_et_besoins", description="2. L’offre et les besoins."
    )
    seminar: Step | None = Field(
        default=None,
        alias="seminaire_enjeux_partages",
        description="3. Le séminaire d’enjeux partagés.",
    )
    actions: Step | None = Field(
        default=None, alias="actions_co_construites", description="4. Les actions co-construites."
    )


class Committee(Section):
    """A body of the governance: who sits on it, what it decides, when it met."""

    name: str = Field(default="", alias="nom", description="Nom du comité.")
    theme: str | None = Field(default=None, description="Thématique du comité.")
    role: str = Field(default="", description="Ce que le comité décide.")
    members: tuple[str, ...] = Field(
        default=(), alias="membres", description="Organismes et fonctions."
    )
    meetings: tuple[Date, ...] = Field(
        default=(), alias="reunions", description="Dates des réunions."
    )


class Governance(Section):
    """Who steers the convention."""

    steering: Committee | None = Field(
        default=None, alias="comite_de_pilotage", description="Le comité de pilotage."
    )
    technical: Committee | None = Field(
        default=None, alias="comite_technique", description="Le comité technique."
    )
    thematic: tuple[Committee, ...] = Field(
        default=(), alias="comites_thematiques", description="Les comités thématiques."
    )
    coordinator: str = Field(
        default="", alias="charge_de_cooperation", description="Le poste de chargé de coopération."
    )


class Mobilised(Section):
    """How many actors of one kind took part, and in which step."""

    kind: ActorKind = Field(alias="acteurs", description="habitant, association, elu…")
    number: Count = Field(alias="nombre", description="Nombre de personnes.")
    step: StepName = Field(alias="etape", description="Phase ou étape concernée.")


class Framework(Section):
    """Another framework that the convention links to (SDSF, PEDT, CLS, contrat de ville…)."""

    kind: FrameworkKind = Field(
        default="autre", alias="type", description="sdsf, pedt, plan_mercredi, cls, abs…"
    )
    name: str = Field(alias="nom", description="Nom du cadre (PEDT, CLS, SDSF…).")
    text: str = Field(default="", alias="texte", description="Lien avec la CTG.")
    url: Url | None = Field(default=None, alias="lien", description="Adresse d’une page à lire.")


class FormerContract(Section):
    """What is kept from the former CTG or contrat enfance jeunesse."""

    kind: FormerKind | None = Field(default=None, alias="contrat", description="ctg, cej ou autre.")
    years: str = Field(default="", alias="periode", description="Ses années (« 2020-2024 »).")
    text: str = Field(default="", alias="texte", description="Le bilan, en Markdown.")
    successes: tuple[str, ...] = Field(
        default=(), alias="reussites", description="Ce qui a réussi."
    )
    difficulties: tuple[str, ...] = Field(
        default=(), alias="difficultes", description="Ce qui a été difficile."
    )
    kept: tuple[str, ...] = Field(
        default=(), alias="suites", description="Ce que la nouvelle convention en garde."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"texte": value} if isinstance(value, str) else value


class Approach(Section):
    """The démarche: what the actors do together, and how far along they are."""

    introduction: str = Field(default="", description="Texte d’introduction, en Markdown.")
    phases: Phases = Field(default_factory=Phases, description="Les deux phases du diagnostic.")
    steps: Steps = Field(default_factory=Steps, alias="etapes", description="Les quatre étapes.")
    former: FormerContract | None = Field(
        default=None, alias="bilan", description="Bilan de la convention précédente."
    )
    frameworks: tuple[Framework, ...] = Field(
        default=(), alias="cadres", description="Liens avec d’autres cadres."
    )
    governance: Governance = Field(
        default_factory=Governance, alias="gouvernance", description="Qui pilote la convention."
    )
    mobilisation: tuple[Mobilised, ...] = Field(default=(), description="Qui s’est mobilisé.")
