"""Answers of a difference workbook written back: into the forms, and into a copy of the workbook.

The sides are compared anew and must be exactly what they were; then every answer becomes an edit
of one field, checked like anything typed, and all edits are made at once or not at all. A roster
is never written here: it is made from its sources by importing them.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from banzi.codes import id_numbers, lookup
from banzi.documents.codecs.form_editing import edit_form
from banzi.documents.codecs.form_texts import DATE_COLUMNS, canonical_text, date_of
from banzi.documents.codecs.workbook.cell_editing import edit_cells
from banzi.documents.comparing.difference import (
    Comparison,
    FormDifference,
    member_keys,
)
from banzi.documents.comparing.difference_book import (
    NOT_FREE,
    UNKNOWN_ITEM,
    Answer,
    Answered,
    Sources,
)
from banzi.documents.comparing.sides import Card, Side, SideKind
from banzi.documents.form import FamilyMember
from banzi.kernel.columns import Kind
from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

CHANGED_SINCE = MessageKind(
    "compare/changed-since",
    _("比对之后此文件有改动，未写回任何内容；请重新比对（已填的处理会保留）"),
)
GONE = MessageKind("compare/gone", _("比对之后此文件不见了，未写回任何内容；请重新比对"))
NEW_FILE = MessageKind("compare/new-file", _("比对之后多出此文件，未写回任何内容；请重新比对"))
NO_ROSTER_WRITING = MessageKind(
    "compare/no-roster-writing",
    _("花名册不在这里改写；请改正来源文件后重新导入，或把此项改为“不改”"),
)
NO_LRM_WRITING = MessageKind(
    "compare/no-lrm-writing", _("旧版审批表（.lrm）只读取、不改写；请在填表软件中另存为.lrmx")
)
BAD_VALUE = MessageKind("compare/bad-value", _("“{column}”不能填“{value}”；{advice}"))
NAME_BLANK = MessageKind("compare/name-blank", _("姓名不能改为空"))
DISPUTED = MessageKind(
    "compare/disputed", _("原文件中“{column}”出现不止一次且内容不同，无法改写；请在填表软件中更正")
)

_DATE_ADVICE = _("应为6位或8位数字，如197503")
_SEX_ADVICE = _("应为男或女")
_NATION_ADVICE = _("应为民族全称，如汉族")
_DOTTED = re.compile(r"\d{4}[.．]\d{1,2}")


@dataclass(slots=True)
class FormEdit:
    """What changes in one form: column → text, and the new family where it changes."""

    fields: dict[str, str] = field(default_factory=dict)
    family: tuple[FamilyMember, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that will be written: where, whose, what field, from and to."""

    file: Path
    place: str
    person: str
    field: str
    old: str
    new: str


