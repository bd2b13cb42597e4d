"""Writes the docs folder of one site: Markdown, downloads, theme and a plain mkdocs.yml.

What it writes is an ordinary MkDocs project, that any engine reading mkdocs.yml can build.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from ctgsite.errors import Problem, PublicationError
from ctgsite.pages.model import Asset, Page
from ctgsite.site.colours import colour_rules
from ctgsite.site.fingerprint import fingerprinted
from ctgsite.site.model import SiteSpec
from ctgsite.site.resources import Resources
from ctgsite.site.shared_picture import NAME as PICTURE
from ctgsite.site.shared_picture import shared_picture

_STYLE, _OWN_STYLE, _SCRIPT = "ctgsite.css", "territoire.css", "ctgsite.js"


@dataclass(frozen=True, slots=True)
class Project:
    """A written MkDocs project."""

    config: Path
    docs: Path
    built: Path


def write_project(
    pages: tuple[Page, ...],
    assets: tuple[Asset, ...],
    spec: SiteSpec,
    resources: Resources,
    folder: Path,
) -> Project:
    """Write everything that an engine needs to build the site into `folder`.

    Raises:
        PublicationError: Two files claim one path, or a path leaves the site.
    """
    check_paths([*(page.path for page in pages), *(asset.path for asset in assets)])
    project = Project(folder / "mkdocs.yml", folder / "docs", folder / "site")
    for page in pages:
        _write(project.docs / page.path, _front_matter(page) + page.markdown)
    for asset in assets:
        _write(project.docs / asset.path, asset.content)
    theme = _write_theme(resources, spec, project.docs, folder / "theme")
    config = _configuration(pages, spec, theme)
    config |= {"INHERIT": str(resources.mkdocs_yml), "docs_dir": "docs", "site_dir": "site"}
    _write(project.config, yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    return project


def check_paths(paths: Iterable[PurePosixPath]) -> None:
    """Refuse paths that leave the site, or that are one file on a disk that ignores case."""
    problems = []
    seen: set[str] = set()
    for path in paths:
        text = path.as_posix()
        if path.is_absolute() or ".." in path.parts or "\\" in text or ":" in text or text == ".":
            problems.append(Problem(f"le chemin « {text} » sort du site : il doit y rester"))
        elif text.casefold() in seen:
            problems.append(Problem(f"deux fichiers du site ont le même chemin : « {text} »"))
        seen.add(text.casefold())
    if problems:
        raise PublicationError(problems)


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _front_matter(page: Page) -> str:
    told = {"title": page.title, "description": page.description}
    head: dict[str, Any] = {key: escape(text) for key, text in told.items() if text}
    if hidden := _hidden(page):
        head["hide"] = hidden
    if page.weight != 1:
        head["search"] = {"boost": page.weight}
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n\n"


def _hidden(page: Page) -> list[str]:
    """Return the side columns that a page does without: a menu of one page leads nowhere."""
    alone = page.wide or not (page.section and page.in_nav)
    return [*(["navigation"] if alone else []), *(["toc"] if page.wide else [])]


def _write_theme(resources: Resources, spec: SiteSpec, docs: Path, theme: Path) -> dict[str, str]:
    """Copy overrides and browser files; return the published path of each browser file."""
    for name, path in resources.files("overrides").items():
        _copy(path, theme / name)
    paths = resources.files("assets") | resources.vendor
    contents = {name: path.read_bytes() for name, path in paths.items()}
    contents[_STYLE] = _bundle(resources, "styles")
    contents[_SCRIPT] = _bundle(resources, "scripts")
    if rules := colour_rules(spec):
        contents[_OWN_STYLE] = rules.encode()
    if spec.public_url:
        contents[PICTURE] = shared_picture(spec, resources)
    published = {}
    for name, content in contents.items():
        fixed = name.startswith("favicon")  # mkdocs.yml names it
        target = "assets/" + (name if fixed else fingerprinted(name, content))
        _write(docs / target, content)
        published[name] = target
    return published


def _bundle(resources: Resources, folder: str) -> bytes:
    """Return the files of one folder as one, in the order of their names: one request, not ten."""
    return b"\n".join(path.read_bytes() for path in resources.files(folder).values())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _configuration(
    pages: tuple[Page, ...], spec: SiteSpec, files: dict[str, str]
) -> dict[str, Any]:
    shim = files["iframe-worker.min.js"]
    return {
        "site_name": escape(spec.name),
        "site_description": escape(spec.description),
        "site_url": f"{spec.public_url.rstrip('/')}/" if spec.public_url else "",
        "theme": {"custom_dir": "theme"},
        "extra_css": [files[name] for name in (_STYLE, _OWN_STYLE) if name in files],
        "nav": navigation(pages),
        "extra": {
            "polyfills": [shim],  # without one, the offline mode asks a third party for it
            "ctgsite": {
                "slug": spec.slug,
                "indexed": spec.indexed,
                "picture": files.get(PICTURE, ""),
                "banner": spec.banner,
                "logo": spec.logo,
                "mark": _mark(spec),
                "publisher": escape(spec.publisher),
                "note": spec.footer_note,
                "links": [
                    {"label": link.label, "path": link.path.with_suffix(".html").as_posix()}
                    for link in spec.footer_links
                ],
                "script": files[_SCRIPT],
                "shim": shim,
                "filters": files["filtres.js"],
                "plotly": files["plotly-basic.min.js"],
            },
        },
    }


def _mark(spec: SiteSpec) -> dict[str, str]:
    if spec.mark is None:
        return {}
    return {"box": f"0 0 {spec.mark.width} {spec.mark.height}", "path": spec.mark.path}


def navigation(pages: tuple[Page, ...]) -> list[dict[str, Any]]:
    """Return the menu: pages in their order, those of one section together under its heading.

    Titles are escaped here: the engines write them as they are.
    """
    menu: list[dict[str, Any]] = []
    groups: dict[str, list[dict[str, str]]] = {}
    for page in pages:
        if not page.in_nav:
            continue
        entry = {escape(page.title): page.path.as_posix()}
        if not page.section:
            menu.append(entry)
        elif page.section in groups:
            groups[page.section].append(entry)
        else:
            groups[page.section] = [entry]
            menu.append({page.section: groups[page.section]})
    return menu
