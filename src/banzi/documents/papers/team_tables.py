"""Tables of figures about teams as office tables, each with a second one that names who is behind.

`structure.counting` makes the figures; here are widths, paper and wording. The second table, 反查,
lists for every figure the persons counted or the posts that are vacant. Workbooks always have it,
on a sheet of its own; documents and pages when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from banzi.documents.papers.ballots import YES_OR_NO
from banzi.documents.papers.charts import ColumnChart
from banzi.documents.papers.office_table import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    Align,
    Cell,
    Group,
    Heading,
    OfficeTable,
    Page,
    Row,
)
from banzi.documents.papers.office_table import Figure as ShownFigure
from banzi.documents.papers.paper_kinds import (
    BAD_VALUE,
    Need,
    Option,
    PaperKind,
    Request,
    Writer,
    of_tables,
)
from banzi.documents.papers.team_charts import CHARTS
from banzi.documents.papers.wording import day_text
from banzi.documents.papers.writing import Format
from banzi.documents.target_files import read_targets
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.law import load_law
from banzi.people.namesakes import Bearer, told_apart
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    Figure,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
    Unit,
)
from banzi.structure.counting.ordering import listed_posts, post_names
from banzi.structure.counting.reading_settings import read_counting_settings
from banzi.structure.counting.tables import COUNTED_TABLES, Asked, CountedTable, within_teams
from banzi.structure.gauges.thresholds import Light

SETTINGS_OPTION, TARGETS_OPTION, TRACE_OPTION = _("口径"), _("目标"), _("反查")
_YES, _NO = _("是"), _("否")

NO_PERSONS = MessageKind("papers/counts-teams", _("本表按班子统计全部在任人员，--persons 不起作用"))
NO_PLAN = MessageKind("papers/counts-present", _("本表统计现任，--plan 的方案不起作用"))

_TRACE = _("{title}反查表")
_TRACE_SHEET = _("反查")
_TRACE_COLUMNS = (
    Heading(_("行"), 44, align="left"),
    Heading(_("项目"), 50, align="left"),
    Heading(_("数"), 16),
    Heading(_("人员或职位"), 159, align="left"),
)
_VACANT, _WITH_MARKS = _("空缺职位：{posts}"), _("{name}（{marks}）")
_MARKS = _("{birth}，{more}")
_NOBODY = _("表中没有不为零的数")
_TRACE_NOTE = _("小计、总计由各行得出，不再列。同名的注明出生年月，仍相同的再注明职务或标识。")

_MANY_COLUMNS = 16
_NUMBER_WIDTH, _PER_CHARACTER = 10.0, 3.2
_TEXT_WIDTHS = {
    "organ_name": 50.0,
    "organ_level": 18.0,
    "organ_category": 22.0,
    "area": 26.0,
    "vacant": 46.0,
    "remarks": 38.0,
    "over": 30.0,
    "category": 40.0,
    "short_teams": 96.0,
    "team": 46.0,
    "state": 26.0,
    "band": 40.0,
    "group": 46.0,
    "name": 24.0,
    "post": 56.0,
    "missing": 60.0,
    "holder": 34.0,
    "due": 26.0,
    "custom": 44.0,
    "past": 60.0,
    "flag": 44.0,
    "birth": 24.0,
    "age": 16.0,
    "held": 24.0,
    "education": 24.0,
}
_CENTRED = (
    "organ_level",
    "organ_category",
    "state",
    "name",
    "holder",
    "due",
    "birth",
    "age",
    "held",
    "education",
)
_FILLS = {Light.RED.value: "F4B6AE", Light.YELLOW.value: "FFE699", Light.GREEN.value: "C6E0B4"}
_LIGHT_WORDS = {light.value: light.zh for light in Light}
_LIT = _("{figure} {light}")
_WIDE = ("team-statistics", "birth-year-table", "team-comparison", "area-dashboard")
"""Tables of some forty columns, which no reader could read on A4."""


def office_table(
    title: str,
    table: FigureTable,
    page: Page = A4_LANDSCAPE,
    chart: ColumnChart | None = None,
) -> OfficeTable:
    """The table as it is printed: groups as heading rows, totals strong, notes numbered."""
    columns = tuple(_heading(column, table) for column in table.columns)
    rows: list[Row | Group] = []
    group = ""
    for row in table.rows:
        if row.group != group and row.group:
            rows.append(Group(row.group))
        group = row.group
        cells = tuple(_cell(row, column) for column in table.columns)
        rows.append(Row(cells, strong=row.kind is not RowKind.ROW))
    notes = [note.text() for note in table.notes]
    dense = len(columns) > _MANY_COLUMNS
    return OfficeTable(
        title,
        columns,
        rows,
        left=day_text(table.as_of),
        empty=notes[0] if not rows and notes else "",
        notes=_numbered(notes) if rows else (),
        page=page,
        points=9 if dense else 10.5,
        least_height=7.5 if dense else 8.5,
        chart=chart if rows else None,
    )


def trace_table(title: str, table: FigureTable, roster: Roster) -> OfficeTable:
    """反查: for every figure that is not nought, in the order of the table, who is behind it."""
    people, posts = _names(roster)
    first = table.columns[0].key
    rows: list[Row | Group] = []
    for row in table.rows:
        if row.kind is not RowKind.ROW:
            continue
        for column in table.columns:
            figure = row.figures.get(column.key)
            if figure is None or not (figure.persons or figure.posts):
                continue
            if column.unit is Unit.SHARE:
                continue  # the count beside it names the same persons
            path = "·".join((*column.above, column.label))
            behind = _behind(figure, people, posts)
            rows.append(Row((row.texts[first], path, _number(figure, column.unit), behind)))
    return OfficeTable(
        render(_TRACE, {"title": title}),
        _TRACE_COLUMNS,
        rows,
        left=day_text(table.as_of),
        empty=_NOBODY,
        notes=[_TRACE_NOTE] if rows else (),
        sheet=_TRACE_SHEET,
        points=10,
        least_height=7,
    )


def paper_tables(
    paper: str, title: str, table: FigureTable, roster: Roster, with_trace: bool
) -> list[OfficeTable]:
    """The table as the paper of this id prints it, with its chart, and 反查 when asked for."""
    page = A3_LANDSCAPE if paper in _WIDE else A4_LANDSCAPE
    drawn = CHARTS[paper](table) if paper in CHARTS and table.rows else None
    printed = [office_table(title, table, page, drawn)]
    if with_trace and any(column.unit is not Unit.TEXT for column in table.columns):
        printed.append(trace_table(title, table, roster))
    return printed


def tables_of(
    request: Request, counted: CountedTable, with_trace: bool
) -> tuple[list[OfficeTable], list[Message]]:
    """The paper, and what whoever prints it should know.

    Raises
    ------
    BadInput
        With every flaw of the settings or targets file.
    """
    roster = request.roster
    if request.teams is not None:
        roster = within_teams(roster, request.teams)
    settings, targets = request.option(SETTINGS_OPTION), request.option(TARGETS_OPTION)
    file = read_targets(Path(targets) if targets else None)
    asked = Asked(
        roster,
        request.as_of,
        read_counting_settings(Path(settings) if settings else None),
        load_law(),
        file.targets,
        file.thresholds,
        file.settings,
    )
    table = counted.make(asked)
    printed = paper_tables(counted.id, counted.title, table, roster, with_trace)
    notes: list[Message] = [] if table.rows else list(table.notes)
    if request.persons is not None:
        notes.append(NO_PERSONS())
    if request.plan is not None:
        notes.append(NO_PLAN())
    return printed, notes


def _writer(counted: CountedTable) -> Writer:
    def write(request: Request, path: Path) -> Sequence[Message]:
        default = _YES if path.suffix[1:].lower() == Format.XLSX else _NO
        typed = request.option(TRACE_OPTION) or default
        if typed not in (_YES, _NO):
            said = {"name": TRACE_OPTION, "value": typed, "expected": YES_OR_NO()}
            raise BanziError(BAD_VALUE(**said))
        made = of_tables(lambda asked: tables_of(asked, counted, typed == _YES))
        return made(request, path)

    return write


def _options(counted: CountedTable) -> tuple[Option, ...]:
    targets = Option(TARGETS_OPTION, _("结构目标文件（.yaml，或模板 .xlsx）：应配由此而来"))
    return (
        Option(
            SETTINGS_OPTION, _("统计口径设置文件（.yaml），见 banzi papers settings；不填用默认")
        ),
        Option(TRACE_OPTION, _("是或否：附反查表，列出每个数背后的人员、职位；.xlsx 默认附")),
        *((targets,) if counted.needs_targets else ()),
    )


PAPERS: tuple[PaperKind, ...] = tuple(
    PaperKind(
        each.id,
        each.title,
        each.purpose,
        (Need.TEAMS,),
        _writer(each),
        options=_options(each),
    )
    for each in COUNTED_TABLES
)


def _heading(column: FigureColumn, table: FigureTable) -> Heading:
    if column.unit is not Unit.TEXT:
        figures = [row.figures[column.key] for row in table.rows if column.key in row.figures]
        longest = max((len(each.shown(column.unit)) for each in figures), default=1)
        return Heading(column.label, max(_NUMBER_WIDTH, _PER_CHARACTER * longest), column.above)
    align: Align = "center" if column.key in _CENTRED else "left"
    return Heading(column.label, _TEXT_WIDTHS[column.key], column.above, align)


def _cell(row: FigureRow, column: FigureColumn) -> Cell:
    if column.unit is Unit.TEXT:
        return row.texts.get(column.key, "")
    figure = row.figures.get(column.key)
    return "" if figure is None else _number(figure, column.unit)


def _number(figure: Figure, unit: Unit) -> Cell:
    shown = _plain_number(figure, unit)
    fill = _FILLS.get(figure.light)
    if fill is None or isinstance(shown, str):
        return shown
    word = _LIGHT_WORDS[figure.light]
    number = shown if isinstance(shown, ShownFigure) else ShownFigure(shown, str(shown), "0")
    text = render(_LIT, {"figure": number.shown, "light": word})
    return ShownFigure(number.value, text, f'{number.pattern}" {word}"', fill)


def _plain_number(figure: Figure, unit: Unit) -> int | str | ShownFigure:
    if figure.value is None or unit is Unit.COUNT:
        return figure.shown(unit) if figure.value is None else int(figure.value)
    if unit is Unit.SHARE:
        return ShownFigure(float(figure.value), figure.shown(unit), "0.0%")
    return ShownFigure(float(figure.value / 12), figure.shown(unit), "0.0")


def _behind(figure: Figure, people: Mapping[str, str], posts: Mapping[str, str]) -> str:
    parts = []
    if figure.persons:
        parts.append(render("{names}", {"names": [people[each] for each in figure.persons]}))
    if figure.posts:
        vacant = listed_posts([posts[each] for each in figure.posts])
        parts.append(render(_VACANT, {"posts": vacant}))
    return "\n".join(parts)


def _names(roster: Roster) -> tuple[dict[str, str], dict[str, str]]:
    """Names of persons, namesakes with what tells them apart, and of posts."""
    rows = roster["persons"].select("person_id", "name", "birth", "current_posts_text").rows()
    told = told_apart(Bearer(person, name, birth, post or "") for person, name, birth, post in rows)
    people = {person: name for person, name, _birth, _post in rows}
    for person, marks in told.items():
        said = marks[0] if len(marks) < 2 else render(_MARKS, {"birth": marks[0], "more": marks[1]})
        people[person] = render(_WITH_MARKS, {"name": people[person], "marks": said})
    return people, post_names(roster)


def _numbered(notes: Sequence[str]) -> list[str]:
    """`注：…` for one note, `注：1．…` and `2．…` for several."""
    if len(notes) < 2:
        return [render(_NOTE, {"note": note}) for note in notes]
    texts = [
        render(_NOTE_OF, {"number": number, "note": note})
        for number, note in enumerate(notes, start=1)
    ]
    return [render(_NOTE, {"note": texts[0]}), *texts[1:]]


_NOTE, _NOTE_OF = _("注：{note}"), _("{number}．{note}")
