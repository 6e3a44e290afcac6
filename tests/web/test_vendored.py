"""What pages load stands in the sources, unchanged, and names no address outside."""

import re
from pathlib import Path

from tools.vendoring import VENDOR, faults

import banzi

WEB = Path(banzi.__file__).parent / "web"
ADDRESS = re.compile(r"https?://[^\s\"')]+")


def test_copies_are_as_listed() -> None:
    assert faults() == []


def test_templates_and_own_files_name_no_address() -> None:
    own = [
        file
        for kind in ("*.html", "*.css", "*.js")
        for file in WEB.rglob(kind)
        if VENDOR not in file.parents
    ]
    assert len(own) > 5
    named = {file.name: ADDRESS.findall(file.read_text(encoding="utf-8")) for file in own}
    assert {name: found for name, found in named.items() if found} == {}


def test_vendored_styles_load_nothing_from_outside() -> None:
    for file in VENDOR.glob("*.css"):
        text = file.read_text(encoding="utf-8")
        loaded = re.findall(r"url\(\s*[\"']?(?!data:)([^)\"']+)", text)
        assert [each for each in loaded if not each.startswith("#")] == []
        assert "@import" not in text
