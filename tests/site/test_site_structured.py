"""The Dataset that search engines read on the home page and on the page of the figures."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from sample_site import SPEC

from ctgsite.site.model import Files
from ctgsite.site.structured import describe_dataset

FILES: Files = {
    "index.html": b"<head></head><body></body>",
    "donnees/index.html": b"<head></head><body></body>",
    "methode/index.html": b"<head></head><body></body>",
    "donnees/indicateurs.csv": b"indicateur,valeur\n",
    "donnees/indicateurs.xlsx": b"x",
    "donnees/datapackage.json": b"{}",
    "donnees/creche.csv": b"places\n",
}
TOLD = replace(SPEC, dataset={"@type": "Dataset", "name": "Les chiffres"})


def described(page: bytes) -> dict[str, object]:
    """Return what a page says of its figures, as a search engine reads it."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.decode())
    return json.loads(found)


def test_the_figures_are_described_where_they_are_told_and_where_they_are_given():
    found = describe_dataset(FILES, TOLD)
    for path in ("index.html", "donnees/index.html"):
        assert described(found[path])["name"] == "Les chiffres"
        assert found[path].endswith(b"</script>\n</head><body></body>")
    assert found["methode/index.html"] == FILES["methode/index.html"]


def test_the_files_that_hold_every_figure_are_its_distribution():
    files = described(describe_dataset(FILES, TOLD)["donnees/index.html"])["distribution"]
    assert [(one["contentUrl"], one["encodingFormat"]) for one in files] == [
        ("indicateurs.csv", "text/csv"),
        (
            "indicateurs.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ]
    assert files[0]["contentSize"] == "18 B"


def test_addresses_are_whole_where_the_site_knows_its_own():
    spec = replace(TOLD, public_url="https://exemple.fr/ctg/")
    found = described(describe_dataset(FILES, spec)["index.html"])
    assert found["url"] == "https://exemple.fr/ctg/donnees/index.html"
    assert (
        found["distribution"][0]["contentUrl"] == "https://exemple.fr/ctg/donnees/indicateurs.csv"
    )


def test_nothing_that_a_name_holds_closes_the_script():
    name = "</script><script>alert(1)</script><!-- & “”"
    page = describe_dataset(FILES, replace(SPEC, dataset={"name": name}))["index.html"]
    assert page.count(b"<script") == page.count(b"</script>") == 1
    assert b"<!--" not in page
    assert described(page)["name"] == name


def test_a_site_without_figures_says_nothing_of_them():
    assert describe_dataset(FILES, SPEC) == FILES
