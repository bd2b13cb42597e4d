"""An image that is too heavy, broken or talkative says why it is not published."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ctgsite.config.models import Territory
from ctgsite.config.pictures import MOST_BYTES, MOST_PIXELS, picture_faults

PNG = io.BytesIO()
Image.effect_noise((64, 64), 50).save(PNG, "PNG")


def faults_of(folder: Path, name: str, content: bytes) -> tuple[str, ...]:
    path = folder / name
    path.write_bytes(content)
    return tuple(picture_faults(path))


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "webp", "avif"])
def test_each_kind_of_image_is_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"image.{kind}"
    Image.new("RGB", (8, 8)).save(path)
    assert not list(picture_faults(path))
    path.write_bytes(path.read_bytes()[:40])
    assert len(list(picture_faults(path))) == 1


def test_an_image_of_one_megabyte_is_let_through_and_not_one_byte_more(tmp_path: Path) -> None:
    at_most = PNG.getvalue() + bytes(MOST_BYTES - len(PNG.getvalue()))
    assert faults_of(tmp_path, "a.png", at_most) == ()
    (fault,) = faults_of(tmp_path, "a.png", at_most + bytes(1))
    assert fault.startswith("cette image pèse 1 Mo")


def test_an_image_is_at_most_so_wide(tmp_path: Path) -> None:
    for width, faults in ((MOST_PIXELS, 0), (MOST_PIXELS + 1, 1)):
        Image.new("1", (width, 1)).save(tmp_path / "a.png")
        assert len(list(picture_faults(tmp_path / "a.png"))) == faults


def test_a_photograph_cut_short_is_refused(tmp_path: Path) -> None:
    assert len(faults_of(tmp_path, "a.png", PNG.getvalue()[:-200])) == 1


@pytest.mark.parametrize(
    ("drawing", "faults"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', 0),
        ("<svg><script>1</script></svg>", 1),
        ("<svg><style>@import 'a.css'</style></svg>", 1),
        ('<svg onload="x()"/>', 1),
        ('<svg><image href="https://ailleurs.fr/a.png"/></svg>', 1),
        ('<svg><image xlink:href="//ailleurs.fr/a.png"/></svg>', 1),
        ('<svg><use href="#a"/></svg>', 0),
        ("<html></html>", 1),
    ],
)
def test_a_drawing_neither_acts_nor_calls_another_site(
    tmp_path: Path, drawing: str, faults: int
) -> None:
    assert len(faults_of(tmp_path, "a.svg", drawing.encode())) == faults


def test_only_what_is_declared_or_allowed_is_published() -> None:
    territory = Territory.model_validate(
        {
            "slug": "essai",
            "nom": "Pays d’Essai",
            "type": "epci",
            "codes": ["000000000"],
            "images": [{"fichier": "images/./a.png", "credit": "x", "autorisation": "x"}],
            "signataires": [
                {"nom": "Une Caf", "logo": "images/b.png"},
                {
                    "nom": "Un département",
                    "logo": "images/c.png",
                    "autorisation_logo": {"par": "Communication", "date": "2026-01-05"},
                },
            ],
        }
    )
    assert territory.published_images == ("images/a.png", "images/c.png")
    assert [signatory.shows_logo for signatory in territory.signatories] == [False, True]
