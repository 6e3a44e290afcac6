"""Problems are collected, placed, and reported all at once."""

from __future__ import annotations

import pytest

from banzi.kernel.errors import BadInput, BanziError, Location, Problem, ProblemLog
from banzi.roster.roster import WRONG_VERSION


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (Location(), "::"),
        (Location("a.xlsx"), "a.xlsx::"),
        (Location("a.xlsx", "任职", 3, "姓名"), "a.xlsx[任职]:3:姓名"),
        (Location("a.csv", row=7), "a.csv:7:"),
    ],
)
def test_a_place_is_file_row_and_column(at: Location, shown: str) -> None:
    assert str(at) == shown


def test_a_problem_is_one_line_with_place_code_and_words() -> None:
    problem = Problem(WRONG_VERSION(found=9, expected=1), Location("快照"))
    line = problem.line()
    assert line.startswith("快照:: roster/")
    assert "\n" not in line
    assert problem.line("en") != line
    assert problem.line("en").startswith("快照:: roster/")


def test_every_problem_is_raised_together() -> None:
    log = ProblemLog()
    log.stop_if_any()
    log.add(WRONG_VERSION(found=2, expected=1), Location("甲"))
    log.extend([Problem(WRONG_VERSION(found=3, expected=1), Location("乙"))])
    with pytest.raises(BadInput) as caught:
        log.stop_if_any()
    assert [problem.at.file for problem in caught.value.problems] == ["甲", "乙"]
    assert str(caught.value).count("\n") == 1
    assert isinstance(caught.value, BanziError)


def test_bad_input_without_a_problem_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="without a problem"):
        BadInput([])
