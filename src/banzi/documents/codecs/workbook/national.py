"""The national civil-servant workbook, ten sheets, into an extract.

A sheet that is missing says nothing about its subject, except A01, without which there is nobody.
Not here: what the rows mean together (`national_rows`), writing it (`national_writing`), and what
the sheets have no column for (our template).
"""

from __future__ import annotations

from pathlib import Path

from banzi.documents.codecs.extract import Extract, Finding
from banzi.documents.codecs.workbook import national_layout as layout
from banzi.documents.codecs.workbook.national_rows import take_sheets
from banzi.documents.codecs.workbook.opening import Book, open_book
from banzi.documents.codecs.workbook.sheets import MISSING_SHEET, SheetRow, read_sheet
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.files import sha256_of
from banzi.kernel.messages import FindingKind
from banzi.kernel.messages import gettext_noop as _

FORMAT = "national-workbook"

SHEET_ABSENT = FindingKind(
    "import/sheet-absent", _("没有工作表“{sheet}”，该项情况按不掌握处理"), title=_("缺少工作表")
)


def read_national(path: Path, shown_as: str = "") -> Extract:
    """Read a national workbook; unreadable cells are `problems` of the extract.

    Raises
    ------
    BadInput
        When the file is no workbook that can be opened.
    """
    return national_of(open_book(path, shown_as))


def national_of(book: Book) -> Extract:
    """As `read_national`, from a workbook that is open."""
    extract = Extract(book.name, FORMAT, sha256_of(book.path), book.path.stat().st_size)
    problems = ProblemLog()
    if layout.A01.name not in book.sheet_names:
        problems.add(MISSING_SHEET(sheet=layout.A01.name), Location(book.name))
        extract.problems = list(problems)
        return extract
    sheets: dict[str, list[SheetRow]] = {}
    for each in layout.NATIONAL_SHEETS:
        if each.name in book.sheet_names:
            sheets[each.name] = read_sheet(book, each, problems, extract.findings)
        else:
            absent = Finding(SHEET_ABSENT(sheet=each.name), Location(book.name))
            extract.findings.append(absent)
    take_sheets(extract, sheets, problems)
    extract.problems = list(problems)
    return extract
