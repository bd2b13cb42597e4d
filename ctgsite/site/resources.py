"""Where the theme, the portal's templates and the browser's libraries are found.

A workspace's own file wins over the packaged one; a checkout counts as packaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ctgsite.errors import Problem, PublicationError

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parent

# Name on the site → (npm package, file in it).
VENDOR = {
    "plotly-basic.min.js": ("plotly.js-basic-dist-min", "plotly-basic.min.js"),
    "iframe-worker.min.js": ("iframe-worker", "shim/index.js"),
}
# What pictures are written with while a site is built; no reader is sent it.
FONTS = {
    weight: ("@fontsource/source-sans-3", f"files/source-sans-3-latin-{number}-normal.woff2")
    for weight, number in (("regular", 400), ("bold", 700))
}


@dataclass(frozen=True, slots=True)
class Resources:
    """The files that every site of a workspace is made with.

    Attributes:
        mkdocs_yml: The configuration that each site inherits.
        templates: `docs_templates` folders; later ones win.
        vendor: The browser's libraries, by their name on the site.
        fonts: What pictures are written with, by weight.
    """

    mkdocs_yml: Path
    templates: tuple[Path, ...]
    vendor: dict[str, Path]
    fonts: dict[str, Path]

    def files(self, folder: str) -> dict[str, Path]:
        """Return the files of `docs_templates/<folder>`, by relative path, the winning ones."""
        found: dict[str, Path] = {}
        for root in self.templates:
            found |= dict(_walk(root / folder))
        return dict(sorted(found.items()))


def find_resources(workspace: Path) -> Resources:
    """Find what the sites of `workspace` are made with.

    Raises:
        PublicationError: A library of package.json is not installed.
    """
    own_config = workspace / "mkdocs.yml"
    return Resources(
        mkdocs_yml=own_config if own_config.is_file() else _packaged() / "mkdocs.yml",
        templates=find_templates(workspace),
        vendor=dict(_find_packages(VENDOR)),
        fonts=dict(_find_packages(FONTS)),
    )


def find_templates(workspace: Path) -> tuple[Path, ...]:
    """Find the `docs_templates` folders of `workspace`; later ones win."""
    folders = (_packaged() / "docs_templates", workspace / "docs_templates")
    return tuple(dict.fromkeys(path.resolve() for path in folders if path.is_dir()))


def _packaged() -> Path:
    return _first(_PACKAGE / "_packaged", _CHECKOUT, has="docs_templates")


def _first(*folders: Path, has: str) -> Path:
    return next((folder for folder in folders if (folder / has).is_dir()), folders[-1])


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _find_packages(wanted: dict[str, tuple[str, str]]) -> Iterator[tuple[str, Path]]:
    missing: list[Problem] = []
    for name, (package, file) in wanted.items():
        packaged = _PACKAGE / "_packaged" / "vendor" / name
        places = (packaged, _CHECKOUT / "node_modules" / package / file)
        path = next((place for place in places if place.is_file()), None)
        if path:
            yield name, path
        else:
            missing.append(
                Problem(
                    f"la bibliothèque « {package} » n’est pas installée : lancez « make site » "
                    "ou « npm ci --ignore-scripts » à la racine du dépôt"
                )
            )
    if missing:
        raise PublicationError(missing)
