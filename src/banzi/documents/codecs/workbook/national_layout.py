"""The ten sheets of the national civil-servant system's Excel import, in their order.

Source: formats.md section 7. Headers are the names of the declared columns; only A01's whole
header is known from a source, elsewhere headers come from the system's field list, and other
wordings seen are accepted as aliases.
"""

from __future__ import annotations

from banzi.documents.codecs.workbook.sheets import Field, SheetLayout, fields_of, person_fields
from banzi.kernel.columns import Column, Kind, Table
from banzi.people import (
    APPOINTMENTS,
    ASSESSMENTS,
    EDUCATION,
    LEVEL_HISTORY,
    PERSONS,
    RELATIVES,
    SANCTIONS,
    TECHNICAL_TITLES,
)
from banzi.teams import ORGANS

A01_COLUMNS = (
    "name",
    "id_number",
    "sex",
    "birth",
    "native_place",
    "birthplace",
    "growth_place",
    "ethnicity",
    "health",
    "work_started",
    "party_text",
    "political_status",
    "party_joined",
    "second_party",
    "third_party",
    "person_category",
    "management_status",
    "management_category",
    "specialty",
    "current_posts_text",
    "current_posts_short",
    "post_level",
    "post_level_since",
    "rank",
    "rank_since",
    "technical_title",
    "has_grassroots_years",
    "reporting_organ",
    "resume_text",
    "awards_text",
    "assessments_text",
    "grade",
    "establishment_kind",
    "technical_qualification",
    "civil_servant_registered_on",
    "remarks",
)
A99_COLUMNS = ("is_examined_recruit", "recruited_on", "is_selected_graduate", "selected_on")

LEVEL_OR_RANK = Column(
    "level_or_rank",
    Kind.TEXT,
    "职务层次或职级",
    "post level or rank",
    null="不掌握",
    national="A0501B",
)
AWARD_OR_SANCTION = Column(
    "award_or_sanction", Kind.TEXT, "奖惩名称", "award or sanction", national="A1404A"
)

_ALIASES: dict[str, tuple[str, ...]] = {
    "specialty": ("熟悉专业有何专长", "专长"),
    "birth": ("出生日期",),
    "organ_id": ("机构编码",),
    "superior_organ_id": ("上级机构编码", "上级"),
    "establishment": ("行政编制",),
    "civil_servant_institution_establishment": ("事业编制（参公）", "参公事业编制数"),
    "institution_establishment": ("事业编制（其他）", "事业编制数"),
    "worker_establishment": ("工勤编制",),
    "other_establishment": ("其他编制",),
    "principal_quota": ("正职职数",),
    "deputy_quota": ("副职职数",),
    "is_main_post": ("是否主职务",),
    "is_exceptional": ("是否破格提拔",),
    "education_name": ("学历",),
    "degree_name": ("学位",),
    "graduated_on": ("毕业时间", "毕（肄）业日期"),
    "obtained_on": ("获得资格时间",),
    "outcome": ("考核结论",),
    "year": ("年度",),
    "relation_text": ("关系",),
    "name": ("家庭成员",),
    "unit_and_post": ("家庭成员工作单位及职务",),
    "level_or_rank": ("职务层次/职级", "职务层次名称", "职级名称", "名称"),
    "award_or_sanction": ("奖惩名称代码",),
}


def _fields(table: Table, *left_out: str) -> tuple[Field, ...]:
    names = [column.name for column in table if column.national and column.name not in left_out]
    return tuple(
        Field(each.column, each.header, aliases=_ALIASES.get(each.name, ()))
        for each in fields_of(table, names)
    )


def _aliased(column: Column) -> Field:
    return Field(column, aliases=_ALIASES[column.name])


B01 = SheetLayout("B01单位", "单位基本信息", _fields(ORGANS))
A01 = SheetLayout(
    "A01人员",
    "人员基本信息",
    tuple(
        Field(
            PERSONS[name], aliases=() if name == "name" else _ALIASES.get(name, ()), expected=True
        )
        for name in A01_COLUMNS
    ),
)
A02 = SheetLayout("A02职务", "职务信息", (*person_fields(), *_fields(APPOINTMENTS)))
A05 = SheetLayout(
    "A05职务职级",
    "职务层次与职级信息",
    (
        *person_fields(),
        Field(LEVEL_HISTORY["level_kind"]),
        _aliased(LEVEL_OR_RANK),
        *_fields(LEVEL_HISTORY, "level_kind", "post_level", "rank"),
    ),
)
A06 = SheetLayout("A06专业技术", "专业技术资格信息", (*person_fields(), *_fields(TECHNICAL_TITLES)))
A08 = SheetLayout("A08学历学位", "学历学位信息", (*person_fields(), *_fields(EDUCATION)))
A14 = SheetLayout(
    "A14奖惩",
    "奖惩信息",
    (
        *person_fields(),
        _aliased(AWARD_OR_SANCTION),
        Field(SANCTIONS["decided_on"]),
        Field(SANCTIONS["decided_by"]),
        Field(SANCTIONS["revoked_on"]),
    ),
)
A15 = SheetLayout("A15考核", "考核信息", (*person_fields(), *_fields(ASSESSMENTS)))
A36 = SheetLayout(
    "A36家庭及社会关系",
    "家庭主要成员及重要社会关系",
    (*person_fields(), *_fields(RELATIVES, "relative_no")),
)
A99 = SheetLayout("A99Z1补充", "补充信息", (*person_fields(), *fields_of(PERSONS, A99_COLUMNS)))

NATIONAL_SHEETS = (B01, A01, A02, A05, A06, A08, A14, A15, A36, A99)

CHILD_SHEETS: dict[SheetLayout, str] = {
    A02: "appointments",
    A05: "level_history",
    A06: "technical_titles",
    A08: "education",
    A15: "assessments",
    A36: "relatives",
}
"""Sheets whose rows are rows of one table about a person, and that table."""
