"""What the description of a territory's own figures may say: the file, its variables, indicators.

The keys of an indicator are the catalogue's, but fewer are asked for.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ctgsite.config.fields import Date, Section, Year

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class LocalVariable(Section):
    """One column of the file."""

    column: str = Field(alias="colonne", description="Colonne du fichier, telle qu’elle s’y écrit.")
    label: str = Field(default="", alias="libelle", description="Ce qu’elle compte, en clair.")
    unit: str = Field(default="", alias="unite", description="« places », « visites », « % ».")
    additive: bool = Field(
        default=True,
        description="Faux si les chiffres des communes ne s’additionnent pas : un taux, un prix.",
    )
    least: float | None = Field(default=None, alias="minimum", description="0 par défaut.")
    most: float | None = Field(
        default=None, alias="maximum", description="100 par défaut pour une unité « % »."
    )

    @property
    def range(self) -> tuple[float | None, float | None]:
        """The least and greatest figure expected."""
        share = self.unit == "%"
        least = 0.0 if self.least is None else self.least
        return least, 100.0 if self.most is None and share else self.most


class LocalFinding(Section):
    """Headings; `{reference}` stands for “en Haute-Garonne”."""

    more: str = Field(alias="plus", description="« Davantage de places que {reference} ».")
    less: str = Field(alias="moins", description="« Moins de places que {reference} ».")
    close: str = Field(alias="proche", description="« Autant de places que {reference} ».")
    plain: str = Field(alias="neutre", description="Titre sans comparaison.")


class LocalIndicator(Section):
    """One indicator drawn from the file, and perhaps from open data besides."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")] = Field(
        description="Identifiant : minuscules, chiffres et « _ » ; aucun du catalogue."
    )
    label: Text = Field(alias="libelle", description="Nom affiché.")
    theme: str = Field(alias="thematique", description="Thématique du site qui le montre.")
    definition: str = Field(default="", description="Ce qui est compté, en une phrase.")
    unit: Text = Field(alias="unite", description="Écrite après le nombre : « places », « % ».")
    numerator: Text = Field(
        alias="numerateur", description="Variable du fichier, ou somme : « creches + micro »."
    )
    denominator: str = Field(
        default="",
        alias="denominateur",
        description="Variable du fichier ou d’un jeu ouvert : « insee-comparateur:P_POP@2018 ».",
    )
    scale: float | None = Field(
        default=None, alias="facteur", gt=0, description="100 par défaut, s’il y a un dénominateur."
    )
    direction: Literal["haut", "bas", "aucun"] = Field(
        default="aucun", alias="sens", description="Quel chiffre appelle l’attention."
    )
    precision: int | None = Field(default=None, ge=0, le=3, description="Décimales affichées.")
    caution_threshold: float = Field(
        default=0.0,
        ge=0,
        alias="seuil_prudence",
        description="Effectif au-dessous duquel le chiffre se lit avec prudence.",
    )
    form: Literal["comparaison", "evolution"] = Field(
        default="comparaison", alias="graphique", description="Barres ou courbe."
    )
    reading: Text = Field(
        alias="lecture", description="Complète « À Seilh, en 2025, … » : « on compte {valeur} »."
    )
    finding: LocalFinding | None = Field(default=None, alias="constat", description="Titres.")
    counted: str = Field(default="", alias="compte", description="Ce que compte le numérateur.")
    note: str = Field(default="", description="Dite avec chaque chiffre.")
    limits: str = Field(default="", alias="limites", description="Ce que ce chiffre ne dit pas.")
    question: str = Field(default="", description="La question à poser.")
    synonyms: tuple[str, ...] = Field(
        default=(), alias="synonymes", description="Les mots que l’on cherche."
    )

    @model_validator(mode="after")
    def _reading_has_the_figure(self) -> Self:
        if "{valeur}" not in self.reading:
            raise ValueError("« lecture » doit contenir {valeur}")
        return self


class LocalFiguresFile(Section):
    """The description of a file of figures, one row a commune and perhaps a year."""

    title: Text = Field(alias="titre", description="Titre du fichier, tel que les pages le citent.")
    source: Text = Field(description="Qui a compté : service ou organisme.")
    date: Date = Field(description="Jour où les chiffres ont été relevés (2025-12-31).")
    licence: str = Field(default="", description="Conditions de réutilisation, si elles existent.")
    note: str = Field(default="", description="Ce qu’il faut savoir pour lire ces chiffres.")
    sheet: str = Field(
        default="", alias="feuille", description="Feuille d’un classeur ; la première sinon."
    )
    commune: str = Field(
        default="code", description="Colonne des codes Insee des communes (« code » sinon)."
    )
    year: Year | None = Field(default=None, alias="annee", description="Année des chiffres.")
    year_column: str = Field(
        default="", alias="colonne_annee", description="Colonne des années, s’il y en a plusieurs."
    )
    geography: Year | None = Field(
        default=None,
        alias="geographie",
        description="Année des communes du fichier, si certaines ont fusionné depuis.",
    )
    without_row: Literal["absent", "zero"] = Field(
        default="absent",
        alias="communes_sans_ligne",
        description="« zero » si une commune sans ligne n’a rien, « absent » si on l’ignore.",
    )
    threshold: int | None = Field(
        default=None,
        alias="seuil",
        ge=2,
        le=100,
        strict=True,
        description="Tout effectif au-dessous, zéro mis à part, est secret : à dire de personnes.",
    )
    variables: dict[Name, LocalVariable] = Field(
        min_length=1, description="Nom court de chaque colonne utile."
    )
    indicators: tuple[LocalIndicator, ...] = Field(
        alias="indicateurs", min_length=1, description="Indicateurs tirés du fichier."
    )

    @model_validator(mode="after")
    def _dated_once(self) -> Self:
        if (self.year is None) == (not self.year_column):
            raise ValueError("dites l’année par « annee » ou par « colonne_annee », l’une des deux")
        return self

    @model_validator(mode="after")
    def _masked_counts_add_up(self) -> Self:
        fixed = next((name for name, one in self.variables.items() if not one.additive), None)
        if self.threshold and fixed:
            raise ValueError(
                f"« seuil » protège des effectifs : « {fixed} » ne s’additionne pas, décrivez-le "
                "dans un autre fichier"
            )
        return self
