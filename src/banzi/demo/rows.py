"""The invented prefecture as a roster: what an office would know if its files had no blemish.

The files are written from this roster through the codecs; nothing here is read by the commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from banzi.codes.lookup import code_of, short_of
from banzi.demo.people import LEVELS, Official, Step, digits
from banzi.demo.region import organ_rows, post_rows, post_team_rows, team_rows
from banzi.demo.resumes import career_rows, resume_text, tag_rows
from banzi.demo.world import World
from banzi.kernel.dates import PartialDate, month_parts
from banzi.people.choices import (
    AssessmentKind,
    CareerTag,
    ConclusionKind,
    ConclusionOutcome,
    EducationMode,
    ExpertField,
    LevelKind,
    RetirementTrack,
    Sex,
)
from banzi.roster import Roster

Row = dict[str, object]

COMPLETE_TABLES = (
    "appointments",
    "assessments",
    "career_segments",
    "career_tags",
    "education",
    "level_history",
    "relatives",
    "sanctions",
    "training",
)
"""Tables that the invented office keeps fully, and says so."""

HEADLINE_FIELDS = (
    ExpertField.TECHNOLOGY,
    ExpertField.FINANCE,
    ExpertField.SOCIAL_GOVERNANCE,
    ExpertField.ECOLOGY,
)
"""Fields the office judged for everybody (systems.md, mechanism 26)."""

CONCLUSIONS = tuple(kind for kind in ConclusionKind if kind is not ConclusionKind.SANCTION_EFFECT)
"""What was concluded about everybody before the teams were planned."""


def build_roster(
    world: World,
    people: Sequence[Official] | None = None,
    with_teams: bool = True,
    areas_before: int = 0,
) -> Roster:
    """Every table the generator has something to say about.

    `people` picks some of the officials; without teams there are no organs, posts and seats either.
    `areas_before` prefectures and counties were written already: numbers go on from theirs.
    """
    people = world.officials if people is None else people
    tables: dict[str, list[Row]] = {
        "persons": [_person_row(world, person) for person in people],
    }
    if with_teams:
        tables |= {
            "organs": organ_rows(world.region),
            "teams": team_rows(world.region, areas_before),
            "posts": post_rows(world.region),
            "post_teams": post_team_rows(world.region),
            "seats": _seat_rows(world, areas_before),
        }
    by_table = {
        "career_segments": career_rows,
        "career_tags": tag_rows,
        "appointments": _appointment_rows,
        "level_history": _level_rows,
        "education": _education_rows,
        "assessments": _assessment_rows,
        "awards": _award_rows,
        "sanctions": _sanction_rows,
        "training": _training_rows,
        "expertise": _expertise_rows,
        "relatives": _relative_rows,
    }
    for name, rows_of in by_table.items():
        tables[name] = [
            {"person_id": person.key, **row} for person in people for row in rows_of(person)
        ]
    as_of = world.knobs.as_of
    tables["conclusions"] = [
        {"person_id": person.key, **row, "concluded_on": as_of}
        for person in people
        for row in _conclusion_rows(person)
    ]
    complete_on = int(PartialDate.from_date(as_of))
    tables["completeness"] = [
        {
            "person_id": person.key,
            "table_name": name,
            "complete_on": complete_on,
            "basis": "干部人事档案专项审核",
        }
        for person in people
        for name in COMPLETE_TABLES
        if not (name == "assessments" and as_of.year - 1 not in person.assessments)
    ]
    return Roster.of(as_of, **tables)


def _person_row(world: World, person: Official) -> Row:
    as_of = int(PartialDate.from_date(world.knobs.as_of))
    full = [study for study in person.studies if study.full_time][-1]
    beside = next((study for study in person.studies if not study.full_time), None)
    return {
        "person_id": person.key,
        "name": person.name,
        "id_number": person.id_number,
        "sex": person.sex,
        "birth": digits(person.born),
        "native_place": person.native_place,
        "birthplace": person.birthplace,
        "growth_place": person.growth_place,
        "ethnicity": person.ethnicity,
        "health": "健康",
        "work_started": digits(person.work_started),
        "party_text": party_text(person),
        "political_status": person.political,
        "party_joined": None if person.party_joined is None else digits(person.party_joined),
        "person_category": "公务员",
        "management_status": "现职人员",
        "specialty": person.main_field.zh,
        "current_posts_text": person.now.text,
        "current_posts_short": person.now.text,
        "post_level": person.level,
        "post_level_since": digits(person.level_since),
        "has_grassroots_years": grassroots_months(person, world.knobs.as_of_month) >= 24,
        "reporting_organ": person.now.titles[0][0],
        "establishment_kind": "行政编制",
        "civil_servant_registered_on": digits(max(person.work_started, 2006 * 12)),
        "is_examined_recruit": person.work_started >= 1996 * 12,
        "recruited_on": digits(person.work_started),
        "is_selected_graduate": False,
        "retirement_track": _retirement_track(person),
        "full_time_education": full.education,
        "full_time_degree": full.degree,
        "full_time_education_school": full.school_and_major,
        "full_time_degree_school": full.school_and_major,
        "in_service_education": beside.education if beside else None,
        "in_service_degree": (beside.degree or None) if beside else None,
        "in_service_education_school": beside.school_and_major if beside else None,
        "in_service_degree_school": (beside.school_and_major if beside and beside.degree else None),
        "resume_text": resume_text(person),
        "awards_text": _awards_text(person),
        "assessments_text": _assessments_text(person),
        "reporting_unit": f"中共{world.region.city}委组织部",
        "age_counted_on": as_of,
        "form_filled_on": as_of,
        "form_filled_by": "经办人",
        "form_version": "3.2.1.16",
    }


def _retirement_track(person: Official) -> RetirementTrack:
    if person.sex is Sex.MALE:
        return RetirementTrack.MEN
    leads_county = LEVELS.index(person.level) >= LEVELS.index("1A32")
    return RetirementTrack.WOMEN_COUNTY_LEADER if leads_county else RetirementTrack.WOMEN_CADRE


def party_text(person: Official) -> str | None:
    """入党时间 as the form has it: the month for members of the CPC, else the party; 群众 blank."""
    if person.political == "01" and person.party_joined is not None:
        return PartialDate(digits(person.party_joined)).digits()
    return short_of("political_gbt4762", person.political)


def grassroots_months(person: Official, as_of: int) -> int:
    """Months of main stays that count as grassroots work; stays never overlap."""
    return sum(
        (ended or as_of) - started
        for started, ended, tags in person.stays()
        if CareerTag.GRASSROOTS in tags
    )


def _awards_text(person: Official) -> str:
    lines = [f"{year}年，{by}记{award}。" for award, year, by in person.awards]
    for _family, kind, day in person.sanctions:
        decided = PartialDate(day)
        lines.append(f"{decided.year}年{decided.month}月，受{kind.zh}处理。")
    return "\n".join(lines) or "无"


def _assessments_text(person: Official) -> str:
    years = sorted(person.assessments)[-2:]
    names = {"1": "优秀", "2": "称职", "3": "基本称职"}
    return "，".join(f"{year}年度{names[person.assessments[year]]}" for year in years)


def _seat_rows(world: World, areas_before: int) -> list[Row]:
    first = areas_before * len(world.region.areas[0].posts) + 1
    return [
        {
            "seat_no": number,
            "post_id": person.now.post_id,
            "person_id": person.key,
            "started_on": digits(person.now.started),
            "document": f"澜组干〔{month_parts(person.now.started)[0]}〕{number}号",
        }
        for number, person in enumerate(world.incumbents, first)
    ]


def _appointment_rows(person: Official) -> list[Row]:
    rows: list[Row] = []
    for stay in person.steps:
        for order, (organ, post) in enumerate(stay.titles, start=1):
            rows.append(
                {
                    "appointment_no": len(rows) + 1,
                    "organ_name": organ,
                    "is_team_member": stay.level in ("1A32", "1A31", "1A22", "1A21"),
                    "role": stay.role,
                    "post_name": post,
                    "is_leadership": stay.leading,
                    "order_among_posts": order,
                    "appointed_on": digits(stay.started),
                    "appointment_method": "委任",
                    "is_exceptional": False,
                    "in_office": stay.ended is None,
                    "removed_on": None if stay.ended is None else digits(stay.ended),
                    "is_main_post": order == 1,
                    "is_printed": True,
                }
            )
    return rows


def _level_rows(person: Official) -> list[Row]:
    rows: list[Row] = []
    for level in LEVELS[1:]:
        stays: list[Step] = [stay for stay in person.steps if stay.level == level]
        if stays:
            ended = stays[-1].ended
            rows.append(
                {
                    "level_no": len(rows) + 1,
                    "level_kind": LevelKind.POST_LEVEL,
                    "post_level": level,
                    "started_on": digits(stays[0].started),
                    "ended_on": None if ended is None else digits(ended),
                    "in_force": ended is None,
                }
            )
    return rows


def _education_rows(person: Official) -> list[Row]:
    return [
        {
            "education_no": number,
            "education_mode": (
                EducationMode.FULL_TIME if study.full_time else EducationMode.IN_SERVICE
            ),
            "education_name": study.education,
            "education_code": study.education_code,
            "degree_name": study.degree or None,
            "school": study.school,
            "major": study.major,
            "entered_on": digits(study.entered),
            "graduated_on": digits(study.left),
            "degree_on": digits(study.left) if study.degree else None,
            "is_printed": True,
        }
        for number, study in enumerate(person.studies, start=1)
    ]


def _assessment_rows(person: Official) -> list[Row]:
    return [
        {"assessment_kind": AssessmentKind.ANNUAL, "year": year, "outcome": outcome}
        for year, outcome in sorted(person.assessments.items())
    ]


def _award_rows(person: Official) -> list[Row]:
    return [
        {"award_no": number, "award_name": name, "awarded_on": year * 10000, "awarded_by": by}
        for number, (name, year, by) in enumerate(person.awards, start=1)
    ]


def _sanction_rows(person: Official) -> list[Row]:
    return [
        {
            "sanction_no": number,
            "sanction_family": family,
            "sanction_kind": kind,
            "decided_on": day,
            "decided_by": "有干部管理权限的机关",
        }
        for number, (family, kind, day) in enumerate(person.sanctions, start=1)
    ]


def _training_rows(person: Official) -> list[Row]:
    return [
        {
            "training_no": number,
            "training_name": course,
            "organised_by": organiser,
            "started_on": digits(start),
            "ended_on": digits(end),
            "class_hours": hours,
        }
        for number, (course, organiser, start, end, hours) in enumerate(person.training, start=1)
    ]


def _expertise_rows(person: Official) -> list[Row]:
    """Fields a person is versed in; of the headline fields also which ones not."""
    held = [
        {"field": field, "holds": True, "basis": basis} for field, basis in person.fields.items()
    ]
    others = [field for field in HEADLINE_FIELDS if field not in person.fields]
    return [*held, *({"field": field, "holds": False, "basis": "无相关经历"} for field in others)]


def _relative_rows(person: Official) -> list[Row]:
    return [
        {
            "relative_no": number,
            "relation_text": line.relation,
            "relation": code_of("family_relation_form", line.relation),
            "name": line.name,
            "birth": None if line.born is None else digits(line.born),
            "political_status_text": line.political,
            "unit_and_post": line.unit_and_post,
            "id_number": line.id_number or None,
            "relative_person_id": line.official or None,
            "is_linked": bool(line.official),
        }
        for number, line in enumerate(person.relatives, start=1)
    ]


def _conclusion_rows(person: Official) -> list[dict[str, Any]]:
    kinds = [*CONCLUSIONS, *([ConclusionKind.SANCTION_EFFECT] if person.sanctions else [])]
    rows = []
    for number, kind in enumerate(kinds, start=1):
        waiting = kind is ConclusionKind.POLITICAL_GATE and person.gate_open
        rows.append(
            {
                "conclusion_no": number,
                "conclusion_kind": kind,
                "conclusion_outcome": (
                    ConclusionOutcome.UNDER_REVIEW if waiting else ConclusionOutcome.MET
                ),
                "concluded_by": "换届人选联审小组",
                "basis": "换届人选联审纪要",
            }
        )
    return rows
