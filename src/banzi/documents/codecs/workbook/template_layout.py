"""The sheets of our own template: what the national set and the forms have no place for.

Teams, posts and seats; what a segment counts as; conclusions, waivers and completeness; targets
and settings. Headers are the names of the declared columns.
"""

from __future__ import annotations

from banzi.documents.codecs.workbook.sheets import Field, SheetLayout, person_fields
from banzi.kernel.columns import Column, Kind, Table
from banzi.kernel.messages import gettext_noop as _
from banzi.people import (
    CAREER_TAGS,
    COMPLETENESS,
    CONCLUSIONS,
    EXPERTISE,
    PERSONS,
    SANCTIONS,
    TRAINING,
    WAIVERS,
)
from banzi.people.choices import SeatRole
from banzi.people.provenance import PROVENANCE
from banzi.staffing.reading_plan_settings import SHEET_NAMES
from banzi.structure.targets import TARGETS
from banzi.teams import ORGANS, POST_TEAMS, POSTS, SEATS, TEAMS

_NOT_TYPED = {column.name for column in PROVENANCE} | {"person_id"}

FIRST_TEAM = Column("first_team", Kind.TEXT, "班子一", "first team")
SECOND_TEAM = Column("second_team", Kind.TEXT, "班子二", "second team", null="只属于一个班子")
_ROLE_NULL = POST_TEAMS["role_in_team"].null
FIRST_ROLE = Column(
    "first_role",
    Kind.CHOICE,
    "班子一正副职",
    "role in the first team",
    _ROLE_NULL,
    choices=SeatRole,
)
SECOND_ROLE = Column(
    "second_role",
    Kind.CHOICE,
    "班子二正副职",
    "role in the second team",
    _ROLE_NULL,
    choices=SeatRole,
)
SEGMENT_STARTED = Column(
    "segment_started", Kind.MONTH, "段起", "segment begins", null="该段起始年月不明，见段号"
)
SEGMENT_NO = Column(
    "segment_no", Kind.INTEGER, "段号", "segment number", null="同月起只有一段（主段优先）"
)
COMPLETE_TABLE = Column("table_name", Kind.TEXT, "数据表", "table")


def _about(table: Table, *before: Field, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Fields of a table as staff fill them: no provenance, no person id, no running number."""
    left_out = {*_NOT_TYPED, *without}
    own = tuple(Field(column) for column in table if column.name not in left_out)
    return (*before, *own)


def _persons(table: Table, number: str = "") -> tuple[Field, ...]:
    return _about(table, *person_fields(), without=(number,))


ORGAN_SHEET = SheetLayout("机构", _("机构"), _about(ORGANS))
TEAM_SHEET = SheetLayout("班子", _("领导班子"), _about(TEAMS))
POST_SHEET = SheetLayout(
    "职位",
    _("职位（一行一个职位；党政交叉任职的填两个班子）"),
    (
        *_about(POSTS, without=("display_order", "custom")),
        Field(FIRST_TEAM, note=_("填班子标识。")),
        Field(SECOND_TEAM, note=_("填班子标识；任职者同时是两个班子成员时填。")),
        Field(FIRST_ROLE, expected=False, note=_("在该班子里的正副职与职位不同、又不是副职时填。")),
        Field(SECOND_ROLE, expected=False, note=_("如市委书记兼任市人大常委会主任，填正职。")),
        Field(POSTS["display_order"]),
        Field(POSTS["custom"]),
    ),
)
SEAT_SHEET = SheetLayout("任职", _("任职（谁在哪个职位，现任和历任）"), _persons(SEATS, "seat_no"))
PERSON_SHEET = SheetLayout(
    "人员补充",
    _("人员补充信息"),
    (*person_fields(), Field(PERSONS["retirement_track"])),
)
TAG_SHEET = SheetLayout(
    "履历标签",
    _("履历标签（某一段经历算不算某类经历）"),
    (
        *person_fields(),
        Field(SEGMENT_STARTED, note=_("该段简历的起始年月。")),
        Field(CAREER_TAGS["tag"]),
        Field(CAREER_TAGS["holds"]),
        Field(CAREER_TAGS["basis"]),
        Field(SEGMENT_NO, note=_("同月起有两段以上时填简历中的第几段。"), expected=False),
    ),
)
EXPERTISE_SHEET = SheetLayout("专业领域", _("专业领域"), _persons(EXPERTISE))
SANCTION_SHEET = SheetLayout(
    "处分和组织处理", _("处分和组织处理"), _persons(SANCTIONS, "sanction_no")
)
CONCLUSION_SHEET = SheetLayout(
    "结论", _("结论（由组织作出，写明单位、日期、依据）"), _persons(CONCLUSIONS, "conclusion_no")
)
TRAINING_SHEET = SheetLayout("教育培训", _("教育培训"), _persons(TRAINING, "training_no"))
WAIVER_SHEET = SheetLayout("破格审批", _("破格审批"), _persons(WAIVERS, "waiver_no"))
COMPLETENESS_SHEET = SheetLayout(
    "完整性说明",
    _("完整性说明（某人的某类记录截至哪天是齐全的）"),
    (
        *person_fields(),
        Field(COMPLETE_TABLE, note=_("填数据表的名称，如“处分和组织处理”。")),
        Field(COMPLETENESS["complete_on"]),
        Field(COMPLETENESS["basis"]),
    ),
)

RECORD_SHEETS: dict[SheetLayout, str] = {
    ORGAN_SHEET: "organs",
    TEAM_SHEET: "teams",
    POST_SHEET: "posts",
    SEAT_SHEET: "seats",
    PERSON_SHEET: "persons",
    TAG_SHEET: "career_tags",
    EXPERTISE_SHEET: "expertise",
    SANCTION_SHEET: "sanctions",
    CONCLUSION_SHEET: "conclusions",
    TRAINING_SHEET: "training",
    WAIVER_SHEET: "waivers",
    COMPLETENESS_SHEET: "completeness",
}
"""Sheets of records and the roster table each fills."""


SETTINGS = Table(
    "settings",
    "设置",
    "settings",
    "Settings of a plan, one a row.",
    ("key",),
    (
        Column("key", Kind.TEXT, "项目", "setting"),
        Column("value", Kind.TEXT, "值", "value", null="用默认值"),
        Column("note", Kind.TEXT, "说明", "note", null="没有"),
    ),
)

PROFILES = Table(
    "profiles",
    "岗位画像",
    "post profiles",
    "What a post wants of its holder: each met condition adds its weight.",
    ("title",),
    (
        Column("title", Kind.TEXT, "名称", "title"),
        Column("post_where", Kind.TEXT, "职位条件", "condition on posts", null="全部职位"),
        Column("where", Kind.TEXT, "人员条件", "condition on persons"),
        Column("weight", Kind.INTEGER, "权重", "weight"),
    ),
)

_DROP_DOWNS = {"op": (">=", "<="), "key": tuple(SHEET_NAMES)}


def _document(name: str, title: str, table: Table) -> SheetLayout:
    fields = (Field(column, words=_DROP_DOWNS.get(column.name, ())) for column in table)
    return SheetLayout(name, title, tuple(fields))


DOCUMENT_SHEETS: dict[SheetLayout, str] = {
    _document("目标", _("结构目标"), TARGETS): "targets",
    _document("设置", _("选配设置"), SETTINGS): "settings",
    _document("岗位画像", _("岗位画像"), PROFILES): "profiles",
}
"""Sheets that are no records, and the name of each among `Extract.documents`."""

TEMPLATE_SHEETS = (*RECORD_SHEETS, *DOCUMENT_SHEETS)
