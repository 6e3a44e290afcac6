"""Messages carry a code and values, and refuse to lose one."""

from __future__ import annotations

import pytest

from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import Message, MessageKind, name_in, render

GREETING = MessageKind("test/greeting", "{name}，{items}")


def test_a_message_renders_its_values() -> None:
    inner = MessageKind("test/inner", "甲")()
    assert GREETING(name=inner, items=["乙", "丙"]).text() == "甲，乙、丙"


def test_a_missing_or_extra_value_is_a_defect_in_the_code() -> None:
    with pytest.raises(TypeError, match="takes"):
        GREETING(name="甲")


def test_a_code_means_one_text_only() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        MessageKind("test/greeting", "别的")


def test_values_are_not_read_as_templates() -> None:
    assert render("{a}", {"a": "{b}", "b": "x"}) == "{b}"


def test_what_is_declared_has_a_name_in_each_language() -> None:
    assert name_in(FieldClass.FAMILY, "zh") == "家庭信息"
    assert name_in(FieldClass.FAMILY, "en") == "family"


def test_every_problem_is_kept_and_printed_with_its_place() -> None:
    log = ProblemLog()
    log.stop_if_any()
    for row in (3, 5):
        log.add(GREETING(name="甲", items=[row]), Location("a.xlsx", "A01", row, "姓名"))
    with pytest.raises(BadInput) as caught:
        log.stop_if_any()
    assert str(caught.value).splitlines() == [
        "a.xlsx[A01]:3:姓名 test/greeting 甲，3",
        "a.xlsx[A01]:5:姓名 test/greeting 甲，5",
    ]


def test_a_problem_without_a_place_still_has_the_form() -> None:
    problem = Problem(Message(GREETING, {"name": "甲", "items": []}))
    assert problem.line() == ":: test/greeting 甲，"
