"""What becomes of a territory's images: light, sized, and silent about who took them and where."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms
from sample_site import SPEC

from ctgsite.site.images import MOST_PIXELS, publish_images
from ctgsite.site.model import Files

PAGE = (
    b'<p><img alt="Une place" src="../images/a%20b.jpg"></p><a href="../images/a%20b.jpg">Voir</a>'
)
AUTHOR, ORIENTATION = 0x013B, 0x0112


def photograph(size: tuple[int, int] = (300, 200), kind: str = "JPEG", **said: object) -> bytes:
    """A picture whose left half is red and right half is blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    file = io.BytesIO()
    image.save(file, kind, **said)
    return file.getvalue()


def published(name: str, content: bytes, page: bytes = b"") -> tuple[str, bytes, str]:
    """Return an image's path and content as published, and the page that shows it."""
    found = publish_images({name: content, "demarche/index.html": page}, SPEC)
    (path,) = (path for path in found if path.startswith("images/"))
    return path, found[path], found["demarche/index.html"].decode()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photograph_becomes_webp_under_a_name_that_holds_its_fingerprint():
    path, content, page = published("images/a b.jpg", photograph(), PAGE)
    assert opened(content).format == "WEBP"
    assert path.startswith("images/a b.") and path.endswith(".webp")
    address = "../" + path.replace(" ", "%20")
    assert page.count(address) == 2
    assert ".jpg" not in page


def test_nothing_that_a_camera_writes_is_published():
    exif = Image.Exif()
    exif[AUTHOR] = "Camille Exemple"
    exif.get_ifd(0x8825)[1] = "N"
    content = photograph(exif=exif, comment=b"prise rue des Lilas")
    assert b"Camille" in content and b"Lilas" in content
    _, content, _ = published("images/a.jpg", content)
    for said in (b"Camille", b"Lilas", b"EXIF", b"XMP "):
        assert said not in content
    assert not opened(content).getexif()


def test_a_photograph_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned a quarter clockwise: its left side comes on top
    _, content, page = published("images/a b.jpg", photograph(exif=exif), PAGE)
    image = opened(content).convert("RGB")
    assert image.size == (200, 300)
    red, blue = image.getpixel((100, 20)), image.getpixel((100, 280))
    assert red[0] > 200 > 60 > red[2] and blue[2] > 200 > 60 > blue[0]
    assert 'width="200" height="300"' in page


def test_an_image_is_never_wider_nor_higher_than_a_screen_shows():
    _, content, page = published("images/a b.jpg", photograph((3200, 800)), PAGE)
    assert opened(content).size == (MOST_PIXELS, 400)
    assert f'width="{MOST_PIXELS}" height="400"' in page


def test_the_colours_of_a_profile_become_those_of_a_screen():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    kept = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (kept, profile.tobytes(), b"abime"):
        _, content, _ = published("images/a.jpg", photograph(icc_profile=icc))
        assert "icc_profile" not in opened(content).info
        assert opened(content).convert("RGB").getpixel((20, 100))[0] > 200


def test_a_logo_keeps_its_edges_and_its_transparency():
    logo = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    logo.paste((10, 200, 30, 255), (0, 0, 20, 20))
    file = io.BytesIO()
    logo.save(file, "PNG")
    _, content, _ = published("images/logo.png", file.getvalue())
    assert opened(content).convert("RGBA").tobytes() == logo.tobytes()


def test_a_heavy_picture_is_compressed_whatever_its_file_says():
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "PNG")
    _, content, _ = published("images/a.png", file.getvalue())
    assert len(content) < len(file.getvalue()) / 2


def test_a_drawing_stays_a_drawing_and_forgets_who_drew_it():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" '
        'sodipodi:docname="C:/Camille/logo.svg"><!-- Camille --><metadata>Camille</metadata>'
        '<path d="M0 0h9"/></svg>'
    )
    page = b'<img alt="" src="../images/l.svg">'
    path, content, page_ = published("images/l.svg", drawn.encode(), page)
    assert path.endswith(".svg")
    assert b"Camille" not in content and b'<path d="M0 0h9"/>' in content
    assert 'width="120" height="40"' in page_


def test_all_images_of_a_page_but_the_first_wait_for_the_reader():
    page = b'<img src="../images/a.jpg"><img src="../images/a.jpg"><img src="../images/a.jpg">'
    _, _, told = published("images/a.jpg", photograph(), page)
    assert told.count('loading="lazy"') == 2
    assert told.index("lazy") > told.index("<img", 5)


def test_the_size_that_a_page_gives_to_an_image_stays():
    page = b'<img src="../images/a.jpg" alt="Logo" width="160" height="80" loading="lazy">'
    _, _, told = published("images/a.jpg", photograph(), page)
    assert 'width="160" height="80" loading="lazy" decoding="async">' in told
    assert told.count("width=") == 1


def test_images_that_move_and_those_of_others_stay_as_they_are():
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 128, 255)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    path, content, _ = published("images/a.gif", file.getvalue())
    assert content == file.getvalue() and path.endswith(".gif")
    files: Files = {"assets/images/x.png": b"x", "index.html": b'<img src="assets/images/x.png">'}
    assert publish_images(files, SPEC) == files


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")]
)
def test_the_same_image_gives_the_same_bytes(name: str, kind: str):
    content = photograph(kind=kind)
    assert published(f"images/{name}", content) == published(f"images/{name}", content)
