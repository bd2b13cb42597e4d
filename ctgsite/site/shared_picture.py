"""The picture that other sites show beside a shared link: a territory's name, in large."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from ctgsite.config.contrast import readable
from ctgsite.site.model import SiteSpec
from ctgsite.site.resources import Resources

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

NAME = "partage.png"
ABOUT = "Convention territoriale globale"
SIZE = (1200, 630)  # what the sites that show it expect
COLOURS = 64  # enough for flat colours and their edges
# As in 00-jetons.css.
_PAPER, _BRAND, _INK, _SOFT = "#ffffff", "#0f4c75", "#1b2a38", "#4a5b6c"
_BAND, _MARGIN = 24, 80
_LEFT, _BOTTOM = _BAND + _MARGIN, SIZE[1] - _MARGIN
_WIDTH = SIZE[0] - _LEFT - _MARGIN
_NAME_SIZES = range(104, 47, -4)
_MOST_LINES = 2
_PART = re.compile(r"[^ -]*[ -]?")


def shared_picture(spec: SiteSpec, resources: Resources) -> bytes:
    """Draw a site's picture, as PNG; the same identity gives the same bytes."""
    from PIL import Image, ImageDraw, ImageFont

    def font(weight: str, size: float) -> FreeTypeFont:
        return ImageFont.truetype(resources.fonts[weight], size)

    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    brand = readable(spec.primary, _PAPER) if spec.primary else _BRAND
    pen.rectangle((0, 0, _BAND, SIZE[1]), fill=brand)
    about = ABOUT if spec.indexed else f"{ABOUT} · illustration"
    pen.text((_LEFT, _MARGIN), about, fill=brand, font=font("regular", 40), anchor="lt")
    _write_name(pen, spec.name, [font("bold", size) for size in _NAME_SIZES])
    if spec.key_figure:
        figure, note = spec.key_figure
        pen.text((_LEFT, _BOTTOM - 52), figure, fill=brand, font=font("bold", 60), anchor="ls")
        pen.text((_LEFT, _BOTTOM), note, fill=_SOFT, font=font("regular", 32), anchor="ls")
    file = io.BytesIO()
    picture.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write_name(pen: ImageDraw, name: str, fonts: list[FreeTypeFont]) -> None:
    """Write a name in the largest letters that hold it in few lines."""
    font = next((font for font in fonts if _holds(font, name)), fonts[-1])
    for place, line in enumerate(_lines(name, font)):
        top = _MARGIN + 96 + place * font.size * 1.15
        pen.text((_LEFT, top), line, fill=_INK, font=font)


def _holds(font: FreeTypeFont, name: str) -> bool:
    lines = _lines(name, font)
    return len(lines) <= _MOST_LINES and all(font.getlength(line) <= _WIDTH for line in lines)


def _lines(name: str, font: FreeTypeFont) -> list[str]:
    """Break a name into lines, at its spaces and after its hyphens."""
    lines = [""]
    for part in _PART.findall(name):
        if lines[-1] and font.getlength((lines[-1] + part).rstrip()) > _WIDTH:
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines]
