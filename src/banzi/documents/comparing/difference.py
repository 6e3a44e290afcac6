"""What differs between two tellings of the same persons, field by field.

Not here: the workbook a person answers in (`difference_book`), writing answers back (`applying`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from banzi.documents.codecs.form_texts import canonical_member, canonical_text
from banzi.documents.codecs.workbook.clerk_sheet import SHEET_COLUMNS
from banzi.documents.comparing.matching import LeftOver, Pair, match
from banzi.documents.comparing.meaning import DifferenceKind, difference_kind
from banzi.documents.comparing.sides import Side, SideKind, read_side
from banzi.documents.form import FamilyMember
from banzi.documents.form_checks.places import place_text
from banzi.documents.merging.stable_ids import base32_of
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.kernel.progress import Progress

MEMBER_CELLS = tuple(each.name for each in fields(FamilyMember))
_ID_LENGTH = 10
_FAMILY_LINE = _("家庭成员“{who}”")
_FAMILY_CELL = _("家庭成员“{who}”·{cell}")
_LINES = _("共有{count}行不同")
_PRECISION = _("只有一方写到日或月")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to answer, as the difference workbook shows it.

    Attributes
    ----------
    item_id
        Stays the same as long as it is about the same field of the same person.
    person, birth
        Who; `birth` as text, to tell namesakes apart.
    field
        What it is about, in the words of the form.
    first, second
        Both texts in full; "" for a blank.
    note
        What to look at, "" for nothing.
    free
        Whether a value of one's own may be filled in in place of either.
    mark
        Stands for what the texts sum up only in part; "" where they are all there is.
    """

    item_id: str
    person: str
    birth: str
    field: str
    first: str
    second: str
    kind: DifferenceKind
    note: str = ""
    places: tuple[str, str] = ("", "")
    free: bool = True
    mark: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes when either value does: an answer given to other values is no answer."""
        return base32_of(f"{self.first}\0{self.second}\0{self.mark}", _ID_LENGTH)


@dataclass(frozen=True, slots=True)
class FormDifference:
    """A difference with the two cards it is between.

    `column` is a field of the form, `family` for a whole line, `family.<cell>` for a cell of one;
    `member` then tells which line: relation and name, and which of several alike.
    """

    shown: Difference
    pair: Pair
    column: str
    member: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides compared."""

    first: Side
    second: Side
    pairs: tuple[Pair, ...]
    differences: tuple[FormDifference, ...]
    left_over: tuple[LeftOver, ...]
    columns: tuple[str, ...]
    blank: tuple[tuple[str, ...], tuple[str, ...]]
    """For each side the columns it has and fills for nobody: not compared."""

    @property
    def files(self) -> dict[Path, str]:
        return {**self.first.files, **self.second.files}


def compare(first: Path, second: Path, progress: Progress) -> Comparison:
    """Compare two sides; raises BadInput as `read_side`."""
    one, other = read_side(first, progress), read_side(second, progress)
    return compare_sides(one, other)


def compare_sides(first: Side, second: Side) -> Comparison:
    """Compare two sides that were read."""
    pairs, left_over = match(first.cards, second.cards)
    blank = _blank_columns(first), _blank_columns(second)
    # A column nobody filled is a column of a blank form, not a thing missing for everyone.
    left_out = {*blank[0], *blank[1]}
    found = [each for pair in pairs for each in _of_pair(pair, left_out)]
    told = {column for pair in pairs for column in _shared(pair, left_out)}
    columns = tuple(column for column in SHEET_COLUMNS if column in told)
    return Comparison(first, second, tuple(pairs), tuple(found), tuple(left_over), columns, blank)


def _blank_columns(side: Side) -> tuple[str, ...]:
    if side.kind is not SideKind.WORKBOOK or side.sheet is None:
        return ()
    return tuple(
        column
        for column in side.sheet.columns
        if not any(card.fields[column].strip() for card in side.cards)
    )


def _shared(pair: Pair, left_out: set[str]) -> list[str]:
    both = (pair.first.fields.keys() & pair.second.fields.keys()) - left_out
    return [column for column in SHEET_COLUMNS if column in both]


