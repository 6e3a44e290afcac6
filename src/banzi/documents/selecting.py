"""Whom a list means: names, identifiers or ID numbers, typed or from a text file or workbook.

A list is read to its end and every line that does not name exactly one person of the roster is
reported with its place and with what would tell. People of one name are never chosen between: the
line must say more (birth month, ID number or person id).

Not here: order of names (`codes.strokes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from banzi.codes.texts import clean_name
from banzi.documents.codecs.workbook.cells import plain_text
from banzi.documents.codecs.workbook.opening import open_book
from banzi.kernel.dates import PartialDate, parse_partial_date
from banzi.kernel.decoding import decode
from banzi.kernel.errors import BanziError, Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster

NO_SUCH = MessageKind(
    "selection/no-such-person",
    _("花名册中没有“{typed}”；请核对，或改用身份证号、人员标识，未导入的先导入{similar}"),
)
SIMILAR = MessageKind("selection/similar", _("；相近的有：{names}"))
SEVERAL = MessageKind(
    "selection/several-persons",
    _(
        "花名册中有{count}人叫“{typed}”：{choices}；"
        "请在姓名后注明出生年月（如“{example}”），或改用人员标识、身份证号"
    ),
)
TWICE = MessageKind("selection/listed-twice", _("“{typed}”与{first}是同一人；请删去其中一处"))
NAME_DIFFERS = MessageKind(
    "selection/name-differs", _("“{typed}”与标识或身份证号所指的“{name}”不符；请核对")
)
OTHER_NUMBER = MessageKind(
    "selection/other-id-number",
    _("花名册中“{name}”的身份证号不是“{number}”；请核对姓名和身份证号"),
)
EMPTY = MessageKind("selection/empty", _("名单中没有人员；请每行写一人，或在工作簿中设“姓名”列"))
NO_FILE = MessageKind("selection/no-file", _("名单文件不存在；请检查路径和文件名"))
UNREADABLE = MessageKind("selection/unreadable", _("无法读取名单：{detail}；请检查路径和权限"))

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et")
_SEPARATORS = re.compile("[、，,；;\t|]+")
_NUMBERED = re.compile(r"\d{1,4}[、.．)）](?=\s*\D)")
_WITH_MORE = re.compile(r"(?P<name>.*?)[\s（(]*(?P<more>\d[\dXx.．年月-]*)[\s)）]*")
_ID_NUMBER = re.compile(r"\d{17}[\dX]|\d{15}")
_HEADERS = {
    "姓名": "name",
    "人员标识": "person_id",
    "身份证号": "id_number",
    "身份证号码": "id_number",
    "公民身份号码": "id_number",
    "出生年月": "birth",
}
_HEADER_ROWS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list; "" for what it does not say."""

    typed: str
    at: Location
    name: str = ""
    key: str = ""
    birth: str = ""


