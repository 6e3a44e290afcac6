"""Tables that leave the house: written as a file, and noted as an export before the answer goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse

from banzi.documents.papers.office_table import OfficeTable
from banzi.documents.papers.writing import Format, write_tables
from banzi.web.accounts.rights import rights_of
from banzi.web.audit.reads import ReadKind, note_read

MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


def format_of(ending: str) -> Format:
    """The format an address asks for.

    Raises
    ------
    Http404
        When there is none of this ending.
    """
    try:
        return Format(ending)
    except ValueError:
        raise Http404 from None


def paper_answer(
    request: HttpRequest, tables: Sequence[OfficeTable], name: str, kind: Format, as_of: date
) -> HttpResponse:
    """The tables as a download called `name-day.ending`; the export is noted first."""
    made = paper_file(tables, name, kind, as_of)
    account = rights_of(request).account
    note_read(
        by=account.username if account else "",
        what=f"{name}-{as_of}.{kind} {request.META.get('QUERY_STRING', '')}".strip(),
        kind=ReadKind.EXPORT,
    )
    return made


def paper_file(tables: Sequence[OfficeTable], name: str, kind: Format, as_of: date) -> HttpResponse:
    """The same download, for whoever notes the export himself."""
    file_name = f"{name}-{as_of}.{kind}"
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"paper.{kind}"
        write_tables(tables, file, as_of)
        content = file.read_bytes()
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
