"""A small diagnostic about places that do not exist: Testville, its sisters and their EPCI."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ctgsite.config.models import Territory
from ctgsite.config.questionnaires import SurveyFile
from ctgsite.diagnostic.assessment import assess
from ctgsite.diagnostic.model import (
    Comparison,
    Diagnostic,
    Finding,
    Highlight,
    MemberDiagnostic,
    PeerVariable,
    Shape,
    SourceCard,
    ThemeDiagnostic,
    Trend,
)
from ctgsite.diagnostic.plan import build_plan
from ctgsite.diagnostic.survey_model import SurveyResult
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import (
    Direction,
    Form,
    Formula,
    Indicator,
    Kind,
    Term,
    Theme,
    Wording,
)
from ctgsite.indicators.position import Rank
from ctgsite.sources.observations import Status
from ctgsite.sources.surveys.model import OptionRow, PublishedSurvey, QuestionResult

TEMPLATES = Path(__file__).parents[2] / "docs_templates"

TERRITORY = Area(Level.EPCI, "000000000", "CC du Pays d’Essai")
DEPARTEMENT = Area(Level.DEPARTEMENT, "00", "Fictive", 3)
FRANCE = Area(Level.FRANCE, "FRANCE", "France", 3)
PEERS = Area(Level.COMPARABLES, "comparables", "Territoires comparables")
TESTVILLE = Area(Level.COMMUNE, "00000", "Testville")
BOURG = Area(Level.COMMUNE, "00001", "Le Bourg-Fictif", 2)
HAMEAU = Area(Level.COMMUNE, "00002", "Hameau-d’Essai")

VACANCY = Indicator(
    id="part_logements_vacants",
    label="Part des logements vacants",
    theme="logement",
    definition="Logements sans occupant, parmi l’ensemble des logements",
    unit="%",
    direction=Direction.HAUT,
    precision=1,
    caution_threshold=200,
    form=Form.COMPARAISON,
    wording=Wording(
        reading="{valeur} des logements sont vacants",
        more="Davantage de logements vacants que {reference}",
        less="Moins de logements vacants que {reference}",
        close="Une part de logements vacants proche de celle relevée {reference}",
        plain="La part des logements vacants",
    ),
    formulas=(Formula("recensement", Kind.RAPPORT, (Term("P_LOGVAC"),), (Term("P_LOG"),)),),
    counted="logements",
    limits="Il ne dit pas depuis combien de temps ces logements sont vacants.",
    question="Quels logements pourraient être remis en location ?",
    trend_gap=5,
)
DWELLINGS = Indicator(
    id="logements",
    label="Nombre de logements",
    theme="logement",
    definition="Ensemble des logements",
    unit="logements",
    direction=Direction.AUCUN,
    precision=0,
    caution_threshold=0,
    form=Form.EVOLUTION,
    wording=Wording(
        reading="on compte {valeur}",
        more="Plus de logements que {reference}",
        less="Moins de logements que {reference}",
        close="Autant de logements que {reference}",
        plain="Le nombre de logements",
    ),
    formulas=(Formula("recensement", Kind.SOMME, (Term("P_LOG"),)),),
    counted="logements",
)
INCOME = Indicator(
    id="niveau_vie_median",
    label="Niveau de vie médian",
    theme="logement",
    definition="Niveau de vie qui partage la population en deux moitiés",
    unit="€",
    direction=Direction.BAS,
    precision=0,
    caution_threshold=0,
    form=Form.COMPARAISON,
    wording=Wording(
        reading="le niveau de vie médian est de {valeur}",
        more="Un niveau de vie plus élevé que {reference}",
        less="Un niveau de vie plus bas que {reference}",
        close="Un niveau de vie proche de celui relevé {reference}",
        plain="Le niveau de vie médian",
    ),
    formulas=(Formula("filosofi", Kind.PUBLIE, (Term("MED"),)),),
)
HOUSING = Theme("logement", "Logement", "Comment se loge-t-on ici ?")


def measure(
    indicator: Indicator,
    area: Area,
    value: float | None,
    year: str = "2018",
    counts: tuple[float, float] | None = None,
    status: Status = Status.CALCULE,
    caution: bool = False,
    note: str = "",
) -> Measure:
    """Return a measure in one line."""
    dataset = indicator.formulas[0].dataset
    vintage = "RP 2018" if dataset == "recensement" else "2019"
    numerator, denominator = counts or (None, None)
    return Measure(
        indicator.id, area.level, area.code, year, value, numerator, denominator, status,
        dataset, vintage, caution, note,
    )  # fmt: skip


def vacancy_finding() -> Finding:
    """Return a finding with everything: comparisons, rank, trend and members."""
    here = measure(VACANCY, TERRITORY, 8.6, counts=(137.6, 1600.0))
    before = measure(VACANCY, TERRITORY, 7.1, year="2013", counts=(107.0, 1507.0))
    return Finding(
        VACANCY,
        TERRITORY,
        here,
        comparisons=(
            Comparison(DEPARTEMENT, here, measure(VACANCY, DEPARTEMENT, 7.4), Verdict.PLUS),
            Comparison(FRANCE, here, measure(VACANCY, FRANCE, 8.4), Verdict.PROCHE),
            Comparison(PEERS, here, measure(VACANCY, PEERS, 9.2), Verdict.MOINS),
        ),
        positions=(Rank(3, 33, 35, "EPCI de la Fictive"),),
        trend=Trend(before, here, 1.5, Verdict.PLUS),
        series=(before, here),
        members=tuple(
            (area, measure(VACANCY, area, value, counts=(value * 5, 500.0)))
            for area, value in ((TESTVILLE, 5.0), (BOURG, 9.3), (HAMEAU, 12.5))
        ),
    )


def dwellings_finding() -> Finding:
    """Return a count with a trend."""
    here = measure(DWELLINGS, TERRITORY, 1600.0, counts=(1600.0, 1.0))
    before = measure(DWELLINGS, TERRITORY, 1507.0, year="2013", counts=(1507.0, 1.0))
    return Finding(
        DWELLINGS,
        TERRITORY,
        here,
        trend=Trend(before, here, 6.17, Verdict.PLUS),
        series=(before, here),
    )


def secret_finding() -> Finding:
    """Return a finding without figure."""
    return Finding(
        INCOME, TERRITORY, measure(INCOME, TERRITORY, None, "2019", status=Status.SECRET)
    )


def square(area: Area, x: float) -> Shape:
    """Return a square of a tenth of a degree."""
    ring = ((x, 47.0), (x + 0.1, 47.0), (x + 0.1, 47.1), (x, 47.1), (x, 47.0))
    return Shape(area, (ring,))


def member(area: Area, value: float) -> MemberDiagnostic:
    """Return a member commune with one finding, compared with the territory."""
    here = measure(VACANCY, area, value, counts=(value * 5, 500.0))
    there = vacancy_finding().measure
    verdict = Verdict.PLUS if value > 8.6 else Verdict.MOINS
    comparison = Comparison(TERRITORY, here, there, verdict)
    finding = Finding(VACANCY, area, here, comparisons=(comparison,))
    missing = Finding(INCOME, area, measure(INCOME, area, None, "2019", status=Status.SECRET))
    themes = (ThemeDiagnostic(HOUSING, (finding,), (missing,)),)
    return MemberDiagnostic(area, themes, (Highlight(finding, comparison, 1.0),))


def full_diagnostic() -> Diagnostic:
    """Return the whole diagnostic of the Pays d’Essai."""
    finding, count, secret = vacancy_finding(), dwellings_finding(), secret_finding()
    territory = Territory(
        slug="pays-d-essai",
        name="Pays d’Essai",
        type="epci",
        codes=("000000000",),
        themes=({"theme": "logement"},),
    )
    shown = [*finding.series, *count.series, secret.measure]
    measures = [(TERRITORY, m) for m in shown]
    measures += [(c.benchmark, c.there) for c in finding.comparisons]
    measures += list(finding.members)
    return Diagnostic(
        territory=territory,
        area=TERRITORY,
        benchmarks=(DEPARTEMENT, FRANCE, PEERS),
        peers=((Area(Level.EPCI, "000000001", "CC Voisine"), 0.42),),
        peer_variables=(PeerVariable(VACANCY, finding.measure, (None,)),),
        peer_pool=40,
        key_figures=(count, finding),
        highlights=(Highlight(finding, finding.comparisons[0], 1.2),),
        changes=(),
        themes=(ThemeDiagnostic(HOUSING, (finding, count), (secret,)),),
        members=(member(TESTVILLE, 5.0), member(BOURG, 9.3), member(HAMEAU, 12.5)),
        shapes=(square(TESTVILLE, 1.0), square(BOURG, 1.1), square(HAMEAU, 1.2)),
        sources=(
            SourceCard(
                "recensement", "Recensement de la population", "Insee", "Licence Ouverte 2.0",
                "https://www.insee.fr/fr/statistiques/recensement", ("RP 2018",),
            ),
            SourceCard(
                "filosofi", "Filosofi", "Insee", "Licence Ouverte 2.0",
                "https://www.insee.fr/fr/statistiques/filosofi", ("2019",),
            ),
        ),
        measures=tuple(measures),
    )  # fmt: skip


def with_measure(finding: Finding, **changes: object) -> Finding:
    """Return a finding whose own measure differs."""
    return replace(finding, measure=replace(finding.measure, **changes))


def of_territory(territory: Territory, *surveys: SurveyResult) -> Diagnostic:
    """Return the whole diagnostic of another file: its plan, and questionnaires that it has."""
    plan = build_plan(territory, {each.id: each for each in (VACANCY, INCOME, DWELLINGS)})
    found = replace(full_diagnostic(), territory=territory, plan=plan, surveys=surveys)
    return replace(found, evaluation=assess(found))


def unanswered(name: str, *questions: str) -> SurveyResult:
    """Return a questionnaire of free texts that nobody answered."""
    asked = [{"id": one, "intitule": f"{one} ?", "type": "texte"} for one in questions]
    about = SurveyFile.model_validate(
        {
            "titre": "Vos attentes",
            "public": "Habitants",
            "finalite": "préparer la convention",
            "information": "en tête",
            "conservation_jusqu_au": "2027-06-30",
            "questions": asked,
        }
    )
    return SurveyResult(PublishedSurvey(name, about, None))


def answered(theme: str, count: int) -> SurveyResult:
    """Return a questionnaire, some of whose questions have published answers on a theme."""
    rows = (OptionRow("Oui", 30), OptionRow("Non", 20))
    questions = tuple(
        QuestionResult(f"q{at}", f"Question {at} ?", "choix", 50, rows, theme=theme)
        for at in range(count)
    )
    about = unanswered("avis", *(question.id for question in questions)).published.about
    return SurveyResult(PublishedSurvey("avis", about, 50, questions))
