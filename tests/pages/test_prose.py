"""People's own text is rendered as text: nothing in it can act."""

from __future__ import annotations

import pytest
from markdown import markdown

from ctgsite.pages.prose import plain, safe_markdown

EXTENSIONS = ["attr_list", "md_in_html", "tables", "def_list", "footnotes"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[clic](javascript:alert(1))",
        "[clic](<javascript:alert(1)>)",
        "[clic](java&#115;cript:alert(1))",
        "[clic][a]\n\n[a]: javascript:alert(1)",
        "[clic](JaVaScRiPt:alert(1))",
        "[clic](javascript&colon;alert(1))",
        "[clic](javascript&#58;alert(1))",
        "![x](data:text/html;base64,AAAA)",
        "[clic](//ailleurs.example/)",
        "[x](https://a.fr){ onclick=alert(1) }",
        "texte {: onclick=alert(1) }",
    ],
)
def test_nothing_acts(text: str) -> None:
    for safe in (safe_markdown(text), plain(text)):
        html = markdown(safe, extensions=EXTENSIONS).lower()
        assert "<script" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html
        assert 'href="//' not in html
        assert 'src="data' not in html
        assert 'onclick="' not in html


def test_honest_markdown_stays() -> None:
    text = (
        "**Gras**, [lien](https://www.caf.fr/), <https://insee.fr> et [page](../a/index.md)\n\n- un"
    )
    assert safe_markdown(text) == text


def test_headings_go_below_those_of_the_page() -> None:
    assert safe_markdown("# Titre\n\n## Sous-titre", 3) == "### Titre\n\n#### Sous-titre"
    assert safe_markdown("Titre\n=====\nTexte", 2) == "## Titre\nTexte"


def test_plain_text_shows_its_signs() -> None:
    assert markdown(plain("*a* _b_ <c> [d](e) & `f`")) == (
        "<p>*a* _b_ &lt;c&gt; [d](e) &amp; `f`</p>"
    )