def _of_pair(pair: Pair, left_out: set[str]) -> Iterator[FormDifference]:
    for column in _shared(pair, left_out):
        first, second = pair.first.fields[column], pair.second.fields[column]
        if kind := difference_kind(column, first, second):
            yield _item(pair, column, place_text(column), (first, second), kind)
    if pair.first.family is not None and pair.second.family is not None:
        yield from _of_families(pair, pair.first.family, pair.second.family)


def member_keys(family: Sequence[FamilyMember]) -> dict[tuple[str, str, int], FamilyMember]:
    """(relation, name, which of those alike) → line, in the order of the form."""
    keyed: dict[tuple[str, str, int], FamilyMember] = {}
    for member in family:
        plain = canonical_member(member)
        number = 0
        while (plain.relation, plain.name, number) in keyed:
            number += 1
        keyed[plain.relation, plain.name, number] = member
    return keyed


def member_text(member: FamilyMember | None) -> str:
    """A line of the family as one text; "" for none."""
    if member is None:
        return ""
    return "，".join(
        filter(None, (getattr(canonical_member(member), each) for each in MEMBER_CELLS))
    )


def _of_families(
    pair: Pair, first: tuple[FamilyMember, ...], second: tuple[FamilyMember, ...]
) -> Iterator[FormDifference]:
    ones, others = member_keys(first), member_keys(second)
    for key in dict.fromkeys((*ones, *others)):
        who = " ".join(part for part in key[:2] if part) or "—"
        one, other = ones.get(key), others.get(key)
        if one is None or other is None:
            kind = DifferenceKind.MISSING_FIRST if one is None else DifferenceKind.MISSING_SECOND
            texts = member_text(one), member_text(other)
            label = render(_FAMILY_LINE, {"who": who})
            yield _item(pair, "family", label, texts, kind, key, free=False)
            continue
        for cell in MEMBER_CELLS:
            texts = getattr(one, cell), getattr(other, cell)
            if found := difference_kind(_AS_FIELD.get(cell, cell), *texts):
                shown = {"who": who, "cell": _cell_name(cell)}
                label = render(_FAMILY_CELL, shown)
                yield _item(pair, f"family.{cell}", label, texts, found, key)


_AS_FIELD = {"unit_and_post": "current_posts_text"}
"""Cells of a family line compared like a field of the form."""


def _cell_name(cell: str) -> str:
    return place_text(f"family.1.{cell}").partition("“")[2].rstrip("”")


def _item(
    pair: Pair,
    column: str,
    label: str,
    texts: tuple[str, str],
    kind: DifferenceKind,
    member: tuple[str, str, int] | None = None,
    *,
    free: bool = True,
) -> FormDifference:
    one, other = pair.first, pair.second
    name = one.name or other.name
    birth = one.birth_month or other.birth_month
    who = one.id_number or other.id_number or f"{name} {birth}"
    key = "\0".join((who, column, *map(str, member or ())))
    shown = Difference(
        item_id="D" + base32_of(key, _ID_LENGTH),
        person=name,
        birth="" if birth is None else f"{birth // 100}.{birth % 100:02d}",
        field=label,
        first=_trimmed(column, texts[0]),
        second=_trimmed(column, texts[1]),
        kind=kind,
        note=_note(column, *texts, kind),
        places=(_place(pair, 0), _place(pair, 1)),
        free=free,
    )
    return FormDifference(shown, pair, column, member)


def _trimmed(column: str, text: str) -> str:
    return canonical_text("resume_text", text) if column == "resume_text" else text.strip()


def _place(pair: Pair, side: int) -> str:
    at = (pair.first, pair.second)[side].at
    if at.sheet:
        return f"{at.sheet}:{at.row}"
    return at.column or Path(at.file).name


def _note(column: str, first: str, second: str, kind: DifferenceKind) -> str:
    one, other = canonical_text(column, first), canonical_text(column, second)
    if column == "resume_text" and one and other:
        return render(_LINES, {"count": len(differing_lines(one, other)[0])})
    if kind is DifferenceKind.WORDING and one.isdigit() and other.isdigit():
        return _PRECISION if len(one) != len(other) else ""
    return ""


def differing_lines(first: str, second: str) -> tuple[list[str], list[str]]:
    """The lines of each text that the other does not have."""
    ones, others = first.splitlines(), second.splitlines()
    known, told = set(ones), set(others)
    return [each for each in ones if each not in told], [
        each for each in others if each not in known
    ]
