"""Charts of tables that count teams: which figures of which rows a chart shows."""

from __future__ import annotations

from collections.abc import Callable

from banzi.documents.papers.charts import ColumnChart
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.counting.figures import FigureTable, RowKind

_STAYING, _LEAVING, _PERSONS = _("在任"), _("离任（累计）"), _("到龄人数")
_FORECAST, _LADDER, _WAVE = (
    _("全部班子成员：不作调整时的在任和离任人数"),
    _("全部班子成员年龄梯次（人）"),
    _("逐半年到法定退休年龄的人数（全部班子）"),
)


def _forecast(table: FigureTable) -> ColumnChart:
    total = table.row("total")
    years = [column.key.removeprefix("present_") for column in table.columns]
    years = [year for year in years if year.isdigit()]
    labels = {column.key: column.above[0] for column in table.columns if column.above}
    present = tuple(int(total.figures[f"present_{year}"].value or 0) for year in years)
    left = tuple(
        int(total.figures[f"left_{year}"].value or 0) if f"left_{year}" in total.figures else 0
        for year in years
    )
    categories = tuple(labels[f"present_{year}"] for year in years)
    return ColumnChart(_FORECAST, categories, ((_STAYING, present), (_LEAVING, left)), True)


def _ladder(table: FigureTable) -> ColumnChart:
    rows = [row for row in table.rows if row.kind is RowKind.ROW]
    series = tuple(
        (column.label, tuple(int(row.figures[column.key].value or 0) for row in rows))
        for column in table.columns[1:]
    )
    return ColumnChart(_LADDER, tuple(row.texts["band"] for row in rows), series, True)


def _wave(table: FigureTable) -> ColumnChart:
    total = table.row("total")
    shown = [column for column in table.columns if column.key.startswith(("due", "half_"))]
    values = tuple(int(total.figures[column.key].value or 0) for column in shown)
    return ColumnChart(_WAVE, tuple(column.label for column in shown), ((_PERSONS, values),), True)


CHARTS: dict[str, Callable[[FigureTable], ColumnChart]] = {
    "team-forecast": _forecast,
    "ladder-forecast": _ladder,
    "retirement-wave": _wave,
}
"""Table id → its chart."""
