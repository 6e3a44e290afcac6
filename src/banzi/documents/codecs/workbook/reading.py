"""Which workbook is it? Decided by its sheets, never by its file name."""

from __future__ import annotations

from pathlib import Path

from banzi.documents.codecs.extract import Extract
from banzi.documents.codecs.workbook import national_layout, template_layout
from banzi.documents.codecs.workbook.national import national_of
from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.codecs.workbook.template import template_of


def read_workbook(path: Path, shown_as: str = "") -> Extract:
    """Read a national workbook or our template, whichever has more sheets in common with the file.

    Raises
    ------
    BadInput
        When the file is no workbook that can be opened.
    """
    book = open_book(path, shown_as)
    names = set(book.sheet_names)
    national = names & {each.name for each in national_layout.NATIONAL_SHEETS}
    template = names & {each.name for each in template_layout.TEMPLATE_SHEETS}
    if len(national) > len(template):
        return national_of(book)
    return template_of(book)
