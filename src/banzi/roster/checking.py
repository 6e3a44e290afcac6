"""What a roster must satisfy, read off the column declarations; each breach is one problem.

Values are checked here (required, unique keys, references, closed lists, code tables, real dates,
ends after starts, teams of a post). Whether facts fit each other as the filling rules want is for
the findings made at import.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from banzi.codes.lookup import name_of
from banzi.kernel.columns import Column, Kind, Table
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster.roster import TABLES, Roster

EMPTY = MessageKind("roster/empty-value", _("{table}的“{column}”不得为空"))
REPEATED = MessageKind("roster/repeated-key", _("{table}中“{key}”重复出现"))
DANGLING = MessageKind("roster/dangling-reference", _("“{column}”的值“{value}”在{target}中找不到"))
NOT_LISTED = MessageKind("roster/not-in-list", _("“{column}”的值“{value}”不在规定的选项内"))
NOT_A_DATE = MessageKind("roster/not-a-date", _("“{column}”的值“{value}”不是有效日期"))
ENDS_BEFORE_START = MessageKind(
    "roster/ends-before-start", _("{table}：止（{ended}）早于起（{started}）")
)
TEAMS_OF_POST = MessageKind(
    "roster/teams-of-post", _("职位“{post}”应属于一个或两个班子，现为{count}个")
)

_SPANS = (
    ("career_segments", "started", "ended"),
    ("appointments", "appointed_on", "removed_on"),
    ("level_history", "started_on", "ended_on"),
    ("seats", "started_on", "ended_on"),
    ("training", "started_on", "ended_on"),
    ("education", "entered_on", "graduated_on"),
)


def check_roster(roster: Roster) -> list[Problem]:
    """Every breach, by table, row (counted from 1 in written order) and column."""
    tables = roster.sorted_tables()
    found: list[Problem] = []
    for name, table in TABLES.items():
        frame = tables[name]
        if not frame.height:
            continue
        for column in table:
            found.extend(_column_problems(table, column, frame, tables))
        found.extend(_repeated_keys(table, frame))
    for name, start, end in _SPANS:
        found.extend(_inverted_spans(TABLES[name], tables[name], start, end))
    found.extend(_teams_of_posts(tables))
    return found


def _column_problems(
    table: Table, column: Column, frame: pl.DataFrame, tables: dict[str, pl.DataFrame]
) -> Iterator[Problem]:
    values = frame[column.name]
    if column.required:
        blank = values.is_null() | (values == "" if column.dtype == pl.String else False)
        for row in blank.arg_true():
            yield Problem(EMPTY(table=table.zh, column=column.zh), _at(table, row, column))
    if column.choices is not None:
        allowed = pl.Series(column.name, [str(choice) for choice in column.choices])
        yield from _unlisted(table, column, values, values.is_in(allowed.implode()))
    if column.codes:
        known = pl.Series(
            column.name, [value for value in values.unique() if is_code(column.codes, value)]
        )
        yield from _unlisted(table, column, values, values.is_in(known.cast(pl.String).implode()))
    if column.kind is Kind.PARTIAL_DATE:
        wrong = [value for value in values.unique().drop_nulls() if not _is_date(value)]
        for row in values.is_in(pl.Series(wrong, dtype=values.dtype).implode()).arg_true():
            message = NOT_A_DATE(column=column.zh, value=values[row])
            yield Problem(message, _at(table, row, column))
    if column.references and table.name + "." + column.name != column.references:
        target_table, target_column = column.references.split(".")
        known = tables[target_table][target_column]
        for row in (values.is_not_null() & ~values.is_in(known.implode())).arg_true():
            message = DANGLING(column=column.zh, value=values[row], target=TABLES[target_table].zh)
            yield Problem(message, _at(table, row, column))


def _unlisted(
    table: Table, column: Column, values: pl.Series, listed: pl.Series
) -> Iterator[Problem]:
    for row in (values.is_not_null() & ~listed).arg_true():
        yield Problem(NOT_LISTED(column=column.zh, value=values[row]), _at(table, row, column))


def _repeated_keys(table: Table, frame: pl.DataFrame) -> Iterator[Problem]:
    for row in frame.select(pl.struct(table.key).is_duplicated()).to_series().arg_true():
        key = "、".join(str(value) for value in frame.select(table.key).row(row))
        yield Problem(REPEATED(table=table.zh, key=key), _at(table, row))


def _inverted_spans(table: Table, frame: pl.DataFrame, start: str, end: str) -> Iterator[Problem]:
    # 00 stands for an unknown month or day, so compare only the part that both dates have. A date
    # that is surely earlier is the smaller number too, so that few rows need a closer look.
    doubtful = frame.with_row_index("at").filter(pl.col(end) < pl.col(start))
    for row, started, ended in doubtful.select("at", start, end).iter_rows():
        if not _is_inverted(table[start].kind, started, ended):
            continue
        message = ENDS_BEFORE_START(table=table.zh, started=started, ended=ended)
        yield Problem(message, _at(table, row, table[end]))


def _is_inverted(kind: Kind, started: int, ended: int) -> bool:
    if kind is Kind.MONTH:
        return ended < started
    if not (_is_date(started) and _is_date(ended)):
        return False
    return PartialDate(ended).latest < PartialDate(started).earliest


def _teams_of_posts(tables: dict[str, pl.DataFrame]) -> Iterator[Problem]:
    counts = dict(tables["post_teams"].group_by("post_id").len().iter_rows())
    for row, post in enumerate(tables["posts"]["post_id"]):
        count = counts.get(post, 0)
        if count not in (1, 2):
            yield Problem(TEAMS_OF_POST(post=post, count=count), _at(TABLES["posts"], row))


def is_code(table: str, value: str | None) -> bool:
    """Whether a value is a code of a national table; of divisions, retired ones count too."""
    if value is None:
        return False
    names = [table, "admin_divisions_retired"] if table == "admin_divisions" else [table]
    return any(name_of(each, value) is not None for each in names)


def _is_date(value: int) -> bool:
    try:
        PartialDate(value)
    except ValueError:
        return False
    return True


def _at(table: Table, row: int, column: Column | None = None) -> Location:
    return Location(f"{table.name}.parquet", row=row + 1, column=column.name if column else None)
