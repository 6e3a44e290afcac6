"""Derived facts against hand-worked examples."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.builders import AS_OF, month, of, person, roster, segment

from banzi.codes.lookup import load
from banzi.facts import PERSON_FACTS, derive
from banzi.facts.origins import ORIGINS
from banzi.facts.sanctions import LEAST_PERIODS, NEVER, WHOLE_PERIODS
from banzi.law import load_law
from banzi.people.choices import RetirementTrack, SanctionKind
from banzi.roster import Roster


def facts(given: Roster, as_of: date = AS_OF) -> dict[str, Any]:
    return derive(given, as_of, load_law()).row(0, named=True)


def test_the_frame_has_the_declared_columns_and_one_row_a_person() -> None:
    given = roster(persons=[person("乙"), person("甲")])
    frame = derive(given, AS_OF, load_law())
    assert frame["person_id"].to_list() == ["乙", "甲"]
    declared = {column.name: column.dtype for column in PERSON_FACTS}
    assert {name: frame.schema[name] for name in declared} == declared


def test_of_a_person_without_records_nothing_is_known() -> None:
    known = {
        name: value
        for name, value in facts(roster(persons=[person("甲")])).items()
        if name in PERSON_FACTS and value is not None
    }
    bounds = {name for name in known if name.endswith("_low") and known[name] == 0}
    assert set(known) - bounds == {"person_id", "conclusions_awaited"}


# facts: regulations, section 12 "Retire"
@pytest.mark.parametrize(
    ("sex", "track", "birth", "years", "months"),
    [
        ("male", None, 196501, 60, 1),
        ("male", None, 196505, 60, 2),
        ("male", None, 197609, 63, 0),
        ("male", None, 196412, 60, 0),
        ("male", None, 199001, 63, 0),
        ("female", "women_cadre", 197005, 55, 2),
        ("female", "women_worker", 197503, 50, 2),
        ("female", "women_worker", 199001, 55, 0),
        ("female", "women_county_leader", 196501, 60, 1),
    ],
)
def test_the_retirement_month_follows_the_table(
    sex: str, track: str | None, birth: int, years: int, months: int
) -> None:
    row = facts(roster(persons=[person("甲", sex=sex, retirement_track=track, birth=birth * 100)]))
    born = birth // 100 * 12 + birth % 100 - 1
    assert row["retirement_month"] - born == years * 12 + months


def test_ages_count_months_and_a_bare_year_gives_no_age() -> None:
    assert facts(roster(persons=[person("甲", birth=19760930)]))["age_months"] == 49 * 12 + 9
    row = facts(roster(persons=[person("甲", birth=19760000)]))
    assert (row["age_months"], row["birth_year"]) == (None, 1976)


def test_a_year_gives_a_span_of_service() -> None:
    row = facts(roster(persons=[person("甲", work_started=20200000)]))
    assert (row["service_months_low"], row["service_months_high"]) == (66, 77)


def test_unreadable_ends_and_unjudged_segments_widen_the_span_upwards_only() -> None:
    row = facts(
        roster(
            persons=[person("甲")],
            career_segments=[
                segment("甲", 1, "2010.07", "2012.07"),
                segment("甲", 2, "2012.07", "2013.07"),
                segment("甲", 3, "2024.06", "2024.06") | {"ended": None, "is_open": None},
            ],
            career_tags=[
                of("甲", segment_no=1, tag="grassroots", holds=True),
                of("甲", segment_no=3, tag="grassroots", holds=True),
            ],
        )
    )
    assert (row["grassroots_months_low"], row["grassroots_months_high"]) == (24, 24 + 12 + 24)
    assert row["has_grassroots"] is True
    assert row["has_enterprise"] is None


def test_no_sanction_is_a_fact_only_with_a_statement_of_completeness() -> None:
    assert facts(roster(persons=[person("甲")]))["sanctions_end_on"] is None
    complete = roster(
        persons=[person("甲")],
        completeness=[of("甲", table_name="sanctions", complete_on=20260101)],
    )
    assert facts(complete)["sanctions_end_on"] == NEVER


def test_the_present_seat_is_the_one_held_on_the_day() -> None:
    given = roster(
        persons=[person("甲")],
        seats=[
            {"seat_no": 1, "person_id": "甲", "post_id": "a", "started_on": 20200300, "ended_on": 20240600},
            {"seat_no": 2, "person_id": "甲", "post_id": "b", "started_on": 20240600},
        ],
    )  # fmt: skip
    row = facts(given)
    assert (row["current_post_id"], row["months_in_post_low"]) == ("b", 24)
    assert facts(given, date(2023, 1, 31))["current_post_id"] == "a"


def test_education_takes_the_highest_and_is_open_while_one_is_unread() -> None:
    def study(number: int, code: str | None, mode: str) -> dict[str, Any]:
        return of(
            "甲", education_no=number, education_code=code, education_name="某", education_mode=mode
        )

    both = [study(1, "31", "full_time"), study(2, "21", "in_service")]
    row = facts(roster(persons=[person("甲")], education=both))
    assert (row["education_tier"], row["full_time_education_tier"]) == (2, 1)
    unread = [*both, study(3, None, "in_service")]
    assert facts(roster(persons=[person("甲")], education=unread))["education_tier"] is None
    texts = person("甲", full_time_education="大专", in_service_education="大学")
    assert facts(roster(persons=[texts]))["education_tier"] == 2


def test_the_full_time_degree_is_the_highest_conferred_by_full_time_study() -> None:
    def study(number: int, mode: str | None, **degree: str) -> dict[str, Any]:
        return of("甲", education_no=number, education_name="大学", education_mode=mode, **degree)

    def tier(*studies: dict[str, Any], **texts: str) -> int | None:
        given = roster(persons=[person("甲", **texts)], education=list(studies))
        return facts(given)["full_time_degree_tier"]

    bachelor = study(1, "full_time", degree_code="402")
    master = study(2, "in_service", degree_code="309")
    assert tier(bachelor, master) == 1
    assert tier(bachelor, study(2, "full_time", degree_name="电子信息硕士")) == 2
    assert tier(study(1, "full_time")) == 0
    assert tier(study(1, "full_time", degree_name="看不清")) is None
    assert tier(bachelor, study(2, None, degree_code="208")) is None
    assert tier(master) is None, "whether there was full-time study is not known"
    assert tier(full_time_degree="工学博士") == 3
    assert tier(full_time_degree="名誉博士") == 0
    assert tier() is None


def test_levels_come_from_the_history_for_a_day_before_the_present_one() -> None:
    given = roster(
        persons=[person("甲", post_level="1A32", post_level_since=20240600)],
        level_history=[
            of("甲", level_no=1, level_kind="post_level", post_level="1A41", started_on=20180300,
               ended_on=20240600, in_force=False)
        ],
    )  # fmt: skip
    assert facts(given)["level_order"] == 3
    row = facts(given, date(2023, 3, 1))
    assert (row["level_order"], row["months_in_level_low"]) == (2, 60)
    assert month("2018.03") + 60 == month("2023.03")


def test_law_tables_speak_of_declared_kinds_and_codes() -> None:
    law = load_law().at(AS_OF)
    kinds = [kind for name in (*WHOLE_PERIODS, *LEAST_PERIODS) for kind in law.value(name)]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) | {SanctionKind.DISCHARGE.value} == {kind.value for kind in SanctionKind}
    tracks = [*law.value("retirement/schedule"), *law.value("retirement/schedule_women_leaders")]
    assert set(tracks) == {track.value for track in RetirementTrack}
    codes = {row.code for row in load("family_relation_form")}
    assert set(law.value("recusal_rules/kin_relations")["inside"]) <= codes


def test_every_origin_names_a_table() -> None:
    from banzi.roster import TABLES

    assert {table for tables in ORIGINS.values() for table in tables} <= set(TABLES)
