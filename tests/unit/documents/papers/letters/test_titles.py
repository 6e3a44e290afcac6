"""Lines of a title: whole words, a lozenge or an inverted triangle."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.documents.papers.fitting import width_of
from banzi.documents.papers.letters.titles import title_lines

CAPACITY = 40


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于李明等同志职务任免的通知", ["关于李明等同志职务任免的通知"]),
        (
            "关于做好云岭市县乡领导班子换届工作中干部人事档案审核有关事项的通知",
            ["关于做好云岭市县乡领导班子换届工作中", "干部人事档案审核有关事项的通知"],
        ),
        (
            "中共云岭市委组织部关于李明等同志职务任免的通知",
            ["中共云岭市委组织部", "关于李明等同志职务任免的通知"],
        ),
    ],
)
def test_titles_break_by_sense(title: str, lines: list[str]) -> None:
    assert title_lines(title, CAPACITY) == lines


def test_a_name_the_caller_knows_is_never_divided() -> None:
    title = "关于推荐司马相如通明同志为全市优秀领导干部候选人有关情况的报告"
    lines = title_lines(title, CAPACITY, ["司马相如通明"])
    assert len(lines) == 2
    assert any("司马相如通明" in line for line in lines)


def test_of_never_begins_a_line_and_about_never_ends_one() -> None:
    for middle in (
        "组织干部考核",
        "县乡领导班子换届",
        "干部人事档案专项审核和个人有关事项报告查核",
    ):
        for line in title_lines(f"中共云岭市委关于{middle}工作有关事项的通知", CAPACITY):
            assert not line.startswith(("的", "、", "等"))
            assert not line.endswith(("（", "《", "第"))


def test_line_ends_in_the_title_are_kept() -> None:
    assert title_lines("关于某事\n的通知", CAPACITY) == ["关于某事", "的通知"]


def test_three_lines_are_no_hourglass() -> None:
    title = "中共云岭市委组织部关于转发《关于做好市县乡领导班子换届期间干部人事档案专项审核工作的通知》的通知"
    widths = [width_of(line) for line in title_lines(title, CAPACITY)]
    shrinking = [later < earlier for earlier, later in pairwise(widths)]
    assert shrinking == sorted(shrinking)  # once it shrinks it grows no more


@given(st.text("关于干部工作的通知和李明云岭市2025年（）《》、，", min_size=1, max_size=60))
def test_nothing_is_lost_and_every_line_fits(title: str) -> None:
    lines = title_lines(title, CAPACITY)
    assert "".join(lines) == title
    assert all(width_of(line) <= CAPACITY for line in lines) or len(lines) == 1
