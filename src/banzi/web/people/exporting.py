"""A list of persons as a workbook: the persons, order and columns that stand on the screen."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from banzi.codes.strokes import ORDER_PHRASE
from banzi.documents.papers.office_table import Heading, OfficeTable, Row
from banzi.documents.papers.sheets import write_workbook
from banzi.documents.papers.wording import NOBODY, SERIAL, age_text, count_text
from banzi.kernel.messages import Language, name_in, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.people.filtering import ListQuery, Order
from banzi.web.people.listing import Line, column_title, columns_offered, found_persons, lines

TITLE = _("干部名单")
_AT_A_TIME = 1_000
_WIDTHS = {"date": 17.0, "number": 10.0, "wide": 46.0, "text": 22.0}


@dataclass(frozen=True, slots=True)
class Export:
    """A workbook and how many persons are in it."""

    content: BytesIO
    file_name: str
    count: int


def export_list(query: ListQuery, rights: Rights, as_of: date, language: Language) -> Export:
    """The workbook of a list, with what the account may release."""
    offered = columns_offered(rights, Verb.RELEASE)
    names = [name for name in query.columns if name in offered]
    keys = list(found_persons(query, rights, as_of, Verb.RELEASE))
    found: list[Line] = []
    for start in range(0, len(keys), _AT_A_TIME):
        some = keys[start : start + _AT_A_TIME]
        found += lines(some, names, rights, as_of, language, Verb.RELEASE)
    table = OfficeTable(
        title=translate(TITLE, language),
        columns=_headings(names, found, language),
        rows=[
            Row((number, line.name, *(cell.text for cell in line.cells)))
            for number, line in enumerate(found, start=1)
        ],
        subtitle=ORDER_PHRASE if query.order == Order.STROKES else "",
        left=age_text(as_of),
        right=count_text(len(found)),
        empty=translate(NOBODY, language),
        frozen=2,
    )
    with tempfile.TemporaryDirectory(prefix="banzi-list-") as folder:
        path = Path(folder) / "list.xlsx"
        write_workbook([table], path, as_of)
        content = BytesIO(path.read_bytes())
    return Export(content, f"{table.title}{as_of:%Y%m%d}.xlsx", len(found))


def _headings(names: list[str], found: list[Line], language: Language) -> tuple[Heading, ...]:
    kinds = [cell.kind for cell in found[0].cells] if found else ["text"] * len(names)
    return (
        Heading(translate(SERIAL, language), 10),
        Heading(column_title_of_name(language), 15, align="name"),
        *(
            Heading(
                column_title(name, language),
                _WIDTHS[kind],
                align="left" if kind in ("wide", "text") else "center",
            )
            for name, kind in zip(names, kinds, strict=True)
        ),
    )


def column_title_of_name(language: Language) -> str:
    return name_in(PERSONS["name"], language)
