"""The cells of the form by name: what the form calls them and how much text they take.

Not here: what may stand in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from banzi.kernel.messages import Language, name_in, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "name": 18,
        "sex": 1,
        "ethnicity": 18,
        "native_place": 18,
        "birthplace": 18,
        "party_text": 18,
        "health": 18,
        "technical_title": 90,
        "specialty": 110,
        "full_time_education": 54,
        "full_time_degree": 54,
        "in_service_education": 54,
        "in_service_degree": 54,
        "full_time_education_school": 90,
        "full_time_degree_school": 90,
        "in_service_education_school": 90,
        "in_service_degree_school": 90,
        "current_posts_text": 324,
        "proposed_posts_text": 324,
        "removed_posts_text": 324,
        "awards_text": 552,
        "assessments_text": 414,
        "appointment_reason": 552,
        "reporting_unit": 252,
        "form_filled_by": 18,
    }
)
"""Characters a field takes in the editor (formats.md 1.5); 简历 has no limit."""

FAMILY_LIMITS: Mapping[str, int] = MappingProxyType(
    {"relation": 18, "name": 18, "political_status": 18, "unit_and_post": 124}
)
"""The same for the cells of a family line."""

FAMILY_ROWS = 7
"""Family lines of the printed form (formats.md 2.1)."""

_AS_ON_THE_FORM = {
    "party_text": _("入党时间"),
    "specialty": _("熟悉专业有何专长"),
    "current_posts_text": _("现任职务"),
    "awards_text": _("奖惩情况"),
    "assessments_text": _("年度考核结果"),
    "photo": _("照片"),
    "family": _("家庭主要成员及重要社会关系"),
}
_FAMILY_CELLS = {
    "relation": _("称谓"),
    "name": _("姓名"),
    "birth": _("出生日期"),
    "political_status": _("政治面貌"),
    "unit_and_post": _("工作单位及职务"),
}
_RESUME_LINE = _("简历第{line}行")
_FAMILY_CELL = _("家庭成员第{number}行“{cell}”")


def place_text(place: str, language: Language = "zh") -> str:
    """A cell in the form's own words: `入党时间`, `简历第3行`, `家庭成员第2行“称谓”`."""
    head, _dot, rest = place.partition(".")
    if head == "resume":
        return render(_RESUME_LINE, {"line": rest}, language)
    if head == "family" and rest:
        number, _dot, cell = rest.partition(".")
        shown = translate(_FAMILY_CELLS[cell], language)
        return render(_FAMILY_CELL, {"number": number, "cell": shown}, language)
    if head in _AS_ON_THE_FORM:
        return translate(_AS_ON_THE_FORM[head], language)
    column = PERSONS[head]
    return name_in(column, language)
