"""What `banzi due list --kind …` shows and writes, and the kinds there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banzi.cli import terminal
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.papers.office_table import OfficeTable
    from banzi.due.due_list import DueLine, DueList
    from banzi.due.entries import DueCase, DueKind
    from banzi.due.scope import Scope

NO_SUCH_KIND = MessageKind(
    "due/no-such-kind", _("没有“{typed}”这类到期事项；可选：age、all、{choices}")
)
AGE_ALONE = MessageKind("due/age-alone", _("--kind age 自成一表，不能与其他事项同列；请分别列出"))
ONLY_FOR_AGE = MessageKind(
    "due/only-for-age", _("--congress、--by 只用于到龄名单；列其他事项时请去掉")
)
COUNTED = MessageKind(
    "due/items-counted",
    _("{scope}截至{as_of}、到{until}止：已到期{overdue}项，将到期{ahead}项，待核{open}项。"),
)
NOTHING = MessageKind("due/nothing", _("{scope}截至{as_of}，到{until}止没有到期事项。"))
WRITTEN = MessageKind("due/written", _("已写入：{path}"))
WHOLE = MessageKind("due/whole-roster", _("全部人员，"))
OF = MessageKind("due/of-scope", _("{name}，"))

_KIND_COLUMNS = (_("标识"), _("事项"), _("归类"), _("所用参数"))
_KINDS_TITLE, _OVERVIEW = _("各类到期事项："), _("到期事项一览")
_SHORT = (_("事项"), _("合计"), _("已到期"), _("待核"))
_AGE, _ALL = "age", "all"


def scope_said(name: str) -> Message:
    """Whom a list is about, to begin a sentence with; "" is everybody."""
    return OF(name=name) if name else WHOLE()


def chosen_kinds(typed: Sequence[str]) -> tuple[DueKind, ...] | None:
    """The kinds asked for, in the order lists show them; None for the 到龄 list alone.

    Raises
    ------
    BanziError
        `due/no-such-kind`; `due/age-alone`.
    """
    from banzi.due.catalogue import KINDS, find_kind

    words = [word.strip() for word in typed]
    if all(word == _AGE for word in words):
        return None
    if _AGE in words:
        raise BanziError(AGE_ALONE())
    if _ALL in words:
        return KINDS
    found = {word: find_kind(word) for word in words}
    for word, kind in found.items():
        if kind is None:
            choices = [f"{each.id}（{each.zh}）" for each in KINDS]
            raise BanziError(NO_SUCH_KIND(typed=word, choices=choices))
    return tuple(kind for kind in KINDS if kind in found.values())


def show(
    case: DueCase,
    scope: Scope,
    until: int | None,
    kinds: tuple[DueKind, ...],
    name: str,
    out: Sequence[Path],
    as_json: bool,
) -> None:
    """Write the list to the files and say it; `until` None is a year ahead."""
    from banzi.documents.papers.due_overview import overview_table
    from banzi.documents.papers.due_table import due_table
    from banzi.due.due_list import due_list
    from banzi.due.overview import YEAR
    from banzi.kernel.dates import month_of

    last = month_of(case.as_of) + YEAR if until is None else until
    listed = due_list(case, scope, last, kinds)
    for path in out:
        write_file([overview_table(listed, name), due_table(listed, name)], path, case.as_of)
    if as_json:
        terminal.say_json(_as_json(listed, out))
        return
    _tell(listed, name)
    for path in out:
        terminal.say(WRITTEN(path=path))


def write_file(tables: Sequence[OfficeTable], path: Path, as_of: date) -> None:
    """Write tables to a file, whole or not at all."""
    from banzi.cli.outputs import writing
    from banzi.documents.papers.writing import write_tables
    from banzi.kernel.files import replacing_file

    with writing(path), replacing_file(path) as part:
        write_tables(tables, part, as_of)


def say_kinds(as_json: bool) -> None:
    """The kinds there are, with the numbers of the law that each counts with."""
    from banzi.documents.papers.due_table import kind_name, name_of
    from banzi.due.catalogue import KINDS

    if as_json:
        terminal.say_json(
            [
                {"id": kind.id, "zh": kind.zh, "en": kind.en, "parameters": kind.parameters}
                for kind in KINDS
            ]
        )
        return
    language = terminal.language()
    rows = [
        (
            kind.id,
            kind_name(kind, language),
            name_of(kind.theme, language),
            " ".join(kind.parameters),
        )
        for kind in KINDS
    ]
    header = [terminal.text(column) for column in _KIND_COLUMNS]
    terminal.say_table(terminal.text(_KINDS_TITLE), header, rows)


def _tell(listed: DueList, name: str) -> None:
    from banzi.documents.papers.due_basis import notes
    from banzi.documents.papers.due_overview import kind_rows
    from banzi.documents.papers.due_table import COLUMNS, line_groups
    from banzi.due.overview import overview
    from banzi.kernel.dates import month_text

    language = terminal.language()
    values: dict[str, Any] = {
        "scope": scope_said(name),
        "as_of": listed.case.as_of,
        "until": month_text(listed.until),
    }
    if not listed.every:
        terminal.say(NOTHING(**values))
        return
    header = [terminal.text(column.text) for column in COLUMNS]
    for title, lines in line_groups(listed, language):
        terminal.say_table(title, header, lines)
    # A terminal is too narrow for a column a month: the sums are enough there.
    rows = [(row[0], *row[-3:]) for row in kind_rows(overview(listed), language)]
    short = [terminal.text(column) for column in _SHORT]
    terminal.say_table(terminal.text(_OVERVIEW), short, rows)
    for note in notes(listed, language):
        terminal.say(note)
    overdue = len(listed.overdue)
    ahead = len(listed.lines) - overdue
    counts = {"overdue": overdue, "ahead": ahead, "open": len(listed.open_lines)}
    terminal.say(COUNTED(**values, **counts))


def _as_json(listed: DueList, out: Sequence[Path]) -> dict[str, Any]:
    from banzi.due.overview import overview
    from banzi.kernel.dates import month_text

    found = overview(listed)
    return {
        "as_of": listed.case.as_of,
        "until": month_text(listed.until),
        "kinds": [kind.id for kind in listed.kinds],
        "lines": [_line(line) for line in listed.lines],
        "open": [_line(line) for line in listed.open_lines],
        "overview": {
            "periods": [month_text(start) for start in found.starts],
            "months_each": found.length,
            "counts": [
                {
                    "kind": each.kind.id,
                    "counts": each.counts,
                    "overdue": each.overdue,
                    "open": each.open,
                }
                for each in found.kinds
            ],
        },
        "out": list(out),
    }


def _line(line: DueLine) -> dict[str, Any]:
    from banzi.documents.papers.due_table import name_of, remarks
    from banzi.kernel.dates import month_text

    def month(index: int | None) -> str | None:
        return None if index is None else month_text(index)

    language = terminal.language()
    return {
        "person_id": line.person_id,
        "name": line.name,
        "posts": line.posts,
        "post_id": line.post_id,
        "kind": line.kind.id,
        "about": line.about or None,
        "due_on": line.day,
        "due_month": month(line.month),
        "earliest": month(line.earliest),
        "latest": month(line.latest),
        "certainty": line.certainty.value,
        "basis": line.basis,
        "facts": line.facts,
        "missing": line.missing,
        "doubts": [doubt.value for doubt in line.doubts],
        "remarks": remarks(line, language),
        "next_step": line.step.value,
        "next_step_text": name_of(line.step, language),
    }
