"""The two things compared: a folder of forms, a workbook, or a roster, each as cards of persons.

A card holds texts as their source writes them. What a source cannot speak about (a workbook has
no family members, `.lrm` no ID number) is left out of the comparison, never read as blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from banzi.codes import id_numbers
from banzi.codes.texts import clean_name
from banzi.documents.codecs.extract import LIMITS
from banzi.documents.codecs.form_texts import canonical_text, date_of
from banzi.documents.codecs.lrm import form_of_record
from banzi.documents.codecs.lrmx import TOO_LARGE, UNREADABLE, WrittenForm, read_written
from banzi.documents.codecs.workbook.clerk_sheet import (
    SHEET_COLUMNS,
    ClerkSheet,
    cell_as_text,
    read_clerk_sheet,
)
from banzi.documents.form import FamilyMember
from banzi.documents.forms import form_of
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.files import sha256_of
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, tracked
from banzi.roster import load_roster
from banzi.roster.roster import MANIFEST

READING = MessageKind("compare/reading", _("读取"))
NOT_FOUND = MessageKind("compare/not-found", _("文件或文件夹不存在；请检查路径"))
NOT_A_SIDE = MessageKind(
    "compare/not-a-side",
    _("不能比对这种文件；请给出任免审批表（.lrmx、.lrm）或其文件夹、工作簿（.xlsx）或花名册文件夹"),
)
NO_FORMS = MessageKind("compare/no-forms", _("文件夹中没有任免审批表（.lrmx、.lrm），也不是花名册"))
NO_NAME = MessageKind("compare/no-name", _("姓名未填，无法比对；请补填姓名"))

FORM_ENDINGS = (".lrmx", ".lrm")


class SideKind(StrEnum):
    FORMS = "forms"
    WORKBOOK = "workbook"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Card:
    """One person as one side tells it.

    Attributes
    ----------
    fields
        Column of `persons` → text as written, for every column the side can speak about; "" blank.
    family
        Lines of family members; None where the side has none to tell.
    at
        File, and sheet and row for a workbook.
    disputed
        Columns the file gives twice with different texts: shown, never written.
    """

    fields: Mapping[str, str]
    family: tuple[FamilyMember, ...] | None
    at: Location
    disputed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return clean_name(self.fields.get("name", ""))

    @property
    def id_number(self) -> str:
        """The number made plain, or "" where it is blank, lost or no number."""
        number = id_numbers.normalise(self.fields.get("id_number", ""))
        return number if len(number) == 18 and number[:17].isdigit() else ""

    @property
    def birth_month(self) -> int | None:
        day = date_of(canonical_text("birth", self.fields.get("birth", "")))
        return int(day) // 100 if day is not None and day.month else None


@dataclass(slots=True)
class Side:
    """One of the two things compared.

    `files` maps every file read to its SHA-256, to notice later changes; `unread` are cells that
    hold something which cannot be told for certain; `unknown` headers no field is declared for.
    """

    path: Path
    kind: SideKind
    cards: list[Card] = field(default_factory=list)
    files: dict[Path, str] = field(default_factory=dict)
    unread: list[Problem] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    sheet: ClerkSheet | None = None


def read_side(path: Path, progress: Progress) -> Side:
    """Read a folder of forms, one form, a workbook or a roster.

    Raises
    ------
    BadInput
        With every file that cannot be read, by file and row.
    """
    if not path.exists():
        raise BadInput([Problem(NOT_FOUND(), Location(str(path)))])
    if (path / MANIFEST).is_file():
        return _roster_side(path, progress)
    if path.is_dir():
        files = form_files(path)
        if not files:
            raise BadInput([Problem(NO_FORMS(), Location(str(path)))])
        return _forms_side(path, files, progress)
    match path.suffix.lower():
        case ".lrmx" | ".lrm":
            return _forms_side(path, [path], progress)
        case ".xlsx" | ".xls" | ".xlsm" | ".et":
            return _workbook_side(path)
    raise BadInput([Problem(NOT_A_SIDE(), Location(str(path)))])


def form_files(folder: Path) -> list[Path]:
    """Forms below a folder in a steady order; lock files and hidden ones left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in FORM_ENDINGS
        and path.is_file()
        and not path.name.startswith(("~$", "."))
    )


def _forms_side(path: Path, files: Sequence[Path], progress: Progress) -> Side:
    side = Side(path, SideKind.FORMS)
    problems = ProblemLog()
    for file in tracked(files, progress, READING(), len(files)):
        try:
            side.cards.append(form_card(file))
            side.files[file] = sha256_of(file)
        except BadInput as bad:
            problems.extend(bad.problems)
        except OSError:
            problems.add(UNREADABLE(), Location(str(file)))
    problems.stop_if_any()
    return side


def form_card(file: Path) -> Card:
    """The card of one form; BadInput when it cannot be read or names nobody."""
    written = read_form_file(file)
    at = Location(str(file))
    spoken = SHEET_COLUMNS
    if file.suffix.lower() == ".lrm":
        spoken = tuple(column for column in SHEET_COLUMNS if column not in _NOT_IN_LRM)
    fields = {column: written.fields.get(column, "") for column in spoken}
    card = Card(fields, written.family, at, written.disputed)
    if not card.name:
        raise BadInput([Problem(NO_NAME(), at)])
    return card


_NOT_IN_LRM = ("id_number", "retirement_month_stated", "retirement_limit_text")


def read_form_file(file: Path) -> WrittenForm:
    """A `.lrmx` or `.lrm` with its texts as written; BadInput or OSError when it cannot be."""
    size, limit = file.stat().st_size, LIMITS["lrmx_bytes"]
    if size > limit:
        raise BadInput([Problem(TOO_LARGE(size=size, limit=limit), Location(str(file)))])
    data = file.read_bytes()
    if file.suffix.lower() == ".lrm":
        form = form_of_record(data, str(file))
        return WrittenForm(form, form.fields, form.family, ())
    return read_written(data, str(file))


def _workbook_side(path: Path) -> Side:
    sheet = read_clerk_sheet(path)
    side = Side(path, SideKind.WORKBOOK, unknown=sheet.unknown, sheet=sheet)
    side.files[path] = sha256_of(path)
    for row in sheet.rows:
        fields: dict[str, str] = {}
        for column in sheet.columns:
            text, unread = cell_as_text(row.raw.get(column), column)
            fields[column] = text
            if unread is not None:
                side.unread.append(Problem(unread, sheet.at(row, column)))
        side.cards.append(Card(fields, None, sheet.at(row)))
    return side


def _roster_side(path: Path, progress: Progress) -> Side:
    roster = load_roster(path)
    manifest = path / MANIFEST
    side = Side(path, SideKind.ROSTER, files={manifest: sha256_of(manifest)})
    persons = roster["persons"].sort("person_id").select("person_id").to_series().to_list()
    for person in tracked(persons, progress, READING(), len(persons)):
        form = form_of(roster, person)
        fields = {column: form[column] for column in SHEET_COLUMNS}
        side.cards.append(Card(fields, form.family, Location(str(path), row=None, column=person)))
    return side
