"""What is wrong with a finished site."""

from __future__ import annotations

import pytest

from ctgsite.site.checks import check_files


def problems(page: str, **others: str) -> list[str]:
    files = {"a/index.html": page.encode(), "index.html": b'<h2 id="ici">b</h2>'}
    files |= {name: text.encode() for name, text in others.items()}
    return [problem.message for problem in check_files(files)]


@pytest.mark.parametrize(
    "page",
    [
        '<img src="https://tiers.example/a.png">',
        '<script src="//tiers.example/a.js"></script>',
        '<link rel="stylesheet" href="https://tiers.example/a.css">',
        '<iframe title="x" src="https://tiers.example/"></iframe>',
    ],
)
def test_a_resource_of_a_third_party_is_an_error(page: str):
    (problem,) = (p for p in check_files({"index.html": page.encode()}))
    assert not problem.warning
    assert "tiers.example" in problem.message


def test_a_style_sheet_may_not_ask_a_third_party_either():
    styles = {"assets/a.css": "@font-face{src:url('https://tiers.example/f.woff2')}"}
    assert len(problems("", **styles)) == 1


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://www.insee.fr/">Insee</a>',
        '<link rel="canonical" href="https://exemple.fr/">',
        '<a href="mailto:a@exemple.fr">a</a>',
        '<a href="../index.html#ici">b</a>',
        '<a href="../index.html?q=1">b</a>',
        '<h2 id="la">a</h2><a href="#la">a</a>',
        '<script type="application/json">{"x": "<a href=\\"nulle-part\\">"}</script>',
    ],
)
def test_these_are_in_order(page: str):
    assert problems(page) == []


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ('<a href="../rien/index.html">x</a>', "n’existe pas"),
        ('<a href="../index.html#ailleurs">x</a>', "ancre"),
        ('<a href="/index.html">x</a>', "quitte le site"),
        ('<a href="../../portail.html">x</a>', "n’existe pas"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_warning_with_its_page(page: str, reason: str):
    (message,) = problems(page)
    assert reason in message
    assert "a/index.html" in message
