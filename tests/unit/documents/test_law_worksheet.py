"""The review worksheet: out with every number, back with what an expert found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.support.workbooks import write_sheets

from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.law_worksheet import SHEET, read_worksheet, write_worksheet
from banzi.kernel.errors import BadInput
from banzi.law import Grade, load_law, load_office_law
from banzi.law.numbers import numbers_of
from banzi.law.office import Review, write_review

SERVICE = "appointment_regulations/min_service_months"
LEVELS = "appointment_regulations/min_months_in_level"


def filled(path: Path, answers: dict[tuple[str, str], dict[str, str]]) -> Path:
    """The worksheet with cells written, by parameter and entry."""
    write_worksheet(load_law(), path)
    rows = [list(row) for row in open_book(path).sheet(SHEET)]
    header = rows[1]
    for row in rows[2:]:
        named = (row[header.index("参数标识")], row[header.index("项目标识")])
        for column, text in answers.get(named, {}).items():
            row[header.index(column)] = text
    return write_sheets(path, {SHEET: rows})


def read(path: Path) -> Review:
    return read_worksheet(path, load_law(), "甲", date(2026, 3, 1), "2019年文本")


def codes(path: Path) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(path)
    return [problem.message.code for problem in caught.value.problems]


def test_every_number_of_the_law_stands_in_the_sheet(tmp_path: Path) -> None:
    law = load_law()
    count = write_worksheet(law, tmp_path / "a.xlsx")
    assert count == sum(len(numbers_of(each)) for each in law.parameters.values())
    assert len(list(open_book(tmp_path / "a.xlsx").sheet(SHEET))) == count + 2


def test_the_same_law_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_worksheet(load_law(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_confirmed_and_a_corrected_number_raise_the_grade(tmp_path: Path) -> None:
    path = filled(
        tmp_path / "a.xlsx",
        {
            (SERVICE, ""): {"核对结果": "一致", "原文条目": "第八条第一项"},
            (LEVELS, "deputy_to_principal"): {"核对结果": "应更正", "更正值": "30"},
            (LEVELS, "lower_principal_to_deputy"): {"核对结果": "一致"},
        },
    )
    write_review(read(path), tmp_path / "law")
    law = load_office_law(tmp_path / "law", load_law()).at(date(2026, 6, 30))
    service, levels = law.find(SERVICE), law.find(LEVELS)
    assert service is not None
    assert levels is not None
    assert (service.value, service.grade) == (60, Grade.VERIFIED)
    assert levels.value == {"deputy_to_principal": 30, "lower_principal_to_deputy": 36}
    assert levels.grade is Grade.VERIFIED


def test_a_value_of_which_only_a_part_was_compared_stays_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", {(LEVELS, "deputy_to_principal"): {"核对结果": "一致"}})
    assert read(path).values == []


def test_a_number_not_found_in_the_text_is_not_raised(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", {(SERVICE, ""): {"核对结果": "原文未找到"}})
    assert read(path).values == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"核对结果": "应更正"}, "law/worksheet-no-correction"),
        ({"核对结果": "一致", "更正值": "72"}, "law/worksheet-stray-correction"),
        ({"更正值": "72"}, "law/worksheet-stray-correction"),
        ({"核对结果": "应更正", "更正值": "六年"}, "law/worksheet-wrong-correction"),
        ({"核对结果": "对"}, "law/worksheet-result"),
        ({"核对结果": "一致", "现值": "61"}, "law/worksheet-stale"),
        ({"核对结果": "一致", "生效日期": "2013-01-01"}, "law/worksheet-unknown"),
        ({}, "law/worksheet-empty"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(
    tmp_path: Path, given: dict[str, str], code: str
) -> None:
    assert codes(filled(tmp_path / "a.xlsx", {(SERVICE, ""): given})) == [code]
