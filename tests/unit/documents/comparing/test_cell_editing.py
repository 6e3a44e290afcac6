"""Cells of a workbook changed in place; all else stays byte for byte."""

import zipfile

import pytest
import xlsxwriter
from tests.support.clerk_books import write_book

from banzi.documents.codecs.workbook.cell_editing import cell_name, edit_cells
from banzi.documents.codecs.workbook.opening import open_book
from banzi.kernel.errors import BadInput

ROW = ["1", "张　三", "汉", "辽宁大连", "1975.03", "某局局长", "大学", "某大学", ""]


def test_only_the_part_of_the_sheet_changes(tmp_path):
    source = write_book(tmp_path / "a.xlsx", [ROW])
    target = tmp_path / "b.xlsx"
    edit_cells(source, target, "名册", {(4, 3): "汉族", (4, 6): ""})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert changed == ["xl/worksheets/sheet1.xml"]
        before, after = old.read(changed[0]), new.read(changed[0])
    rows = list(open_book(target).sheet("名册"))
    assert rows[3][:6] == ["1", "张　三", "汉族", "辽宁大连", "1975.03", ""]
    assert after.count(b' s="') == before.count(b' s="')  # every cell keeps its format
    assert b"<cols>" in after


def test_rows_made_anew_take_the_formats_of_the_row_named(tmp_path):
    source = write_book(tmp_path / "a.xlsx", [ROW])
    target = tmp_path / "b.xlsx"
    edit_cells(source, target, "名册", {(6, 2): "=1+1", (5, 2): "乙"}, like_row=4)
    rows = list(open_book(target).sheet("名册"))
    assert [row[1] for row in rows[3:]] == ["张　三", "乙", "=1+1"]
    with zipfile.ZipFile(target) as new:
        xml = new.read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="C5" s="' in xml
    assert "<f>" not in xml


def test_a_formula_and_a_merged_cell_are_not_overwritten(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("册")
    sheet.write_formula(0, 0, "=1+1")
    sheet.merge_range(1, 0, 1, 2, "合并")
    book.close()
    with pytest.raises(BadInput) as bad:
        edit_cells(path, tmp_path / "b.xlsx", "册", {(1, 0): "2", (2, 1): "x"})
    codes = [problem.message.code for problem in bad.value.problems]
    assert codes == ["workbook/has-formula", "workbook/merged-cell"]
    assert not (tmp_path / "b.xlsx").exists()


def test_cells_are_named_as_excel_does():
    assert [cell_name(1, at) for at in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]