class PersonIndex:
    """The persons of a roster by id, ID number and name."""

    def __init__(self, roster: Roster) -> None:
        frame = roster["persons"].select(
            "person_id", "name", "id_number", "birth", "current_posts_text"
        )
        self._rows = {row[0]: row for row in frame.iter_rows()}
        self._by_number: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        for person, name, number, _birth, _posts in self._rows.values():
            self._by_name.setdefault(clean_name(name), []).append(person)
            if number:
                self._by_number.setdefault(number, []).append(person)

    def matching(self, entry: Entry) -> list[str]:
        """Ids of everybody the entry may mean, in the order of the roster."""
        if entry.key in self._rows:
            return [entry.key]
        found = self._by_name.get(clean_name(entry.name), [])
        if entry.key:
            alone = found if len(found) == 1 and not self._rows[found[0]][2] else []
            # Where the roster knows no number, the one given cannot contradict it.
            unknown = alone if _ID_NUMBER.fullmatch(entry.key.upper()) else []
            return self._by_number.get(entry.key.upper(), unknown)
        if not entry.birth:
            return found
        return [person for person in found if self._born(person, entry.birth)]

    def name(self, person: str) -> str:
        return str(self._rows[person][1])

    def is_known(self, typed: str) -> bool:
        """Whether the text as a whole is a person's id, ID number or name."""
        return (
            typed in self._rows
            or typed.upper() in self._by_number
            or clean_name(typed) in self._by_name
        )

    def about(self, person: str) -> str:
        """What tells a person from others of the name: `p12（1975.03，云岭市副市长）`."""
        _id, _name, _number, birth, posts = self._rows[person]
        parts = [PartialDate(birth).dotted() if birth else "", posts or ""]
        said = "，".join(part for part in parts if part)
        return f"{person}（{said}）" if said else person

    def example(self, person: str) -> str:
        """The name with its birth month, as a list may write it."""
        birth = self._rows[person][3]
        return f"{self.name(person)} {PartialDate(birth).digits()[:6]}" if birth else person

    def similar(self, typed: str) -> Message | str:
        names = get_close_matches(clean_name(typed), list(self._by_name), n=5, cutoff=0.5)
        return SIMILAR(names=names) if names else ""

    def _born(self, person: str, birth: str) -> bool:
        typed, known = parse_partial_date(birth), self._rows[person][3]
        if typed is None or not known:
            return False
        return PartialDate(known).digits().startswith(typed.digits()[:6])


def read_list(path: Path, index: PersonIndex) -> list[Entry]:
    """The entries of a text file or workbook, in its order.

    Raises
    ------
    BadInput
        `selection/unreadable`, `selection/empty`, what `decode` and `open_book` raise.
    """
    if not path.exists():
        _stop(NO_FILE(), Location(str(path)))
    entries = _of_workbook(path) if path.suffix.lower() in _WORKBOOKS else _of_text(path, index)
    if not entries:
        _stop(EMPTY(), Location(str(path)))
    return entries


def typed_entries(typed: Iterable[str], index: PersonIndex) -> list[Entry]:
    """The entries of texts typed on a command line; one text may hold several names."""
    return [entry for text in typed for entry in _entries(text, Location(), index)]


def entry_of(text: str, at: Location, index: PersonIndex) -> Entry:
    """The entry of a text about one person: a name, id or number, a name with its birth month."""
    piece = text.strip()
    if index.is_known(piece):
        named = index.matching(Entry(piece, at, name=piece))
        return Entry(piece, at, name=piece) if named else Entry(piece, at, key=piece)
    found = _WITH_MORE.fullmatch(piece)
    if found is None:
        return Entry(piece, at, name=piece)
    name, more = found["name"], found["more"]
    if _ID_NUMBER.fullmatch(more.upper()):
        return Entry(piece, at, name, key=more.upper())
    if parse_partial_date(more):
        return Entry(piece, at, name, birth=more)
    return Entry(piece, at, name=piece)


def find_persons(entries: Sequence[Entry], index: PersonIndex) -> tuple[str, ...]:
    """Person ids, one for each entry and in its order.

    Raises
    ------
    BadInput
        Every entry that names nobody, or several, or somebody a second time.
    """
    problems = ProblemLog()
    found: dict[str, Entry] = {}
    for entry in entries:
        person = person_meant(entry, index)
        if isinstance(person, Message):
            problems.add(person, entry.at)
        elif person in found:
            problems.add(TWICE(typed=entry.typed, first=_place(found[person])), entry.at)
        else:
            found[person] = entry
    problems.stop_if_any()
    return tuple(found)


def person_meant(entry: Entry, index: PersonIndex) -> str | Message:
    """The id of the one person an entry means, or why there is none."""
    persons = index.matching(entry)
    if len(persons) != 1:
        return _not_one(entry, persons, index)
    (person,) = persons
    if entry.name and entry.key and clean_name(entry.name) != clean_name(index.name(person)):
        return NAME_DIFFERS(typed=entry.name, name=index.name(person))
    return person


