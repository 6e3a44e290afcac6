"""Fonts that the papers name, against what a machine has."""

import json

import pytest

from banzi.cli.main import load_commands, run
from banzi.documents.papers import word
from banzi.documents.papers.fonts import report
from banzi.documents.papers.fonts.report import NAMED_FONTS, Presence, font_states
from banzi.documents.papers.letters.letter import Fonts
from banzi.documents.papers.sheets import BODY_FONT, HEADING_FONT, TITLE_FONT

load_commands()


def test_every_font_that_papers_name_is_reported() -> None:
    letters = Fonts()
    named = {word.SONG, TITLE_FONT, HEADING_FONT, BODY_FONT}
    named |= {letters.body, letters.second, letters.first, letters.title, letters.number}
    assert named == {font.name for font in NAMED_FONTS}


def test_a_font_is_known_by_its_other_names_and_else_by_a_stand_in() -> None:
    states = {
        each.font.name: each
        for each in font_states({"simsun", "SimHei", "仿宋", "Noto Serif CJK SC"})
    }
    assert states["宋体"].presence is Presence.PRESENT
    assert states["宋体"].found_as == "simsun"
    assert states["黑体"].found_as == "SimHei"
    assert states["仿宋_GB2312"].presence is Presence.ABSENT
    assert states["仿宋_GB2312"].stand_in == "仿宋"
    assert states["楷体_GB2312"].stand_in == "Noto Serif CJK SC"


def test_what_cannot_be_found_out_is_unknown_and_not_absent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "installed_families", lambda: None)
    assert {each.presence for each in font_states(None)} == {Presence.UNKNOWN}
    assert run(["papers", "fonts"]) == 0
    assert "无法得知" in capsys.readouterr().out


def test_the_list_names_what_pdfs_are_set_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["papers", "fonts", "--json"]) == 0
    said = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert said["黑体"]["in_pdf"] == "Noto Sans SC"
    assert said["仿宋_GB2312"]["in_pdf"] == "Noto Serif SC"