@dataclass(slots=True)
class Edits:
    """All that will be written, by file, and the same for people to read."""

    forms: dict[Path, FormEdit] = field(default_factory=dict)
    cells: dict[Path, dict[tuple[int, int], str]] = field(default_factory=dict)
    sheets: dict[Path, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    answers: Counter[Answer] = field(default_factory=Counter)


def refuse_stale(sources: Sources, comparison: Comparison) -> None:
    """Raise with every file that is not what it was when the list was made."""
    problems = ProblemLog()
    now = {str(path.resolve()): digest for path, digest in comparison.files.items()}
    for name, digest in sources.files.items():
        if name not in now:
            problems.add(GONE(), Location(name))
        elif now[name] != digest:
            problems.add(CHANGED_SINCE(), Location(name))
    for name in now.keys() - sources.files.keys():
        problems.add(NEW_FILE(), Location(name))
    problems.stop_if_any()


def plan_edits(
    comparison: Comparison, answers: Sequence[Answered], sides: tuple[bool, bool] = (True, True)
) -> Edits:
    """The edits that the answers ask for.

    Parameters
    ----------
    sides
        Whether the first and the second side are written; an edit of the other is left out.

    Raises
    ------
    BadInput
        Every answer that is about nothing, a value that cannot be, or a place that is not written.
    """
    items = {each.shown.item_id: each for each in comparison.differences}
    both = (comparison.first, comparison.second)
    problems = ProblemLog()
    edits = Edits()
    for given in answers:
        item = items.get(given.item_id)
        if item is None or item.shown.fingerprint != given.fingerprint:
            problems.add(UNKNOWN_ITEM(), given.at)
            continue
        if given.answer is Answer.OTHER and not item.shown.free:
            problems.add(NOT_FREE(), given.at)
            continue
        edits.answers[given.answer] += 1
        if given.answer is Answer.LEAVE:
            continue
        for number, side in enumerate(both):
            keeps = given.answer is (Answer.FIRST, Answer.SECOND)[number]
            if sides[number] and not keeps:
                _plan(edits, item, given, number, side, problems)
    problems.stop_if_any()
    return edits


def _plan(
    edits: Edits,
    item: FormDifference,
    given: Answered,
    number: int,
    side: Side,
    problems: ProblemLog,
) -> None:
    card = (item.pair.first, item.pair.second)[number]
    source = (item.pair.first, item.pair.second)[1 - number]
    if side.kind is SideKind.ROSTER:
        problems.add(NO_ROSTER_WRITING(), given.at)
        return
    if side.kind is SideKind.FORMS and Path(card.at.file).suffix.lower() == ".lrm":
        problems.add(NO_LRM_WRITING(), Location(card.at.file))
        return
    if item.member is not None:
        _plan_family(edits, item, given, card, source, problems)
        return
    old = card.fields[item.column]
    new = given.value if given.answer is Answer.OTHER else source.fields[item.column]
    new = canonical_text(item.column, new)
    if given.answer is Answer.OTHER and (advice := wrong_value(item.column, new)):
        message = BAD_VALUE(column=item.shown.field, value=given.value, advice=advice)
        problems.add(message, given.at)
        return
    if item.column == "name" and not new:
        problems.add(NAME_BLANK(), given.at)
        return
    if new == canonical_text(item.column, old):
        return
    if item.column in card.disputed:
        problems.add(DISPUTED(column=item.shown.field), Location(card.at.file))
        return
    path = Path(card.at.file)
    if side.kind is SideKind.FORMS:
        edits.forms.setdefault(path, FormEdit()).fields[item.column] = new
    else:
        assert side.sheet is not None and card.at.row is not None  # noqa: S101, PT018  (a workbook)
        new = in_style(item.column, new, [each.fields[item.column] for each in side.cards], old)
        place = (card.at.row, side.sheet.columns[item.column].position)
        edits.cells.setdefault(path, {})[place] = new
        edits.sheets[path] = side.sheet.name
    shown = item.shown
    edits.changes.append(Change(path, shown.places[number], card.name, shown.field, old, new))


def wrong_value(column: str, text: str) -> str | object:
    """Why a text cannot stand in a field, "" when it can: dates, sex, nation and ID number."""
    if not text:
        return ""
    if (column in DATE_COLUMNS or column == "birth") and date_of(text) is None:
        return _DATE_ADVICE
    if column == "sex" and text not in ("男", "女"):
        return _SEX_ADVICE
    if column == "ethnicity" and lookup.find("ethnic_gbt3304", text) is None:
        return _NATION_ADVICE
    return id_numbers.problem_with(text) or "" if column == "id_number" else ""


def in_style(column: str, text: str, others: Sequence[str], old: str = "") -> str:
    """A date in the way the sheet writes dates: `1975.03` where it does, else digits."""
    day = date_of(text)
    if day is None or (PERSONS[column].kind is not Kind.PARTIAL_DATE and column != "party_text"):
        return text
    samples = [old] if old.strip() else [each for each in others if each.strip()]
    dotted = sum(bool(_DOTTED.match(each.strip())) for each in samples)
    return day.dotted() if dotted * 2 > len(samples) else day.digits()


def _plan_family(
    edits: Edits,
    item: FormDifference,
    given: Answered,
    card: Card,
    source: Card,
    problems: ProblemLog,
) -> None:
    assert item.member is not None  # noqa: S101  (the caller looked)
    path = Path(card.at.file)
    edit = edits.forms.setdefault(path, FormEdit())
    now = card.family if edit.family is None else edit.family
    lines = member_keys(now or ())
    theirs = member_keys(source.family or ()).get(item.member)
    _whole, _dot, cell = item.column.partition(".")
    if cell:
        new = given.value if given.answer is Answer.OTHER else getattr(theirs, cell)
        if cell == "birth" and given.answer is Answer.OTHER and date_of(new) is None:
            message = BAD_VALUE(column=item.shown.field, value=new, advice=_DATE_ADVICE)
            problems.add(message, given.at)
            return
        old = getattr(lines[item.member], cell)
        lines[item.member] = replace(lines[item.member], **{cell: new})
    else:
        old, new = item.shown.first, item.shown.second
        if card is item.pair.second:
            old, new = new, old
        if theirs is None:
            lines.pop(item.member)
        else:
            lines = _inserted(lines, item.member, theirs, source)
    edit.family = tuple(lines.values())
    number = int(card is item.pair.second)
    place = item.shown.places[number]
    edits.changes.append(Change(path, place, card.name, item.shown.field, old, new))


_Key = tuple[str, str, int]


def _inserted(
    lines: dict[_Key, FamilyMember], key: _Key, member: FamilyMember, source: Card
) -> dict[_Key, FamilyMember]:
    """The lines with one more, after the line that stands before it on the other form."""
    before: _Key | None = None
    for each in member_keys(source.family or ()):
        if each == key:
            break
        before = each if each in lines else before
    entries = list(lines.items())
    at = 0 if before is None else [known for known, _line in entries].index(before) + 1
    return dict([*entries[:at], (key, member), *entries[at:]])


def new_contents(edits: Edits, copies: Mapping[Path, Path]) -> dict[Path, bytes]:
    """File to write → its new content; a workbook is written under its name in `copies`.

    Raises
    ------
    BadInput
        Every form or cell that cannot be changed.
    """
    contents: dict[Path, bytes] = {}
    problems = ProblemLog()
    for path, edit in edits.forms.items():
        try:
            contents[path] = edit_form(path.read_bytes(), str(path), edit.fields, edit.family)
        except BadInput as bad:
            problems.extend(bad.problems)
    for path, cells in edits.cells.items():
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "copy.xlsx"
            try:
                edit_cells(path, made, edits.sheets[path], cells)
                contents[copies[path]] = made.read_bytes()
            except BadInput as bad:
                problems.extend(bad.problems)
    problems.stop_if_any()
    return contents


def files_of(comparison: Comparison) -> dict[str, str]:
    """Full path → SHA-256 of everything read, for the list to remember."""
    return {str(path.resolve()): digest for path, digest in comparison.files.items()}
