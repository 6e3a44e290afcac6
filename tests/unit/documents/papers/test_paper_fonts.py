import hashlib
import json

from banzi.documents.papers.fonts import FONT_FOLDER


def test_fonts_are_the_ones_that_were_vendored() -> None:
    listed = {
        name: digest
        for package in json.loads((FONT_FOLDER / "vendor.json").read_text("utf-8"))
        for name, digest in package["files"].items()
    }
    for name, digest in listed.items():
        assert hashlib.sha256((FONT_FOLDER / name).read_bytes()).hexdigest() == digest
    fonts = {file.name for file in FONT_FOLDER.glob("*.ttf")}
    assert fonts == {name for name in listed if name.endswith(".ttf")}
    assert sum(file.stat().st_size for file in FONT_FOLDER.glob("*.ttf")) < 45_000_000


def test_every_font_package_has_its_licence_beside_it() -> None:
    for package in json.loads((FONT_FOLDER / "vendor.json").read_text("utf-8")):
        assert package["licence"] == "OFL-1.1"
        (text,) = [name for name in package["files"] if name.startswith("OFL")]
        assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / text).read_text("utf-8")
