"""An office's own .xlsx: rows of a list put in, what stands below moved with its formulas."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.example_teams import AS_OF, example_roster

from banzi.documents.papers.filling.filling import fill_template, open_template
from banzi.documents.papers.filling.sheet_references import Growth
from banzi.kernel.errors import BadInput, BanziError


def template(folder: Path) -> Path:
    file = folder / "t.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("名单")
    bold = book.add_format({"bold": True})
    sheet.merge_range("A1:D1", "{{会议}}（{{基准日}}）", bold)
    sheet.write_row(1, 0, ["序号", "姓名", "身份证号", "年龄"])
    sheet.write_row(
        2, 0, ["{{#名单}}{{序号}}", "{{姓名}}", "{{身份证号}}", "{{年龄}}{{/名单}}"], bold
    )
    sheet.set_row(2, 33)
    sheet.merge_range("A4:C4", "共{{人数}}人")
    sheet.write_formula("D4", "=AVERAGE(D3:D3)")
    sheet.print_area("A1:D4")
    book.add_worksheet("汇总").write_formula("A1", "=SUM(名单!D3:D3)+名单!D4")
    book.close()
    return file


def filled(folder: Path, *persons: str) -> Path:
    given_fields = {"会议": "部务会"}
    opened = open_template(template(folder), given_fields)
    out = folder / "out.xlsx"
    fill_template(opened, example_roster(), persons, AS_OF, out, given=given_fields)
    return out


def part(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as package:
        return package.read(name).decode()


def test_rows_are_put_in_and_the_rest_moves_down(tmp_path: Path) -> None:
    out = filled(tmp_path, "p1", "p2", "p3")
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("名单").to_python()
    assert rows[0][0] == "部务会（2021年7月1日）"
    assert [row[:2] + row[3:] for row in rows[2:5]] == [
        [1.0, "赵大山", 53.0],
        [2.0, "钱文", 54.0],
        [3.0, "孙明", 47.0],
    ]
    assert rows[5][0] == "共3人"


def test_formulas_merged_cells_and_print_area_follow(tmp_path: Path) -> None:
    out = filled(tmp_path, "p1", "p2", "p3")
    sheet = part(out, "xl/worksheets/sheet1.xml")
    assert "<f>AVERAGE(D3:D5)</f>" in sheet
    assert 'ref="A6:C6"' in sheet
    assert sheet.count('ht="33"') == 3
    assert "SUM(名单!D3:D5)+名单!D6" in part(out, "xl/worksheets/sheet2.xml")
    workbook = part(out, "xl/workbook.xml")
    assert "$A$1:$D$6" in workbook
    assert 'fullCalcOnLoad="1"' in workbook


def test_one_person_leaves_the_template_as_it_is(tmp_path: Path) -> None:
    sheet = part(filled(tmp_path, "p1"), "xl/worksheets/sheet1.xml")
    assert "<f>AVERAGE(D3:D3)</f>" in sheet
    assert 'ref="A4:C4"' in sheet


def test_photos_and_blocks_in_one_cell_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "p.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    sheet.write("B2", "{{照片}}")
    sheet.write("B3", "{{#家庭成员}}{{姓名}}{{/家庭成员}}")
    book.close()
    with pytest.raises(BadInput) as bad:
        open_template(file)
    assert [(p.at.row, p.at.column, p.message.code) for p in bad.value.problems] == [
        (2, "B", "filling/no-photo-in-sheet"),
        (3, "B", "filling/block-in-cell"),
    ]


def test_workbooks_cannot_be_merged(tmp_path: Path) -> None:
    file = tmp_path / "p.xlsx"
    book = xlsxwriter.Workbook(str(file))
    book.add_worksheet().write("A1", "{{姓名}}")
    book.close()
    with pytest.raises(BanziError, match="filling/sheets-not-merged"):
        fill_template(
            open_template(file), example_roster(), ["p1"], AS_OF, tmp_path / "o.xlsx", merged=True
        )


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(A2:A3)", "SUM(A2:A7)"),
        ("SUM(A$1:A$9)", "SUM(A$1:A$13)"),
        ("A4+$B$4", "A8+$B$8"),
        ('A1&"A4"', 'A1&"A4"'),
        ("其他!A4", "其他!A4"),
        ("'表 1'!A4+A4", "'表 1'!A4+A8"),
        ("LOG10(A4)", "LOG10(A8)"),
    ],
)
def test_references_below_or_across_the_rows_follow(formula: str, after: str) -> None:
    assert Growth(2, 3, 3).formula(formula, "名单", "名单") == after


@given(st.integers(1, 50), st.integers(0, 5), st.integers(1, 40), st.integers(1, 99))
def test_rows_keep_their_order_and_nothing_above_moves(
    first: int, more: int, turns: int, row: int
) -> None:
    growth = Growth(first, first + more, turns)
    assert growth.row(row + 1) > growth.row(row)
    if row < first:
        assert growth.row(row) == row
