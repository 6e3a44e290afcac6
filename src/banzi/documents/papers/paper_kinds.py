"""A paper, declared once: what it is called, what it needs, in which formats it can be had.

Every module of papers lists its own as a tuple of `PaperKind`; `registry` puts them together, and
commands know no paper but through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, StrEnum
from pathlib import Path

from banzi.documents.papers.glyphs import missing_glyphs
from banzi.documents.papers.moves import House, Move
from banzi.documents.papers.office_table import A3_LANDSCAPE, OfficeTable, Row, shown_text
from banzi.documents.papers.writing import Format, write_tables
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law
from banzi.roster import Roster

BAD_OPTION = MessageKind("papers/bad-option", _("“{title}”没有“{name}”这一项；可填的有：{choices}"))
NO_OPTIONS = MessageKind("papers/no-options", _("“{title}”没有可填的项，“{name}”不起作用；请去掉"))
BAD_VALUE = MessageKind("papers/bad-value", _("“{name}”填的“{value}”不对：{expected}"))
NO_GLYPH = MessageKind(
    "papers/no-glyph",
    _("PDF所用字体没有{characters}，印出来是空框；请改用 docx 或 xlsx 格式，用本机字库印"),
)
WHOLE_NUMBER = MessageKind("papers/whole-number", _("应为{least}到{most}的整数"))


class Need(Enum):
    """What a paper is made from besides the roster; the value is what a list of papers says."""

    PEOPLE = _("人员：名单、班子或全部在任人员")
    PROPOSALS = _("拟任免：方案，或任免审批表中的拟任、拟免职务")
    TEAMS = _("班子：所选班子，或全部班子")
    PLAN = _("方案")


class Order(StrEnum):
    """Order of people on a paper."""

    RANK = "rank"
    STROKES = "strokes"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a clerk may fill in for a paper: `--set 单位=市纪委监委`."""

    name: str
    help: str


@dataclass(frozen=True)
class PlanMoves:
    """What a checked plan changes."""

    house: House
    moves: tuple[Move, ...]
    vacant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """What a paper is to be made from.

    Attributes
    ----------
    persons
        Ids in the order of the list; None when nobody was chosen and the paper decides.
    teams
        Team ids in order of display; None for all.
    order
        None: rank order, or that of the list when there is one.
    marking
        Line at the top left (`marking.read_marking`), "" for none.
    wide
        Print tables on A3.
    options
        Name of an option of the paper → value.
    law
        The law with the office's own reviews and rules; None for the shipped one.
    """

    roster: Roster
    as_of: date
    persons: tuple[str, ...] | None = None
    teams: tuple[str, ...] | None = None
    plan: PlanMoves | None = None
    order: Order | None = None
    marking: str = ""
    wide: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    law: Law | None = None

    def option(self, name: str, default: str = "") -> str:
        return self.options.get(name, default)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """The value of an option as a whole number; `papers/bad-value` for anything else."""
        text = self.option(name)
        if not text:
            return default
        if not text.isdecimal() or not least <= int(text) <= most:
            expected = WHOLE_NUMBER(least=least, most=most)
            raise BanziError(BAD_VALUE(name=name, value=text, expected=expected))
        return int(text)


Writer = Callable[[Request, Path], Sequence[Message]]
"""Writes one file, in the format of its ending; gives what whoever uses the paper should know."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper that `banzi papers print` can make.

    Attributes
    ----------
    id
        English name to type, `discussion-list`; the Chinese title may be typed as well.
    purpose
        What it is for, one sentence.
    needs
        What must be given or found.
    """

    id: str
    title: str
    purpose: str
    needs: tuple[Need, ...]
    write: Writer
    formats: tuple[Format, ...] = tuple(Format)
    options: tuple[Option, ...] = ()

    def check_options(self, given: Mapping[str, str]) -> None:
        """Refuse an option that the paper does not have.

        Raises
        ------
        BanziError
            `papers/bad-option`, `papers/no-options`.
        """
        names = [option.name for option in self.options]
        for name in given:
            if not names:
                raise BanziError(NO_OPTIONS(title=self.title, name=name))
            if name not in names:
                raise BanziError(BAD_OPTION(title=self.title, name=name, choices=names))


def of_tables(
    build: Callable[[Request], tuple[Sequence[OfficeTable], Sequence[Message]]],
) -> Writer:
    """The writer of a paper that is one or several office tables; adds 密级 and page size."""

    def write(request: Request, path: Path) -> Sequence[Message]:
        tables, notes = build(request)
        marked = [replace(table, marking=request.marking) for table in tables]
        if request.wide:
            marked = [replace(table, page=A3_LANDSCAPE) for table in marked]
        write_tables(marked, path, request.as_of)
        absent = missing_glyphs(_texts(marked)) if path.suffix.lower() == ".pdf" else ""
        return [NO_GLYPH(characters=list(absent)), *notes] if absent else notes

    return write


def _texts(tables: Sequence[OfficeTable]) -> Iterator[str]:
    for table in tables:
        yield from (table.title, table.left, table.right, *table.notes)
        for row in table.body:
            yield from map(shown_text, row.cells) if isinstance(row, Row) else (row.text,)
