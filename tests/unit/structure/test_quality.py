"""Evidence beside the counts, and customs of posts, on rosters small enough to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders import of, person, roster

from banzi.facts import derive
from banzi.law import load_law
from banzi.roster import Roster
from banzi.structure.indicators import measure_all
from banzi.structure.members import Members, members_of
from banzi.structure.quality.customs import Custom, custom_table, customs
from banzi.structure.quality.evidence import Evidence, counts_only, evidence_of, evidence_table
from banzi.structure.report import report_data
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Measure, Target

LAW = load_law()
AS_OF = date(2026, 6, 30)


def house(people: list[dict[str, Any]], seats: list[dict[str, Any]], **more: Any) -> Roster:
    return roster(
        AS_OF,
        persons=people,
        organs=[{"organ_id": "o", "organ_name": "甲县政府"}],
        teams=[{"team_id": "府", "team_name": "县政府", "team_kind": "government", "organ_id": "o"}],
        posts=[
            {"post_id": post, "post_name": post, "organ_id": "o", "role": "deputy",
             "custom": custom}
            for post, custom in (("一", None), ("二", more.pop("custom", None)))
        ],
        post_teams=[
            {"post_id": post, "team_id": "府", "team_order": 1} for post in ("一", "二")
        ],
        seats=[{"seat_no": number, **seat} for number, seat in enumerate(seats, start=1)],
        **more,
    )  # fmt: skip


def members(rows: Roster) -> Members:
    return members_of(rows, derive(rows, rows.as_of, LAW), rows.as_of)


SEATED = [
    {"post_id": "一", "person_id": "甲", "started_on": 20240100},
    {"post_id": "二", "person_id": "乙", "started_on": 20240100},
]


def assessed(year: int, kind: str = "annual", outcome: str | None = "2") -> dict[str, Any]:
    return of("甲", assessment_kind=kind, year=year, outcome=outcome)


def test_only_dated_records_with_an_outcome_count_as_evidence() -> None:
    rows = house(
        [person("甲"), person("乙")],
        SEATED,
        assessments=[
            assessed(2025),
            assessed(2023),
            assessed(2022),  # before the three years
            assessed(2024, outcome=None),
            assessed(2025, "special"),
        ],
        conclusions=[
            of("甲", "conclusion_no", conclusion_kind="file_check", conclusion_outcome="met",
               concluded_by="组", concluded_on=date(2026, 1, 1), valid_until=date(2026, 6, 29)),
        ],
    )  # fmt: skip
    found = evidence_of(rows, members(rows), 3)
    assert found["甲"].counts[Evidence.ANNUAL] == 2
    assert found["甲"].counts[Evidence.SPECIAL] == 1
    assert found["甲"].missing == (Evidence.CONCLUSION,)  # its time ran out the day before
    assert found["乙"].on_counts_only
    table = evidence_table(rows, members(rows), 3)
    assert table.figure("persons", "annual").persons == ("甲",)
    assert table.row("府/乙").texts["missing"].startswith("无任何依据")


def test_a_team_that_meets_its_counts_without_evidence_is_named() -> None:
    rows = house([person("甲"), person("乙")], SEATED, assessments=[assessed(2025)])
    target = Target(id="t", title="t", measure=Measure.COUNT, op=">=", bound=2)
    present = members(rows)
    results = measure_all([target], present)
    (named,) = counts_only(present, evidence_of(rows, present, 3), results)
    assert {each.name for each in named.members} == {"甲", "乙"}
    assert "乙（缺年度考核" in named.message().text()
    missed = measure_all([target.model_copy(update={"bound": 3})], present)
    assert counts_only(present, evidence_of(rows, present, 3), missed) == ()
    assert counts_only(present, evidence_of(rows, present, 3), []) == ()


WOMEN = [person(name, sex="female") for name in "甲丙丁戊"]
PAST = [
    {"post_id": "一", "person_id": name, "started_on": start, "ended_on": end}
    for name, start, end in (("丙", 20100100, 20150100), ("丁", 20150100, 20200100),
                             ("戊", 20200100, 20240100))
]  # fmt: skip


def test_a_change_of_custom_is_flagged_and_bars_nobody() -> None:
    rows = house([*WOMEN, person("乙", sex="male"), person("己", sex="male")], [*SEATED, *PAST])
    present = members(rows)
    (kept,) = customs(rows, present, 3)
    assert (kept.kind, kept.changed, kept.past) == (Custom.WOMAN, False, ("戊", "丁", "丙"))
    planned = present.with_plan({"一": "己", "二": "乙"}, AS_OF)
    (changed,) = customs(rows, planned, 3)
    assert changed.changed is True
    assert changed.past == ("甲", "戊", "丁", "丙")  # who leaves is the latest holder
    table = custom_table([changed], AS_OF, 3)
    assert table.row("一/woman").texts["flag"] == "改变惯例，请研究决定"
    report = report_data(planned, [], ReportSettings(), present, rows)
    assert report.quality is not None
    assert [each.post_id for each in report.quality.customs] == ["一"]
    assert report.quality.quotas is None


def test_fewer_holders_an_unknown_one_or_another_kind_make_no_custom() -> None:
    assert not _found([*WOMEN, person("乙")], PAST[1:])
    unknown = [*WOMEN[:-1], person("戊"), person("乙")]
    assert not _found(unknown, PAST)
    assert not _found([*WOMEN[:-1], person("戊", sex="male"), person("乙")], PAST)


def test_a_custom_in_words_is_shown_and_left_to_people() -> None:
    rows = house([person("甲"), person("乙")], SEATED, custom="由党外干部担任")
    (said,) = customs(rows, members(rows), 3)
    assert (said.kind, said.changed, said.stated) == (None, None, "由党外干部担任")


def test_an_unknown_holder_leaves_the_change_open() -> None:
    people = [*WOMEN[1:], person("甲"), person("乙")]
    (found,) = _found(people, PAST)
    assert found.changed is None


def _found(people: list[dict[str, Any]], past: list[dict[str, Any]]) -> Any:
    rows = house(people, [*SEATED, *past])
    return customs(rows, members(rows), 3)
