"""The picture that other sites show beside a shared link: a territory's name, in large."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ctgsite.site.colours import readable
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


def shared_picture(spec: SiteSpec, resources: Resources) -> bytes:
    """Draw a site's picture, as PNG; the same identity gives the same bytes."""
    from PIL import Image, ImageDraw, ImageFont

    def font(weight: str, size: float) -> FreeTypeFont:
        return ImageFont.truetype(resources.fonts[weight], size)

    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    brand = readable(spec.primary, _PAPER) if spec.primary else _BRAND
    pen.rectangle((0, 0, _BAND, SIZE[1]), fill=brand)
    pen.text((_LEFT, _MARGIN), ABOUT, fill=brand, font=font("regular", 40), anchor="lt")
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
    fitting = (font for font in fonts if len(_lines(name, font)) <= _MOST_LINES)
    font = next(fitting, fonts[-1])
    for place, line in enumerate(_lines(name, font)):
        top = _MARGIN + 96 + place * font.size * 1.15
        pen.text((_LEFT, top), line, fill=_INK, font=font)


def _lines(name: str, font: FreeTypeFont) -> list[str]:
    """Break a name into lines at its spaces."""
    lines: list[str] = []
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
