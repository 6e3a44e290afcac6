"""A package of the national system into an extract (formats.md section 8).

`Table/A01.xml` and its like, joined by A0000; photos by the file that A57 names, else by a file
named like the person's A0000 or ID number; `gwyinfo.xml` only to see whether everything it promises has come.

Not here: tables without a place in the roster (A30, A33, A65: named in a finding), and writing
packages: what the national system accepts cannot be tried out, so nothing is promised.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from banzi.documents.codecs.extract import LIMITS, Extract, Finding, PersonExtract
from banzi.documents.codecs.form_values import photo_doubt
from banzi.documents.codecs.package.opening import Package, open_package
from banzi.documents.codecs.package.rowset import rows_of
from banzi.documents.codecs.package.values import OWNER, PACKAGE_TABLES, sheet_rows
from banzi.documents.codecs.pictures import is_picture
from banzi.documents.codecs.untrusted_xml import decoded
from banzi.documents.codecs.workbook.national_rows import take_sheets
from banzi.documents.codecs.workbook.sheets import SheetRow
from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.kernel.messages import FindingKind, FindingMessage
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

FORMAT = "national-package"

TABLE_ABSENT = FindingKind(
    "package/table-absent",
    _("没有数据表{table}，该项情况按不掌握处理"),
    title=_("缺少数据表"),
)
TABLES_UNREAD = FindingKind(
    "package/tables-unread", _("未读取的数据表：{tables}"), title=_("有未读取的数据表")
)
COUNT_DIFFERS = FindingKind(
    "package/count-differs",
    _("数据包说明有{stated}人，人员表中有{found}人；请核对导出是否完整"),
    title=_("数据包人数不一致"),
)
BAD_PHOTO = FindingKind(
    "package/bad-photo",
    _("照片“{photo}”无法识别或过大，未读取；请另附照片"),
    title=_("数据包中的照片无法识别"),
)
PHOTO_MISSING = FindingKind(
    "package/photo-missing",
    _("数据包中没有照片“{photo}”；请核对导出是否完整，或另附照片"),
    title=_("缺少照片"),
)

_INFO = "gwyinfo.xml"
_TABLES = "table/"
_PHOTOS = "photos/"
_PHOTO_TABLE = "A57"
_PHOTO_FILE = "A5714"
_LONGEST_NAME = 100


def read_package(path: Path) -> Extract:
    """One package, zip or unpacked folder, as records; see `problems` and `findings`.

    Rows of a table are numbered from 1 in its file. Never raises for what the package holds.
    """
    extract = Extract(path.name, FORMAT, "", 0)
    try:
        with open_package(path) as package:
            extract.sha256, extract.size = package.sha256, package.size
            _read(package, extract)
    except BadInput as error:
        extract.problems.extend(error.problems)
    return extract


def _read(package: Package, extract: Extract) -> None:
    problems = ProblemLog()
    sheets: dict[str, list[SheetRow]] = {}
    for table in PACKAGE_TABLES:
        at = Location(package.name, table.name)
        text = _table_text(package, table.name, problems)
        if text is None:
            extract.findings.append(Finding(TABLE_ABSENT(table=table.name), at))
            continue
        rows = rows_of(text, at, problems)
        sheets[table.sheet.name] = sheet_rows(table, rows, at, problems, extract.findings)
    if PACKAGE_TABLES[1].sheet.name in sheets:
        _name_organs(sheets)
        persons = take_sheets(extract, sheets, problems)
        _take_photos(package, persons, problems)
        _compare_with_info(package, extract, problems)
    _note_unread(package, extract)
    extract.problems.extend(problems)


def _table_text(package: Package, table: str, problems: ProblemLog) -> str | None:
    """The text of a table; None when absent; no rows, with a problem, when undecodable."""
    data = package.read(f"{_TABLES}{table.lower()}.xml")
    if data is None:
        return None
    try:
        return decoded(data, package.name)[0]
    except BadInput as error:
        for problem in error.problems:
            at = Location(package.name, table, problem.at.row)
            problems.add(problem.message, at)
        return "<xml/>"


def _name_organs(sheets: dict[str, list[SheetRow]]) -> None:
    """Write 统计关系所在单位 by name where the package gives the organ's code."""
    organs = {
        row.get("organ_id"): row.get("organ_name")
        for row in sheets.get(PACKAGE_TABLES[0].sheet.name, ())
    }
    for row in sheets[PACKAGE_TABLES[1].sheet.name]:
        if name := organs.get(row.get("reporting_organ")):
            row.values["reporting_organ"] = name


def _take_photos(package: Package, persons: dict[str, PersonExtract], problems: ProblemLog) -> None:
    named: dict[str, str] = {}
    at = Location(package.name, _PHOTO_TABLE)
    text = _table_text(package, _PHOTO_TABLE, problems)
    for _number, attributes in rows_of(text, at, problems) if text is not None else ():
        file = attributes.get(_PHOTO_FILE, "").strip()
        if 0 < len(file) <= _LONGEST_NAME:  # the field may hold the picture itself
            named[attributes.get(OWNER, "").strip()] = file.replace("\\", "/").rpartition("/")[2]
    photos = {name.rpartition("/")[2]: name for name in package.names if name.startswith(_PHOTOS)}
    by_stem = {name.rpartition(".")[0]: part for name, part in photos.items()}
    for owner, person in persons.items():
        file = named.get(owner, "")
        part = photos.get(file.lower()) or by_stem.get(owner.lower())
        if part is None and (number := person.row.get("id_number")):
            part = by_stem.get(number.lower())
        if part is None:
            if file:
                _doubt_photo(person, PHOTO_MISSING(photo=file), package, _PHOTO_TABLE)
            continue
        data = package.read(part, LIMITS["photo_bytes"])
        if data is not None and is_picture(data):
            person.photo = data
            person.row["photo_sha256"] = hashlib.sha256(data).hexdigest()
            if doubt := photo_doubt(data):
                _doubt_photo(person, doubt, package, part)
            continue
        _doubt_photo(person, BAD_PHOTO(photo=part), package, part)


def _doubt_photo(
    person: PersonExtract, message: FindingMessage, package: Package, part: str
) -> None:
    at = Location(package.name, part, column=PERSONS["photo_sha256"].zh)
    person.findings.append(Finding(message, at, "persons", "photo_sha256"))


def _compare_with_info(package: Package, extract: Extract, problems: ProblemLog) -> None:
    data = package.read(_INFO)
    if data is None:
        return
    at = Location(package.name, _INFO)
    try:
        text = decoded(data, package.name)[0]
    except BadInput as error:
        problems.extend(error.problems)
        return
    for _number, node in rows_of(text, at, problems, element="node"):
        stated = node.get("value", "").strip()
        if node.get("name") != "psncount" or not stated.isdecimal():
            continue
        if int(stated[:12]) != len(extract.persons):
            message = COUNT_DIFFERS(stated=stated, found=len(extract.persons))
            extract.findings.append(Finding(message, at))


def _note_unread(package: Package, extract: Extract) -> None:
    read = {f"{_TABLES}{table.name.lower()}.xml" for table in PACKAGE_TABLES}
    read.add(f"{_TABLES}{_PHOTO_TABLE.lower()}.xml")
    unread = [
        name.removeprefix(_TABLES).removesuffix(".xml").upper()
        for name in package.names
        if name.startswith(_TABLES) and name not in read
    ]
    if unread:
        at = Location(package.name)
        extract.findings.append(Finding(TABLES_UNREAD(tables=unread), at))
