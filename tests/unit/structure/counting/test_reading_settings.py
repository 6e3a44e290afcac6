"""Bands and wordings from YAML: every flaw is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from banzi.kernel.errors import BadInput
from banzi.structure.counting.reading_settings import (
    default_settings,
    default_text,
    read_counting_settings,
)


def problems(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    file = tmp_path / "s.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_counting_settings(file)
    return [(each.message.code, each.at.row) for each in caught.value.problems]


def test_what_a_file_does_not_name_keeps_its_default(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("young: 45岁左右\nestablishment_words:\n  other: [编外]\n", encoding="utf-8")
    settings = read_counting_settings(file)
    assert settings.young_around.centre == 45
    assert settings.age_bands == default_settings().age_bands
    assert settings.establishment_words.other == ("编外",)
    assert settings.establishment_words.worker == default_settings().establishment_words.worker


def test_the_file_of_defaults_can_be_copied_and_read(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(default_text(), encoding="utf-8")
    assert read_counting_settings(file) == default_settings() == read_counting_settings(None)


def test_overlapping_bands_are_refused_at_their_line(tmp_path: Path) -> None:
    text = """age_bands:
  - {label: 甲, to: 40}
  - {label: 乙, from: 40, to: 45}
  - {label: 丙, from: 46}
"""
    assert problems(tmp_path, text) == [("counting/band-overlap", 3)]


def test_a_gap_between_bands_is_refused(tmp_path: Path) -> None:
    text = """birth_years:
  - {label: 甲, to: 1969}
  - {label: 乙, from: 1972}
"""
    file = tmp_path / "s.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="漏了1970—1971"):
        read_counting_settings(file)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ("[{label: 甲, from: 30, to: 40}, {label: 乙, from: 41}]", "counting/band-not-open-below"),
        ("[{label: 甲, to: 40}, {label: 乙, from: 41, to: 60}]", "counting/band-not-open-above"),
        ("[{label: 甲, to: 40}, {label: 乙}, {label: 丙, from: 50}]", "counting/band-no-bound"),
        (
            "[{label: 甲, to: 40}, {label: 甲, from: 41}]",
            "counting/label-twice",
        ),
        (
            "[{label: 甲, to: 40}, {label: 乙, from: 51, to: 60}, {label: 丙, from: 41, to: 50},"
            " {label: 丁, from: 61}]",
            "counting/band-out-of-order",
        ),
        (
            "[{label: 甲, to: 40}, {label: 乙, from: 50, to: 41}, {label: 丙, from: 42}]",
            "counting/band-inverted",
        ),
        ("[]", "yaml/wrong-value"),
        ("[{label: 甲, to: 四十}]", "yaml/wrong-value"),
        ("[{label: 甲, upto: 40}]", "yaml/unknown-key"),
        ("", "yaml/wrong-value"),
    ],
)
def test_bands_that_are_no_partition_are_refused(tmp_path: Path, bands: str, code: str) -> None:
    assert code in [found for found, _row in problems(tmp_path, f"age_bands: {bands}\n")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bands: []\n", "yaml/unknown-key"),
        ("young: 50岁左右\n", "counting/no-such-around"),
        ("teams: 班子类别为党委\n", "condition/not-read"),
        ("area_tiers: [镇]\n", "yaml/wrong-value"),
        ("left_words: [现职]\n", "counting/word-twice"),
        ("around: [{label: 甲, centre: 45, tolerance: 20}]\n", "yaml/wrong-value"),
        ("generations: [{label: 甲, from: 1980, to: 1970}]\n", "counting/band-inverted"),
        ("- a\n", "yaml/not-a-mapping"),
    ],
)
def test_other_flaws_are_refused(tmp_path: Path, text: str, code: str) -> None:
    assert code in [found for found, _row in problems(tmp_path, text)]


def test_all_flaws_are_told_at_once(tmp_path: Path) -> None:
    text = "young: 无\nage_bands: [{label: 甲, to: 40}, {label: 乙, from: 45}]\nwrong: 1\n"
    codes = {code for code, _row in problems(tmp_path, text)}
    assert codes == {"counting/no-such-around", "counting/band-gap", "yaml/unknown-key"}