def one_person(typed: str, index: PersonIndex) -> str:
    """The id of the one person whom a text means that holds no list.

    Raises
    ------
    BanziError
        `selection/no-such-person`, `selection/several-persons`, `selection/name-differs` …
    """
    found = person_meant(entry_of(typed, Location(), index), index)
    if isinstance(found, Message):
        raise BanziError(found)
    return found


def _not_one(entry: Entry, persons: Sequence[str], index: PersonIndex) -> Message:
    if not persons and entry.name and entry.key and index.is_known(entry.name):
        return OTHER_NUMBER(name=entry.name, number=entry.key)
    if not persons:
        return NO_SUCH(typed=entry.typed, similar=index.similar(entry.name or entry.typed))
    choices = [index.about(person) for person in persons]
    example = index.example(persons[0])
    return SEVERAL(count=len(persons), typed=entry.typed, choices=choices, example=example)


def _place(entry: Entry) -> str:
    return f"“{entry.typed}”" if entry.at.row is None else f"第{entry.at.row}行“{entry.typed}”"


def _of_text(path: Path, index: PersonIndex) -> list[Entry]:
    try:
        content = path.read_bytes()
    except OSError as error:
        _stop(UNREADABLE(detail=error.strerror or str(error)), Location(str(path)))
    lines = decode(content, str(path)).splitlines()
    return [
        entry
        for number, line in enumerate(lines, start=1)
        for entry in _entries(line, Location(str(path), row=number), index)
    ]


def _entries(line: str, at: Location, index: PersonIndex) -> list[Entry]:
    """The entries of one line: a name alone, with a birth month or number, or several names."""
    text = line.strip()
    if not index.is_known(text):
        text = _NUMBERED.sub("", text, count=1).strip()
    pieces = [text] if index.is_known(text) else _SEPARATORS.split(text)
    entries: list[Entry] = []
    for piece in (each.strip() for each in pieces):
        if not piece:
            continue
        entry = entry_of(piece, at, index)
        if entries and (joined := _with_more(entries[-1], entry)):
            entries[-1] = joined
        else:
            entries.append(entry)
    return entries


def _with_more(before: Entry, entry: Entry) -> Entry | None:
    """The entry before, when this piece only says more of it: `张三，197503`, `张三，身份证号`."""
    if entry.name or not before.name or before.key:
        return None
    if not (entry.birth or _ID_NUMBER.fullmatch(entry.key.upper())):
        return None
    typed = f"{before.typed} {entry.typed}"
    return replace(before, typed=typed, key=entry.key, birth=entry.birth or before.birth)


def _of_workbook(path: Path) -> list[Entry]:
    book = open_book(path)
    sheet = book.sheet_names[0]
    rows = [[plain_text(cell) for cell in row] for row in book.sheet(sheet)]
    header = next((at for at, row in enumerate(rows[:_HEADER_ROWS]) if _columns(row)), None)
    columns = {"name": 0} if header is None else _columns(rows[header])
    entries = []
    for number, row in enumerate(rows):
        cells = {name: row[column].strip() for name, column in columns.items()}
        alone = len(row) > 1 and sum(bool(cell) for cell in row) == 1
        if header is not None and (number <= header or alone):
            continue  # titles, headings of units and notes stand alone in their row
        key = cells.get("person_id", "") or cells.get("id_number", "").upper()
        typed = cells.get("name", "") or key
        if typed:
            at = Location(str(path), sheet, row=number + 1)
            entries.append(Entry(typed, at, cells.get("name", ""), key, cells.get("birth", "")))
    return entries


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Meaning → place of the columns of a heading row; empty when the row is none."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        meaning = _HEADERS.get("".join(cell.split()))
        if meaning:
            found.setdefault(meaning, place)
    return found if found.keys() - {"birth"} else {}


def _stop(message: Message, at: Location) -> None:
    problems = ProblemLog()
    problems.add(message, at)
    problems.stop_if_any()
