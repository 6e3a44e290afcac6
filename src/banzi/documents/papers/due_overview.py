"""到期事项一览: how much falls due in each month, by theme and kind, on one page with a chart."""

from __future__ import annotations

from collections.abc import Sequence

from banzi.documents.papers.charts import ColumnChart
from banzi.documents.papers.due_basis import ADVICE
from banzi.documents.papers.due_table import NOTHING, OVERDUE, kind_name, left_and_right, name_of
from banzi.documents.papers.office_table import Group, Heading, OfficeTable, Row
from banzi.due.due_list import DueList
from banzi.due.overview import HALF_YEAR, Overview, overview
from banzi.kernel.dates import month_parts
from banzi.kernel.messages import Language, render
from banzi.kernel.messages import gettext_noop as _

OVERVIEW_TITLE = _("到期事项一览")
_KIND, _TOTAL, _EACH, _TO_CONFIRM = _("事项"), _("合计"), _("分事项"), _("待核")
_YEAR_HEAD, _MONTH_PART = _("{year}年"), _("{month}月")
_HALVES = (_("上半年"), _("下半年"))
_SHEET = _("一览")
_NOTE_THEMES = _("图中不含全员同日的事项。已到期、待核的不计入各月。")


def overview_table(listed: DueList, scope: str = "") -> OfficeTable:
    """Counts by month or half-year and kind on one page, with a chart by theme."""
    found = overview(listed)
    heads = [_period(start, found.length) for start in found.starts]
    width = max(9.5, 190 / max(len(heads), 1))
    columns = (
        Heading(_KIND, 46, align="left"),
        *(Heading(part, width, (year,)) for year, part in heads),
        Heading(_TOTAL, 14),
        Heading(OVERDUE, 16),
        Heading(_TO_CONFIRM, 14),
    )
    themes = found.themes()
    left, right = left_and_right(listed)
    rows: list[Row | Group] = [Row(each, strong=True) for each in theme_rows(found)]
    if found.kinds:
        rows.append(Group(_EACH))
    rows += [Row(each) for each in kind_rows(found)]
    return OfficeTable(
        OVERVIEW_TITLE,
        columns,
        rows,
        subtitle=scope,
        left=left,
        right=right,
        empty=NOTHING,
        notes=(_NOTE_THEMES, ADVICE) if rows else (),
        points=8.5,
        least_height=5.6,
        sheet=_SHEET,
        chart=ColumnChart(
            OVERVIEW_TITLE,
            tuple(f"{year}{part}" for year, part in heads),
            tuple((name_of(theme), counts) for theme, counts in themes.items()),
        )
        if themes
        else None,
    )


def _period(start: int, length: int) -> tuple[str, str]:
    year, month = month_parts(start)
    part = render(_MONTH_PART, {"month": month})
    if length == HALF_YEAR:
        part = _HALVES[month > HALF_YEAR]
    return render(_YEAR_HEAD, {"year": year}), part


def theme_rows(found: Overview, language: Language = "zh") -> list[tuple[str | int, ...]]:
    """Name, counts, total, overdue and open of each theme: the series of the chart."""
    rows: list[tuple[str | int, ...]] = []
    for theme, counts in found.themes().items():
        kinds = [each for each in found.kinds if each.kind.theme is theme]
        kinds = [each for each in kinds if not each.kind.in_bulk]
        overdue, unknown = (sum(each.overdue for each in kinds), sum(each.open for each in kinds))
        rows.append(_figures(name_of(theme, language), counts, overdue, unknown))
    return rows


def kind_rows(found: Overview, language: Language = "zh") -> list[tuple[str | int, ...]]:
    """The same of each kind, in the order of the list."""
    return [
        _figures(kind_name(each.kind, language), each.counts, each.overdue, each.open)
        for each in found.kinds
    ]


def _figures(name: str, counts: Sequence[int], overdue: int, unknown: int) -> tuple[str | int, ...]:
    """Figures of a row, blank where there is nobody."""
    return (name, *(each or "" for each in (*counts, sum(counts), overdue, unknown)))
