"""Attributes of a package's rows into the rows that the national sheets give.

The columns are the same as the workbook's (`workbook.national_layout`), found by their national
field codes (`Column.national`), and so are the readers of values. What differs: a package carries
codes where people would type words, and no one can correct it by hand, so a value that does not
fit becomes null with a finding that keeps it, also where a workbook's cell would be an error.
Dates that do not exist and missing names stay errors.

Not here: finding the parts (`opening`), scanning them (`rowset`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from banzi.codes import lookup
from banzi.documents.codecs.extract import Finding
from banzi.documents.codecs.form_texts import is_impossible_date
from banzi.documents.codecs.form_values import IMPOSSIBLE_DATE
from banzi.documents.codecs.package.rowset import Attributes
from banzi.documents.codecs.workbook import national_layout as layout
from banzi.documents.codecs.workbook.cells import UNKNOWN_WORDING, Reading, read_cell
from banzi.documents.codecs.workbook.sheets import EMPTY_CELL, Field, SheetLayout, SheetRow
from banzi.kernel.columns import Column, Kind
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import FindingKind, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

NO_OWNER = MessageKind(
    "package/no-person-key", _("本条记录没有人员标识（A0000）；请从原系统重新导出")
)
FIELDS_UNREAD = FindingKind(
    "package/fields-unread",
    _("数据表{table}有{count}项未被读取：{fields}"),
    title=_("数据表有未读取的项"),
)
UNREADABLE_VALUE = FindingKind(
    "package/unreadable-value",
    _("“{value}”未读取，暂按不掌握处理：{reason}"),
    title=_("数据包中的内容无法读取"),
)

OWNER = "A0000"
_NOT_OF_A01 = ("A0000", "A5", "A99")
"""Field codes of `persons` columns that stand in other tables."""


@dataclass(frozen=True, slots=True)
class PackageTable:
    """A table of the package, the sheet whose rows it gives, and the columns it fills."""

    name: str
    sheet: SheetLayout
    fields: tuple[Field, ...]

    @property
    def about_persons(self) -> bool:
        return self.name != "B01"


def _given(sheet: SheetLayout) -> tuple[Field, ...]:
    about_person = ("person_name", "person_id_number")
    return tuple(each for each in sheet.fields if each.name not in about_person)


def _persons_fields() -> tuple[Field, ...]:
    return tuple(
        Field(column)
        for column in PERSONS
        if column.national and not column.national.startswith(_NOT_OF_A01)
    )


PACKAGE_TABLES: tuple[PackageTable, ...] = (
    PackageTable("B01", layout.B01, layout.B01.fields),
    PackageTable("A01", layout.A01, _persons_fields()),
    PackageTable("A02", layout.A02, _given(layout.A02)),
    PackageTable("A05", layout.A05, _given(layout.A05)),
    PackageTable("A06", layout.A06, _given(layout.A06)),
    PackageTable("A08", layout.A08, _given(layout.A08)),
    PackageTable("A14", layout.A14, _given(layout.A14)),
    PackageTable("A15", layout.A15, _given(layout.A15)),
    PackageTable("A36", layout.A36, _given(layout.A36)),
    PackageTable("A99Z1", layout.A99, _given(layout.A99)),
)

_CODED_TEXTS: Mapping[str, str] = {
    "A0128": "health_form",
    "A3604A": "family_relation_form",
    "A3627": "political_gbt4762",
}
"""Text columns that packages may fill with codes of these tables."""

_STATED = {("A0163", "1"): "现职人员"}
"""The one meaning of a code without a table that is known (formats.md section 7)."""

_UNLISTED = frozenset({"A0160", "A0163", "A0165", "A0121", "A0122", "A0247", "A0272", "A0607"})
"""Text columns with dictionaries that nobody outside the system has: bare codes say nothing."""

_BARE_CODE = re.compile(r"[0-9A-Z]{1,5}")

_INSTEAD: Mapping[str, tuple[str, str]] = {
    "A0111A": ("A0111", "admin_divisions"),
    "A0114A": ("A0114", "admin_divisions"),
    "A0801A": ("A0801B", "education_zb64"),
    "A0901A": ("A0901B", "degree_gbt6864"),
    "A0602": ("A0601", "tech_title_gbt8561"),
}
"""Text field → the code, and its table, that says the same when the text is blank."""

_OUR_OWN_CODES = frozenset({"civil_rank_general"})
"""Tables whose codes are ours: a code in a package means something else and is never looked up."""

_CLOCK = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")


def sheet_rows(
    table: PackageTable,
    rows: Iterable[tuple[int, Attributes]],
    at: Location,
    problems: ProblemLog,
    findings: list[Finding],
) -> list[SheetRow]:
    """Rows of one table; what was not read is one finding of the table."""
    known = {each.column.national for each in table.fields} | {OWNER}
    known |= {code for code, _table in _INSTEAD.values()}
    unread: dict[str, None] = {}
    read = []
    for number, attributes in rows:
        place = Location(at.file, at.sheet, number)
        owner = attributes.get(OWNER, "").strip()
        if table.about_persons and not owner:
            problems.add(NO_OWNER(), place)
            continue
        row = SheetRow({}, place, owner=owner if table.about_persons else "")
        for each in table.fields:
            _take(row, each, _text(attributes, each.column.national), problems)
        unread.update(
            (code, None) for code, text in attributes.items() if code not in known and text.strip()
        )
        read.append(row)
    if unread:
        message = FIELDS_UNREAD(table=table.name, count=len(unread), fields=list(unread))
        findings.append(Finding(message, at))
    return read


def _text(attributes: Attributes, code: str) -> str:
    """What a field says, in words where a table has them."""
    text = attributes.get(code, "")
    if not text.strip() and code in _INSTEAD:
        other, codes = _INSTEAD[code]
        given = attributes.get(other, "").strip()
        return (lookup.short_of(codes, given) or given) if given else ""
    if code in _CODED_TEXTS:
        return lookup.short_of(_CODED_TEXTS[code], text.strip()) or text
    return _STATED.get((code, text.strip()), text)


def _take(row: SheetRow, each: Field, text: str, problems: ProblemLog) -> None:
    header = each.shown
    place = Location(row.at.file, row.at.sheet, row.at.row, header)
    reading = _reading(text, each.column, header)
    if reading.problem is not None:
        problems.add(reading.problem, place)
    elif reading.value is not None:
        row.values[each.name] = reading.value
    elif each.must_be_given and reading.doubt is None and each.column.name != "level_kind":
        problems.add(EMPTY_CELL(column=header), place)
    if reading.doubt is not None:
        row.findings.append(
            Finding(
                reading.doubt,
                place,
                column="rank" if each.column is layout.LEVEL_OR_RANK else each.column.name,
                options=reading.options,
                written=reading.written,
            )
        )


def _reading(text: str, column: Column, header: str) -> Reading:
    bare = text.strip()
    if not bare:
        return Reading()
    unknown = Reading(doubt=UNKNOWN_WORDING(column=header, value=bare), written=bare)
    if column.national in _UNLISTED and _BARE_CODE.fullmatch(bare):
        return unknown
    codes = "civil_rank_general" if column is layout.LEVEL_OR_RANK else column.codes
    if codes in _OUR_OWN_CODES and lookup.load(codes).row(bare) is not None:
        return unknown
    if column.kind in (Kind.PARTIAL_DATE, Kind.DATE):
        if clock := _CLOCK.fullmatch(bare):
            text = clock[1]
        if is_impossible_date(text):
            return Reading(problem=IMPOSSIBLE_DATE(column=header, written=bare))
    reading = read_cell(text, column, header)
    if reading.problem is None:
        return reading
    if column.kind in (Kind.BOOLEAN, Kind.CHOICE):
        return unknown
    doubt = UNREADABLE_VALUE(value=bare, reason=reading.problem)
    return Reading(doubt=doubt, written=bare)
