"""Gauges side by side, and lights that stand on cited thresholds only."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example_teams import example_roster

from banzi.kernel.errors import BadInput
from banzi.law import load_law
from banzi.structure.counting.figures import Figure, Unit
from banzi.structure.counting.tables import Asked, counted_table
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.gauges.thresholds import Light, Threshold, light_of, read_bound
from banzi.structure.library.reading import BoundBasis, copy_text, read_library
from banzi.structure.reading_targets import TargetFile, read_targets_file

LAW = load_law()


def read(folder: Path, text: str) -> TargetFile:
    file = folder / "targets.yaml"
    file.write_text(text, encoding="utf-8")
    return read_targets_file(file, "t.yaml")


def codes(folder: Path, text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(folder, text)
    return [problem.message.code for problem in caught.value.problems]


def rule(
    red: str | None, yellow: str | None, source: str = "文件", unit: Unit = Unit.COUNT
) -> Threshold:
    bounds = [None if text is None else read_bound(text, unit) for text in (red, yellow)]
    return Threshold("x", bounds[0], bounds[1], source)


@pytest.mark.parametrize(
    ("value", "light"), [(0, Light.RED), (1, Light.YELLOW), (2, Light.GREEN), (None, Light.GREY)]
)
def test_red_is_looked_at_before_yellow(value: int | None, light: Light) -> None:
    assert rule("<1", "<2").light(value) is light


def test_without_a_source_everything_stays_grey() -> None:
    assert rule("<1", "<2", source="").light(0) is Light.GREY
    assert light_of(None, Figure(0), Unit.COUNT, 5) is Light.GREY


def test_people_who_are_not_known_turn_a_light_grey_only_where_they_matter() -> None:
    asked = rule("<1", None)
    assert light_of(asked, Figure(0, unknown=1), Unit.COUNT, 5) is Light.GREY
    assert light_of(asked, Figure(1, unknown=1), Unit.COUNT, 5) is Light.GREEN
    share = rule(">=50%", None, unit=Unit.SHARE)
    third = Figure(Fraction(1, 3), unknown=1)
    assert light_of(share, third, Unit.SHARE, 3) is Light.GREY
    assert light_of(share, third, Unit.SHARE, 12) is Light.GREEN


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 100))
def test_a_worse_value_never_has_a_better_light(red: int, more: int, value: int) -> None:
    asked = rule(f">={red + more + 1}", f">={red}")
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    assert order.index(asked.light(value + 1)) >= order.index(asked.light(value))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{gauge: 没有这项, red: '<1'}", "gauges/no-such-gauge"),
        ("{gauge: 女干部, red: '>3', source: 某文}", "gauges/only-too-few"),
        ("{gauge: minority, yellow: '>=30', source: 某文}", "gauges/only-too-few"),
        ("{gauge: 空缺, red: 多}", "gauges/bad-bound"),
        ("{gauge: 三年内离任占比, red: '>=5'}", "gauges/bad-bound"),
        ("{gauge: 空缺}", "gauges/no-bound"),
        ("{gauge: 空缺, red: '>1', yellow: '>2'}", "gauges/other-way"),
        ("{gauge: 空缺, red: '>1', yellow: '<1'}", "gauges/other-way"),
        ("{gauge: 空缺, red: '>1', colour: 红}", "yaml/unknown-key"),
        ("{red: '>1'}", "yaml/missing-key"),
        ("红", "yaml/wrong-value"),
    ],
)
def test_a_wrong_threshold_is_refused_with_its_place(tmp_path: Path, row: str, code: str) -> None:
    assert code in codes(tmp_path, f"thresholds:\n  - {row}\n")


def test_a_gauge_ruled_twice_is_refused(tmp_path: Path) -> None:
    text = "thresholds:\n  - {gauge: 空缺, red: '>1'}\n  - {gauge: vacancies, red: '>2'}\n"
    assert codes(tmp_path, text) == ["gauges/gauge-twice"]


def test_teams_and_areas_are_counted_by_hand(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "thresholds:\n  - {gauge: 空缺, red: '>0', source: 某文第一条}\n"
        "  - {gauge: 女干部, red: '<1', source: 某纲要}\n  - {gauge: 人数, red: '<1'}\n",
    )
    roster = example_roster()
    asked = Asked(roster, roster.as_of, None, LAW, file.targets, file.thresholds)  # type: ignore[arg-type]
    table = counted_table("team-comparison").make(asked)
    assert table.figure("gov", "members").persons == ("p2", "p3", "p4")
    assert table.figure("total", "members").value == 4  # 钱文 sits in both teams
    assert table.figure("gov", "vacancies").light == "green"
    assert table.figure("gov", "women").light == "red"
    assert table.figure("gov", "members").light == "grey"
    texts = [note.text() for note in table.notes]
    assert any("某文第一条" in text for text in texts)
    assert any("没有注明依据" in text for text in texts)
    area = counted_table("area-dashboard").make(asked)
    assert [row.figures["members"].value for row in area.rows] == [4]


def test_every_library_entry_is_read_names_its_source_and_marks_samples() -> None:
    library = read_library(LAW)
    assert len(library.entries) >= 30
    rows = {clause.row for clause in LAW.clauses.values()}
    for entry in library.entries:
        assert entry.target.citation, entry.id
        assert ("示例" in entry.target.citation) is (entry.basis is BoundBasis.SAMPLE), entry.id
        assert any(row == entry.clause or row.startswith(entry.clause) for row in rows), entry.id


def test_a_copy_of_the_library_reads_as_a_targets_file(tmp_path: Path) -> None:
    library = read_library(LAW)
    again = read(tmp_path, copy_text(library, library.entries))
    assert list(again.targets) == [entry.target for entry in library.entries]


def test_gauges_have_names_of_their_own() -> None:
    words = [word for each in GAUGES for word in (each.id, each.zh)]
    assert len(set(words)) == len(words)
