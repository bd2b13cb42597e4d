"""An image's file → why it cannot be published: not an image, too heavy, or saying too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

IMAGE_TYPES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
# A page is read on a phone: at 1 MB an image alone takes five seconds of an ordinary 3G network.
MOST_BYTES = 1_000_000
# Twice the widest screen that shows it: more is never seen, and must be decoded all the same.
MOST_PIXELS = 4_000
_GPS = 0x8825  # the EXIF directory that tells where a photograph was taken
_SVG = re.compile(r"<svg[\s>]", re.IGNORECASE)
_ACTIVE = re.compile(
    r"<script|<foreignObject|@import|\son\w+\s*=|javascript:|href\s*=\s*[\"'](?:https?:)?//|url\(\s*[\"']?http",
    re.IGNORECASE,
)


def picture_faults(path: Path) -> Iterator[str]:
    """Say, in French, everything that keeps an image from being published."""
    if path.suffix.lower() not in IMAGE_TYPES:
        yield f"« {path.suffix} » n’est pas un type d’image : attendu {', '.join(IMAGE_TYPES)}"
        return
    size = path.stat().st_size
    if size > MOST_BYTES:
        yield (
            f"cette image pèse {_megabytes(size)} : {_megabytes(MOST_BYTES)} au plus, pour que la "
            "page s’ouvre aussi sur un téléphone"
        )
        return
    yield from _vector_faults(path) if path.suffix.lower() == ".svg" else _raster_faults(path)


def _vector_faults(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    if not _SVG.search(text):
        yield "cette image ne peut pas être lue : ce n’est pas un fichier SVG"
    elif _ACTIVE.search(text):
        yield "ce dessin SVG contient un programme ou appelle un autre site : retirez-le"


def _raster_faults(path: Path) -> Iterator[str]:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            width, height = picture.size
            if max(width, height) > MOST_PIXELS:
                yield (
                    f"cette image mesure {width} × {height} pixels : {MOST_PIXELS} au plus de côté"
                )
                return
            picture.load()
            if picture.getexif().get_ifd(_GPS):
                yield (
                    "cette photo dit où elle a été prise (position GPS) : enregistrez-la sans ses "
                    "métadonnées"
                )
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        yield "cette image ne peut pas être lue : le fichier est abîmé, ou n’est pas une image"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0") + " Mo"
