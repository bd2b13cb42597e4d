# ruff: noqa: E501 - figures stand on one line, as pages write them
"""What shared links say of a page: its own first words, whole sentences, no markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.pages.descriptions import MOST, description_of

THEME = """# Logement

<p class="ctg-accroche" markdown="span">Comment se loge-t-on ici ?</p>

Un texte qui vaut pour tous les territoires.

<figure class="ctg-figure"><figcaption><p>À Seilh, 8,6 % des logements sont vacants. C’est plus qu’ailleurs.</p><p>Suite.</p></figcaption><table><tr><td>12</td></tr></table></figure>
"""


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        (THEME, "Comment se loge-t-on ici ? À Seilh, 8,6 % des logements sont vacants."),
        ("# Titre\n\nUn **mot** et un [lien](a/index.md){ .x }.\n", "Un mot et un lien."),
        ("# Titre\n\n- un\n- deux\n\n| a |\n|---|\n\n!!! note\n    x\n", ""),
        ("# Titre\n\nUn prix de 2\\*3 &lt; 7 &amp; plus.", "Un prix de 2*3 < 7 & plus."),
        (
            "# T\n\nSignataires : à compléter.\n\nÀ compléter : la date.",
            "Signataires : à compléter.",
        ),
        ("# T\n\nVoici la liste :\n\n- un\n", "Voici la liste"),
        ('# T\n\n<p class="ctg-validation">État : validé.</p>\n\nVrai texte.', "Vrai texte."),
        (
            '# T\n\n<p class="ctg-fictif"><strong>Contenu fictif.</strong> Inventé.</p>\n\nTexte.',
            "Contenu fictif. Inventé.",
        ),
        ("", ""),
    ],
)
def test_a_page_is_told_in_its_first_words(markdown: str, told: str) -> None:
    assert description_of(markdown) == told


def test_sentences_are_whole_as_long_as_one_fits() -> None:
    long = "Une phrase " + "assez longue " * 13 + "finit."
    assert description_of(f"# T\n\nCourt. {long} Encore.") == f"Court. {long}"
    cut = description_of(f"# T\n\nDébut {'mot ' * 100}fin.")
    assert len(cut) <= MOST and cut.endswith("mot…")


@given(st.text(alphabet="aÀ .:<>[]()*`\\\n#|-{}&;\u00a0!", max_size=400))
def test_whatever_a_page_holds_its_description_is_one_short_line(text: str) -> None:
    told = description_of(text)
    assert len(told) <= MOST
    assert "\n" not in told
