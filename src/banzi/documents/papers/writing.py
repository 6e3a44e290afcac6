"""Office tables to a file in the format that its name asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from banzi.documents.papers.office_table import OfficeTable
from banzi.documents.papers.sheets import write_workbook
from banzi.documents.papers.table_pages import write_pages
from banzi.documents.papers.table_word import write_document


class Format(StrEnum):
    """File formats of an office table; the value is the ending of the file's name."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


_WRITERS: dict[Format, Callable[[Sequence[OfficeTable], Path, date], None]] = {
    Format.XLSX: write_workbook,
    Format.DOCX: write_document,
    Format.PDF: write_pages,
}


def write_tables(tables: Sequence[OfficeTable], path: Path, as_of: date) -> None:
    """Write the tables to one file; `path` ends in `.xlsx`, `.docx` or `.pdf`.

    The caller sees to it that no half-written file stays (`kernel.files`).
    """
    _WRITERS[Format(path.suffix[1:].lower())](tables, path, as_of)
