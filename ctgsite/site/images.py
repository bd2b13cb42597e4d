"""A territory's images as readers receive them: small, sized beforehand, and saying nothing more.

A photograph carries who took it, with what, and sometimes where: none of that is published.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote

from ctgsite.site.fingerprint import fingerprinted
from ctgsite.site.model import Files, SiteSpec

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "images/"
MOST_PIXELS = 1600  # twice the width of a page's text
QUALITY = 80
HEAVY = 100_000
_RASTER = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
_LOSSLESS = (".gif", ".png")  # drawings and logos, whose edges would blur
_IMG = re.compile(r"<img\b[^>]*>")
_ADDRESS = re.compile(r'(\s(?:src|href)=")([^"]*)(")')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_SVG_TAG = re.compile(r"<svg\b[^>]*>", re.IGNORECASE)
_VIEW = re.compile(r'\bviewBox\s*=\s*"\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
_SIDE = r'\s{}\s*=\s*"([\d.]+)(?:px)?"'
_SAID = re.compile(  # what drawing programs add: authors, file names, folders
    r"<metadata\b.*?</metadata>|<metadata\b[^>]*/>|<sodipodi:namedview\b.*?(?:/>|</sodipodi:namedview>)"
    r'|<!--.*?-->|\s(?:inkscape|sodipodi):[\w-]+="[^"]*"',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is published; its size is (0, 0) where a drawing states none."""

    path: str
    content: bytes
    width: int = 0
    height: int = 0


def publish_images(files: Files, _spec: SiteSpec) -> Files:
    """Replace images by what readers receive, and lead every page to them."""
    pictures = {
        path: _picture(path, content)
        for path, content in files.items()
        if path.startswith(FOLDER) and path.lower().endswith((*_RASTER, ".svg"))
    }
    if not pictures:
        return files
    return {
        **{path: _leading(path, files[path], pictures) for path in files if path not in pictures},
        **{picture.path: picture.content for picture in pictures.values()},
    }


def _picture(path: str, content: bytes) -> Picture:
    if path.lower().endswith(".svg"):
        return _drawing(path, content)
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as image:
        if getattr(image, "n_frames", 1) > 1:  # it moves: kept as it is
            return Picture(_named(path, content), content, *image.size)
        upright = _in_screen_colours(ImageOps.exif_transpose(image))
    upright.thumbnail((MOST_PIXELS, MOST_PIXELS))
    made = _webp(upright, lossless=path.lower().endswith(_LOSSLESS))
    if len(made) > HEAVY:  # a photograph, whatever its file's type
        made = _webp(upright, lossless=False)
    return Picture(_named(f"{posixpath.splitext(path)[0]}.webp", made), made, *upright.size)


def _in_screen_colours(image: Image) -> Image:
    """Return an image in the colours of every screen, without the profile of its own."""
    from PIL import ImageCms

    kind: Literal["RGB", "RGBA"] = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        screen = ImageCms.createProfile("sRGB")
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            told = ImageCms.profileToProfile(image, own, screen, outputMode=kind)
        except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that no one can read
            told = None
        if told:
            return told
    return image.convert(kind)


def _webp(image: Image, *, lossless: bool) -> bytes:
    image.info.clear()  # neither EXIF, nor profile, nor comment goes further
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, lossless=lossless, method=6, exif=b"", xmp=b"")
    return file.getvalue()


def _drawing(path: str, content: bytes) -> Picture:
    text = _SAID.sub("", content.decode("utf-8", "replace"))
    made = text.encode()
    return Picture(_named(path, made), made, *_drawn_size(text))


def _drawn_size(text: str) -> tuple[int, int]:
    tag = _SVG_TAG.search(text)
    if not tag:
        return 0, 0
    sides = [re.search(_SIDE.format(name), tag[0]) for name in ("width", "height")]
    if sides[0] and sides[1]:
        return round(float(sides[0][1])), round(float(sides[1][1]))
    view = _VIEW.search(tag[0])
    return (round(float(view[1])), round(float(view[2]))) if view else (0, 0)


def _named(path: str, content: bytes) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, fingerprinted(name, content))


def _leading(path: str, content: bytes, pictures: Mapping[str, Picture]) -> bytes:
    """Return a page whose images are the published ones; only its first may load at once."""
    if not path.endswith(".html"):
        return content
    page, folder, count = content.decode(), posixpath.dirname(path), 0

    def target(address: str) -> Picture | None:
        return pictures.get(posixpath.normpath(posixpath.join(folder, unquote(unescape(address)))))

    def image(match: re.Match[str]) -> str:
        nonlocal count
        source = _SOURCE.search(match[0])
        picture = target(source[1]) if source else None
        if picture is None:
            return match[0]
        count += 1
        return _sized(match[0], picture, lazy=count > 1)

    def link(match: re.Match[str]) -> str:
        picture = target(match[2])
        if picture is None:
            return match[0]
        address = posixpath.relpath(picture.path, folder or ".")
        return f"{match[1]}{escape(quote(address))}{match[3]}"

    return _ADDRESS.sub(link, _IMG.sub(image, page)).encode()


def _sized(tag: str, picture: Picture, *, lazy: bool) -> str:
    """Return an image's tag with what keeps the page from moving as it arrives."""
    added = {
        "width": str(picture.width or ""),
        "height": str(picture.height or ""),
        "loading": "lazy" if lazy else "",
        "decoding": "async",
    }
    missing = (f' {k}="{v}"' for k, v in added.items() if v and f" {k}=" not in tag)
    return f"{tag.rstrip('/> ')}{''.join(missing)}>"
