"""Which bytes are a picture, and which pictures have the shape of a photo on the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.reading import codes
from tests.support.form_cases import jpeg, png

from banzi.documents.codecs.lrmx import read_lrmx, write_form
from banzi.documents.codecs.pictures import is_picture, wrong_shape
from banzi.documents.form import Form


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", True),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", False),
        (b"RIFF\x24\x00\x00\x00AVI LIST", False),
        (b"RIFF", False),
        (jpeg(400, 500), True),
        (png(400, 500), True),
        (b"", False),
    ],
)
def test_sound_and_film_are_no_pictures(data: bytes, told: bool) -> None:
    assert is_picture(data) is told


def test_a_photo_may_be_three_per_cent_off_four_to_five() -> None:
    assert wrong_shape(jpeg(412, 500)) is None
    assert wrong_shape(jpeg(413, 500)) == (413, 500)
    assert wrong_shape(png(387, 500)) == (387, 500)
    assert wrong_shape(b"GIF89a") is None  # its size is not looked for


def test_a_photo_of_another_shape_is_told_at_import_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "甲.lrmx"
    path.write_bytes(write_form(Form({"name": "甲"}, photo=jpeg(500, 500))))
    extract = read_lrmx(path)
    assert codes(extract) == ["form/photo-shape"]
    (person,) = extract.persons
    assert person.photo == jpeg(500, 500)
    assert person.findings[0].at.row == 35
    assert person.findings[0].at.column == "照片"
