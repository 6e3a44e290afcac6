"""国企/事业职数汇总: approved places against actual, who stands outside, what is vacant or over.

formats.md 2.2. Rows are the organs whose 机构类型 holds one of the words of the settings.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    BLANK,
    FigureColumn,
    FigureRow,
    FigureTable,
    Unit,
    counted,
    total_row,
)
from banzi.structure.counting.filling import Filling
from banzi.structure.counting.ordering import listed_posts, ordered_organs, post_names
from banzi.structure.counting.places import Part, Places, places_of_organs
from banzi.structure.counting.quotas import NO_QUOTA_KNOWN, TOTAL, UNKNOWN_COLUMN, quota_notes
from banzi.structure.counting.settings import CountingSettings

GROUPS = {
    "all": _("小计"),
    Part.PRINCIPAL.value: _("正职"),
    Part.DEPUTY.value: _("副职"),
    Part.TECHNICAL_HEAD.value: _("三总师"),
}
_APPROVED, _ACTUAL = _("核定"), _("实配")

OVER = MessageKind("counting/part-over", _("{part}超配{count}名"))
OPEN = MessageKind("counting/part-open", _("{part}超配不能确定"))
NO_INSTITUTIONS = MessageKind(
    "counting/no-institutions",
    _("没有机构的“机构类型”含：{words}；请补填机构类型，或在设置中改 institution_words。"),
)

COLUMNS = (
    FigureColumn("organ_name", _("单位"), unit=Unit.TEXT),
    *(
        FigureColumn(f"{group}_{key}", name, (heading,))
        for group, heading in GROUPS.items()
        for key, name in (("allowed", _APPROVED), ("actual", _ACTUAL))
    ),
    FigureColumn("outside", _("不占职数")),
    FigureColumn("principal_short", _("空缺正职")),
    FigureColumn("deputy_short", _("空缺副职")),
    FigureColumn("vacant", _("空缺岗位"), unit=Unit.TEXT),
    FigureColumn("over", _("超配情况"), unit=Unit.TEXT),
)


def institution_table(roster: Roster, as_of: date, settings: CountingSettings) -> FigureTable:
    """Rows by organ id, then the total.

    Columns `<part>_allowed`, `<part>_actual` for `all` and each `Part`, `outside`,
    `principal_short`, `deputy_short`, and `unknown` where there is anybody in doubt.
    """
    places = places_of_organs(roster, as_of, settings.technical_head_words)
    names = post_names(roster)
    rows = [
        _row(organ, places[organ["organ_id"]], names)
        for organ in ordered_organs(roster)
        if any(word in (organ["organ_category"] or "") for word in settings.institution_words)
    ]
    if not rows:
        words = list(settings.institution_words)
        return FigureTable(as_of, COLUMNS, (), (NO_INSTITUTIONS(words=words),))
    doubtful = dict.fromkeys(person for row in rows for person in row.figures["unknown"].persons)
    unknown = (UNKNOWN_COLUMN,) if doubtful else ()
    columns = (*COLUMNS[:10], *unknown, *COLUMNS[10:])
    main = tuple(column for column in columns if not column.key.startswith("technical_head"))
    notes = quota_notes(rows, main)
    if doubtful:
        notes.append(NO_QUOTA_KNOWN(count=len(doubtful)))
    total = total_row(rows, columns, {"organ_name": TOTAL, "vacant": "", "over": ""})
    return FigureTable(as_of, columns, (*rows, total), tuple(notes))


def _row(organ: dict[str, Any], places: Places, names: dict[str, str]) -> FigureRow:
    figures = places.whole.figures("all")
    for part in Part:
        filling = places.parts.get(part)
        figures |= (filling or Filling(None)).figures(part.value)
        if filling is None:
            figures[f"{part}_actual"] = BLANK
    figures["outside"] = counted(places.outside)
    figures["unknown"] = counted(places.doubtful)
    vacant = [names[post] for part in places.parts.values() for post in part.short.posts]
    texts = {
        "organ_name": organ["organ_name"],
        "vacant": listed_posts(vacant),
        "over": render("{texts}", {"texts": _over(places)}),
    }
    return FigureRow(organ["organ_id"], texts, figures)


def _over(places: Places) -> list[str]:
    said = []
    for part, filling in places.parts.items():
        if filling.over.value:
            said.append(OVER(part=part.zh, count=filling.over.value).text())
        elif filling.over.is_open:
            said.append(OPEN(part=part.zh).text())
    return said
