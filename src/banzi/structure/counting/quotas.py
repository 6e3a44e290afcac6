"""领导职数配备情况表: quota of leading posts against actual, organ by organ (formats.md 2.2).

A person in two organs' teams takes up a place of each, as the quotas were fixed; the total adds
places up, and a note says how many persons that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    FigureColumn,
    FigureRow,
    FigureTable,
    Unit,
    counted,
    total_row,
)
from banzi.structure.counting.ordering import ordered_organs, shortened
from banzi.structure.counting.places import Part, Places, places_of_organs
from banzi.structure.counting.settings import CountingSettings

ALLOWED, ACTUAL, OVER, SHORT = _("应配"), _("实配"), _("超配"), _("缺配")
UNKNOWN = _("不详")
TOTAL = _("总计")

TWICE = MessageKind(
    "counting/twice", _("实配合计{places}人次、{persons}人：交叉任职的在两个机构各占一个职数。")
)
NOT_ENTERED = MessageKind("counting/not-entered", _("未登记数额、未计入合计和总计的：{rows}。"))
LEFT_OPEN = MessageKind(
    "counting/left-open", _("有人员情况不详、超配或缺配不能确定，未计入总计的：{rows}。")
)
NO_QUOTA_KNOWN = MessageKind(
    "counting/whether-counts",
    _("{count}人所任职位未注明是否占职数，列“不详”，不计入实配；请在“职位”表补填。"),
)
NOTHING_THERE = MessageKind(
    "counting/nothing-there", _("另有{count}个机构既未登记职数也没有职位，未列入。")
)
NO_ORGANS = MessageKind(
    "counting/no-organs",
    _("花名册中没有可列的机构；请导入机构表（B01单位，或模板的“机构”），填好职数和编制。"),
)
WITH_TECHNICAL_HEADS = MessageKind(
    "counting/with-technical-heads", _("领导职数含单列的三总师职数：{rows}。")
)


def quota_columns(
    groups: Mapping[str, str], allowed: str = ALLOWED, actual: str = ACTUAL
) -> tuple[FigureColumn, ...]:
    """应配 实配 超配 缺配 under each heading; key of the group → heading."""
    names = {"allowed": allowed, "actual": actual, "over": OVER, "short": SHORT}
    return tuple(
        FigureColumn(f"{group}_{key}", name, (heading,))
        for group, heading in groups.items()
        for key, name in names.items()
    )


ORGAN_COLUMNS = (
    FigureColumn("organ_name", _("机构名称"), unit=Unit.TEXT),
    FigureColumn("organ_level", _("机构级别"), unit=Unit.TEXT),
    FigureColumn("organ_category", _("机构类型"), unit=Unit.TEXT),
)
GROUPS = {"all": _("领导职数"), Part.PRINCIPAL.value: _("正职"), Part.DEPUTY.value: _("副职")}
UNKNOWN_COLUMN = FigureColumn("unknown", UNKNOWN)


def quota_table(roster: Roster, as_of: date, settings: CountingSettings) -> FigureTable:
    """Rows by organ id, then the total.

    Columns `all_…`, `principal_…`, `deputy_…` with `allowed`, `actual`, `over`, `short`;
    `unknown` (persons of whom nobody said whether they take up a quota) only where there are any.
    """
    places = places_of_organs(roster, as_of, settings.technical_head_words)
    organs = ordered_organs(roster)
    shown = [organ for organ in organs if _has_something(places[organ["organ_id"]])]
    rows = []
    for organ in shown:
        own = places[organ["organ_id"]]
        figures = own.whole.figures("all")
        for part in (Part.PRINCIPAL, Part.DEPUTY):
            figures |= own.parts[part].figures(part.value)
        figures["unknown"] = counted(own.doubtful)
        texts = {column.key: organ[column.key] or "" for column in ORGAN_COLUMNS}
        rows.append(FigureRow(organ["organ_id"], texts, figures))
    if not rows:
        return FigureTable(as_of, (*ORGAN_COLUMNS, *quota_columns(GROUPS)), (), (NO_ORGANS(),))
    doubtful = dict.fromkeys(person for row in rows for person in row.figures["unknown"].persons)
    columns = (
        *ORGAN_COLUMNS,
        *quota_columns(GROUPS),
        *((UNKNOWN_COLUMN,) if doubtful else ()),
    )
    notes = quota_notes(rows, columns)
    if doubtful:
        notes.append(NO_QUOTA_KNOWN(count=len(doubtful)))
    separate = [
        organ["organ_name"]
        for organ in shown
        if Part.TECHNICAL_HEAD in places[organ["organ_id"]].parts
    ]
    if separate:
        notes.append(WITH_TECHNICAL_HEADS(rows=shortened(separate)))
    if len(shown) < len(organs):
        notes.append(NOTHING_THERE(count=len(organs) - len(shown)))
    total = total_row(rows, columns, {"organ_name": TOTAL})
    return FigureTable(as_of, columns, (*rows, total), tuple(notes))


def quota_notes(
    rows: list[FigureRow], columns: tuple[FigureColumn, ...], name: str = "organ_name"
) -> list[Message]:
    """What a total of quotas leaves out, and whether it counts somebody twice."""
    notes: list[Message] = []
    keys = [column.key for column in columns]
    absent = [row.texts[name] for row in rows if _lacks_quota(row, keys)]
    if absent:
        notes.append(NOT_ENTERED(rows=shortened(absent)))
    open_rows = [
        row for row in rows if any(row.figures[key].is_open for key in keys if key in row.figures)
    ]
    if open_rows:
        notes.append(LEFT_OPEN(rows=shortened([row.texts[name] for row in open_rows])))
    if "all_actual" in keys:
        listed = [person for row in rows for person in row.figures["all_actual"].persons]
        if len(set(listed)) < len(listed):
            notes.append(TWICE(places=len(listed), persons=len(set(listed))))
    return notes


def _lacks_quota(row: FigureRow, keys: Sequence[str]) -> bool:
    """Whether persons stand where no quota is on record; a kind nobody uses needs none."""
    for key in keys:
        if key.endswith("_allowed") and row.figures[key].value is None:
            actual = row.figures[key.removesuffix("allowed") + "actual"]
            if actual.value:
                return True
    return False


def _has_something(places: Places) -> bool:
    return bool(places.posts) or any(part.allowed is not None for part in places.parts.values())
