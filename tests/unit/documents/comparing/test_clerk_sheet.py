"""A clerk's own table: headers found and matched, nothing guessed."""

from datetime import date

import pytest
from tests.support.clerk_books import write_book
from tests.support.workbooks import id_number, write_sheets

from banzi.documents.codecs.workbook.clerk_sheet import (
    ALIASES,
    SHEET_COLUMNS,
    column_of_header,
    read_clerk_sheet,
)
from banzi.kernel.errors import BadInput
from banzi.people import PERSONS


def codes(bad):
    return [problem.message.code for problem in bad.value.problems]


def test_two_rows_of_headers_are_read_together_and_unknown_ones_listed(tmp_path):
    row = ["1", "张　三", "汉", "辽宁大连", "1975.03", "某局局长", "大学", "某大学某专业", "无"]
    sheet = read_clerk_sheet(write_book(tmp_path / "册.xlsx", [row]))
    assert sheet.header_row == 3
    assert sheet.columns["full_time_education"].position == 7
    assert sheet.columns["full_time_education_school"].position == 8
    assert sheet.unknown == ("备注",)
    assert sheet.running == 1
    (person,) = sheet.rows
    assert person.number == 4
    assert person.text("current_posts_text") == "某局局长"
    assert str(sheet.at(person, "birth")).endswith("册.xlsx[名册]:4:出生年月")


def test_schooling_without_full_time_or_in_service_is_not_guessed(tmp_path):
    path = write_sheets(
        tmp_path / "a.xlsx", {"册": [["姓名", "性别", "学历"], ["甲", "男", "大学"]]}
    )
    assert read_clerk_sheet(path).unknown == ("学历",)


def test_dates_and_numbers_of_excel_are_read_as_the_form_has_them(tmp_path):
    number = id_number(19750312)
    rows = [
        ["姓名", "出生年月", "参加工作时间", "身份证号码"],
        ["甲", date(1975, 3, 1), 199807, number],
    ]
    (person,) = read_clerk_sheet(write_sheets(tmp_path / "a.xlsx", {"册": rows})).rows
    assert person.text("birth") == "197503"
    assert person.text("work_started") == "199807"
    assert person.text("id_number") == number


def test_party_entry_by_the_header_forms_use_unless_the_sheet_has_the_text_too(tmp_path):
    plain = {"册": [["姓名", "性别", "入党时间"], ["甲", "男", "民建"]]}
    assert "party_text" in read_clerk_sheet(write_sheets(tmp_path / "a.xlsx", plain)).columns
    both = {"册": [["姓名", "入党时间文字", "入党时间"], ["甲", "民建", ""]]}
    sheet = read_clerk_sheet(write_sheets(tmp_path / "b.xlsx", both))
    assert sheet.columns["party_text"].header == "入党时间文字"
    assert sheet.unknown == ("入党时间",)


def test_two_columns_of_one_meaning_are_refused(tmp_path):
    path = write_sheets(
        tmp_path / "a.xlsx", {"册": [["姓名", "出生年月", "出生日期"], ["甲", "", ""]]}
    )
    with pytest.raises(BadInput) as bad:
        read_clerk_sheet(path)
    assert codes(bad) == ["clerk-sheet/repeated-header"]


def test_a_book_without_persons_and_one_with_two_such_sheets_are_refused(tmp_path):
    with pytest.raises(BadInput) as bad:
        read_clerk_sheet(write_sheets(tmp_path / "a.xlsx", {"册": [["名称", "数量"]]}))
    assert codes(bad) == ["clerk-sheet/no-persons"]
    sheet = [["姓名", "性别"], ["甲", "男"]]
    with pytest.raises(BadInput) as bad:
        read_clerk_sheet(write_sheets(tmp_path / "b.xlsx", {"一": sheet, "二": sheet}))
    assert codes(bad) == ["clerk-sheet/which-sheet"]


def test_no_header_names_two_fields():
    for column in SHEET_COLUMNS:
        for header in (PERSONS[column].zh, *ALIASES.get(column, ())):
            assert column_of_header(header) == column
