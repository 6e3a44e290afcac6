"""What a change of law changes, and nothing else."""

from __future__ import annotations

from datetime import date

import polars as pl
from tests.builders import person, roster

from banzi.law import Grade, Law, Provenance, load_law
from banzi.roster import Roster
from banzi.rules.impact import (
    changed_decisions,
    changed_judgements,
    changed_parameters,
    changed_values,
    changed_verdicts,
    reasons_after,
)
from banzi.rules.runtime.verdicts import Verdict
from banzi.rules.teams_and_ranks import judge_ranks, judge_teams

LAW = load_law()
DAY = date(2026, 6, 30)
RANK_MONTHS = "rank_rules/min_months"
SERVICE = "appointment_regulations/min_service_months"
RULE = "appointment-regulations/8.1/work-years"


def stricter(months: int, since: date = date(2014, 1, 14)) -> Law:
    """The law with another least length of service from a day."""
    source = Provenance(source="某地规定")
    changed = LAW.parameters[SERVICE].replaced(since, months, Grade.VERIFIED, source)
    return Law(LAW.documents, LAW.clauses, {**LAW.parameters, SERVICE: changed})


def people(started: int | None = 20200310) -> Roster:
    """甲 began work in 2014-03 and has the post; 乙 began in 2000."""
    return roster(
        persons=[
            person("甲", work_started=20140300, post_level="1A41", post_level_since=20160300),
            person("乙", work_started=20000700, post_level="1A41", post_level_since=20160300),
        ],
        organs=[{"organ_id": "o", "organ_name": "某机构"}],
        teams=[{"team_id": "t", "team_name": "班子", "team_kind": "other", "organ_id": "o"}],
        posts=[
            {
                "post_id": "p",
                "post_name": "副职",
                "organ_id": "o",
                "role": "deputy",
                "post_level": "1A32",
            }
        ],
        post_teams=[{"post_id": "p", "team_id": "t", "team_order": 1}],
        seats=[{"person_id": "甲", "post_id": "p", "started_on": started}],
    )


def test_the_same_law_changes_nothing() -> None:
    assert changed_verdicts(people(), DAY, LAW, LAW).height == 0
    assert changed_decisions(people(), DAY, LAW, LAW).changed.height == 0
    assert changed_parameters(LAW, LAW) == ()


def test_a_changed_parameter_is_named() -> None:
    assert [name for name, _old, _new in changed_parameters(LAW, stricter(72))] == [SERVICE]


def test_a_changed_value_stands_beside_what_held_on_its_day() -> None:
    (value, grade) = changed_values(LAW, stricter(72, since=date(2021, 1, 1)))
    assert (value.since, value.before, value.after) == (date(2021, 1, 1), 60, 72)
    assert (value.label, value.source) == ("", "某地规定")
    assert (grade.before, grade.after) == (Grade.OLDER_EDITION, Grade.VERIFIED)


def test_an_entry_of_a_table_is_named_and_the_others_are_not_listed() -> None:
    name = "appointment_regulations/min_months_in_level"
    given = {"deputy_to_principal": 36, "lower_principal_to_deputy": 36}
    grade = LAW.parameters[name].grade
    changed = LAW.parameters[name].replaced(
        date(2020, 1, 1), given, grade, Provenance(source="某地规定")
    )
    law = Law(LAW.documents, LAW.clauses, {**LAW.parameters, name: changed})
    (value,) = changed_values(LAW, law)
    assert (value.label, value.before, value.after) == ("副职任正职", 24, 36)


def test_a_value_of_a_day_before_any_has_nothing_beside_it() -> None:
    (value,) = [
        each
        for each in changed_values(LAW, stricter(72, since=date(2010, 1, 1)))
        if not isinstance(each.after, Grade)
    ]
    assert (value.before, value.after) == (None, 72)


def test_the_reason_is_what_the_changed_law_says() -> None:
    law = stricter(400)
    found = changed_verdicts(people(), DAY, LAW, law).filter(rule_id=RULE)
    (reason,) = reasons_after(people(), found, law)
    assert reason.startswith("工龄311个月")


def test_only_verdicts_that_differ_are_listed() -> None:
    found = changed_verdicts(people(), DAY, LAW, stricter(400)).filter(rule_id=RULE)
    assert [(row["person_id"], row["after"]) for row in found.to_dicts()] == [("乙", "fail")]


def test_what_is_said_of_teams_and_ranks_is_compared_too() -> None:
    before = LAW.parameters[RANK_MONTHS]
    found = before.at(DAY)
    assert found is not None
    values = {rank: {**row, "months": row["months"] + 240} for rank, row in found.value.items()}
    changed = before.replaced(DAY, values, Grade.VERIFIED, Provenance(source="某地规定"))
    after = Law(LAW.documents, LAW.clauses, {**LAW.parameters, RANK_MONTHS: changed})
    ranked = people().with_tables(
        persons=people()["persons"].with_columns(
            rank=pl.lit("04"), rank_since=pl.lit(20180100, pl.Int32)
        )
    )
    assert changed_judgements(judge_ranks, ranked, DAY, LAW, LAW) == []
    changes = changed_judgements(judge_ranks, ranked, DAY, LAW, after)
    assert {new.subject for _old, new in changes} == {"甲", "乙"}
    assert {(old.verdict, new.verdict) for old, new in changes} == {(Verdict.PASS, Verdict.FAIL)}
    assert changed_judgements(judge_teams, ranked, DAY, LAW, after) == []


def test_a_past_decision_is_judged_on_the_eve_of_taking_up_the_post() -> None:
    found = changed_decisions(people(), DAY, LAW, stricter(73))
    row = found.changed.filter(rule_id=RULE).to_dicts()[0]
    assert (row["person_id"], row["judged_on"]) == ("甲", date(2020, 3, 9))
    assert (row["before"], row["after"]) != (row["after"], row["before"])
    assert row["after"] == "fail"


def test_a_past_decision_keeps_the_edition_of_its_day() -> None:
    later = stricter(400, since=date(2021, 1, 1))
    assert changed_decisions(people(), DAY, LAW, later).changed.height == 0


def test_a_seat_known_to_the_month_is_judged_on_the_last_day_before_it() -> None:
    found = changed_decisions(people(started=20200300), DAY, LAW, stricter(73))
    assert found.changed["judged_on"].unique().to_list() == [date(2020, 2, 29)]


def test_seats_without_a_month_are_counted_and_not_judged() -> None:
    for started in (None, 20200000):
        found = changed_decisions(people(started=started), DAY, LAW, stricter(73))
        assert (found.judged, found.undated, found.changed.height) == (0, 1, 0)
