"""A clerk's own 花名册, with two rows of headers and formats of its own; and forms to go with it."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form import FamilyMember, Form

TOP = ("序号", "姓名", "民族", "籍贯", "出生年月", "现任职务", "全日制教育", "", "备注")
BELOW = ("", "", "", "", "", "", "学历", "毕业院校及专业", "")
FIRST_ROW = 4
"""Of the persons, counted from 1; the headers stand in rows 2 and 3, from column B on."""


def write_book(path: Path, rows: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("名册"), book.add_worksheet("说明")
    other.write(0, 0, "另一张表")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DDEEFF"})
    cell = book.add_format({"border": 1, "font_name": "宋体"})
    sheet.merge_range(0, 1, 0, len(TOP), "某市干部花名册", head)
    for at, text in enumerate(TOP, start=1):
        sheet.write_string(1, at, text, head)
    for at, text in enumerate(BELOW, start=1):
        sheet.write_string(2, at, text, head)
    for line, row in enumerate(rows, start=3):
        for at, text in enumerate(row, start=1):
            sheet.write_string(line, at, text, cell)
    sheet.set_column(6, 6, 42)
    book.close()
    return path


def form(name: str, birth: str, **fields: str) -> Form:
    relatives = (
        FamilyMember("妻子", f"{name}妻", "197801", "群众", "某局干部"),
        FamilyMember("儿子", f"{name}子", "200501", "共青团员", "某校学生"),
    )
    given = {"name": name, "birth": birth, "sex": "男", "ethnicity": "汉族", **fields}
    return Form(given, relatives, extras=(("Own", "<Own>1</Own>"),))


def write_forms(folder: Path, *forms: Form) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for each in forms:
        (folder / f"{each['name']}.lrmx").write_bytes(write_form(each))
    return folder
