"""What helps the search: the everyday words of a theme, and how much each kind of page counts."""

from __future__ import annotations

from ctgsite.diagnostic.model import ThemeDiagnostic

# A page that details another, or says again what others say, comes after them.
WEIGHTS = {
    "priorites": 2.0,
    "commune": 0.3,
    "action": 0.1,
    "questionnaire": 0.5,
    "methode": 0.05,
    "glossaire": 0.3,
    "brief": 0.05,
    "falc": 0.05,
    "fil-conducteur": 0.05,
    "livret": 0.05,
    "preuves": 0.05,
    "edition": 0.05,
}


def search_words(theme: ThemeDiagnostic) -> tuple[str, ...]:
    """Return the words that people look for and the page's sentences may not use, each once."""
    findings = (*theme.findings, *theme.missing)
    told = (word for finding in findings for word in finding.indicator.synonyms)
    once: dict[str, str] = {}
    for word in told:
        once.setdefault(word.casefold(), word)
    said = {word.casefold() for word in theme.theme.synonyms}  # under the page's title
    return tuple(word for plain, word in once.items() if plain not in said)
