"""The transforms of built files, one by one."""

from __future__ import annotations

from dataclasses import replace

from sample_site import SPEC

from ctgsite.site.transforms import drop_leftovers, tidy_pages, write_sitemap


def test_what_no_reader_uses_is_dropped():
    files = dict.fromkeys(
        (
            "404.html",
            "sitemap.xml",
            "sitemap.xml.gz",
            "assets/javascripts/bundle.js.map",
            "assets/javascripts/lunr/min/lunr.fr.min.js",
            "assets/javascripts/lunr/min/lunr.da.min.js",
            "index.html",
        ),
        b"",
    )
    assert list(drop_leftovers(files, SPEC)) == [
        "assets/javascripts/lunr/min/lunr.fr.min.js",
        "index.html",
    ]


def test_a_table_gets_a_frame_that_scrolls_and_takes_focus():
    files = {"index.html": b"<p>a</p><table><tr><td>1</td></tr></table>"}
    assert tidy_pages(files, SPEC)["index.html"] == (
        b'<p>a</p><div class="ctg-defile" tabindex="0" role="region" aria-label="Tableau 1">'
        b'<table class="ctg-tableau"><tr><td>1</td></tr></table></div>'
    )


def test_a_table_that_has_its_frame_keeps_it():
    frame = '<div class="ctg-defile" tabindex="0" role="region" aria-label="Données : x">'
    files = {"index.html": f"{frame}<table></table></div>".encode()}
    expected = f'{frame}<table class="ctg-tableau"></table></div>'
    assert tidy_pages(files, SPEC)["index.html"].decode() == expected


def test_transforms_leave_what_they_are_given_as_it_was():
    files = {"index.html": b'<meta name="generator" content="x"><table></table>', "404.html": b""}
    before = dict(files)
    tidy_pages(drop_leftovers(files, SPEC), SPEC)
    assert files == before


def test_the_sitemap_lists_the_pages_under_the_public_address():
    files = {"index.html": b"", "donnees/index.html": b"", "assets/a.css": b""}
    public = replace(SPEC, public_url="https://exemple.fr/ctg")
    sitemap = write_sitemap(files, public)["sitemap.xml"].decode()
    assert "<loc>https://exemple.fr/ctg/donnees/index.html</loc>" in sitemap
    assert sitemap.count("<loc>") == 2
    assert "<lastmod>2025-01-02</lastmod>" in sitemap
    assert "sitemap.xml" not in write_sitemap(files, SPEC)
