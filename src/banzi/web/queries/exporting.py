"""A list or a cross table as a worksheet: exactly what the page shows, for who may take it out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from banzi.documents.papers.office_table import A4_LANDSCAPE, Heading, OfficeTable, Row
from banzi.documents.papers.wording import count_text, day_text
from banzi.documents.papers.writing import Format, write_tables
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.files import safe_name
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.coverage import covered_by
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.records.papers import MEDIA_TYPES

NOT_RELEASED = MessageKind(
    "queries/not-released",
    _("其中{count}人的{classes}您无权导出；请缩小范围、减少列，或申请发布权限"),
)
_SHEETS = {
    ".xlsx": MEDIA_TYPES[Format.XLSX],
    ".docx": MEDIA_TYPES[Format.DOCX],
    ".zip": "application/zip",
}


def check_release(rights: Rights, persons: Iterable[str], classes: Iterable[FieldClass]) -> None:
    """Refuse to take out what the account may not take out of every one of these persons; noted.

    Raises
    ------
    BanziError
        `queries/not-released`.
    """
    wanted = frozenset(persons)
    short: dict[FieldClass, frozenset[str]] = {}
    held = rights.fields(Verb.RELEASE)
    for each in sorted({FieldClass.BASIC, *classes}):
        may = covered_by(rights, Verb.RELEASE, each) if each in held else frozenset()
        if missing := wanted - may:
            short[each] = missing
    if short:
        count = len(frozenset().union(*short.values()))
        by = rights.account.username if rights.account else ""
        told = "、".join(each.zh for each in short)
        note_read(by=by, what=f"导出{count}人的{told}", kind=ReadKind.REFUSED)
        raise BanziError(NOT_RELEASED(count=count, classes=[each.zh for each in short]))


def list_table(
    title: str,
    headings: Sequence[tuple[str, float, bool]],
    rows: Sequence[tuple[str, Sequence[str]]],
    on: date,
    said: str = "",
    notes: Sequence[str] = (),
) -> OfficeTable:
    """A numbered list of people: (heading, width, whether left-aligned) and (name, texts)."""
    columns = (
        Heading(_("序号"), 10),
        Heading(_("姓名"), 18, align="name"),
        *(
            Heading(text, width, align="left" if is_left else "center")
            for text, width, is_left in headings
        ),
    )
    body = [Row((number, name, *cells)) for number, (name, cells) in enumerate(rows, 1)]
    return OfficeTable(
        title,
        columns,
        body,
        subtitle=said,
        left=day_text(on),
        right=count_text(len(rows)),
        empty=_("没有人员"),
        notes=notes,
        page=A4_LANDSCAPE,
        points=9,
        least_height=8,
        frozen=2,
    )


def workbook(rights: Rights, table: OfficeTable, on: date) -> HttpResponse:
    """The table as a download, noted as an export before it goes out."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.xlsx"
        write_tables([table], file, on)
        content = file.read_bytes()
    return download(rights, content, f"{table.title}.xlsx")


def download(rights: Rights, content: bytes, name: str) -> HttpResponse:
    account = rights.account
    note_read(by=account.username if account else "", what=name, kind=ReadKind.EXPORT)
    clean = safe_name(name)
    response = HttpResponse(content, content_type=_SHEETS[Path(clean).suffix])
    response["Content-Disposition"] = content_disposition_header(True, clean)
    return response
