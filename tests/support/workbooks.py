"""Workbooks for tests, written cell by cell so that they can be as wrong as real ones."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from banzi.codes.id_numbers import with_check_digit


def write_sheets(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Sheet name → rows of cells; texts, numbers and dates are written as what they are."""
    path.write_bytes(workbook_bytes(sheets))
    return path


def workbook_bytes(sheets: dict[str, list[list[Any]]]) -> bytes:
    """The file that `write_sheets` writes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value)
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(at, column, value)
                elif value is not None:
                    sheet.write_string(at, column, value)
    book.close()
    return stream.getvalue()


def persons_sheet(*rows: list[Any], header: tuple[str, ...] = ()) -> dict[str, list[list[Any]]]:
    """A workbook with A01 alone: title, header, rows."""
    columns = header or ("姓名", "身份证号", "性别 ", "出生年月", "民族")
    return {"A01人员": [["人员基本信息"], list(columns), *rows]}


def id_number(birth: int, sequence: int = 1) -> str:
    """A valid invented number; odd sequences are men's."""
    return with_check_digit(f"150102{birth}{sequence:03d}")
