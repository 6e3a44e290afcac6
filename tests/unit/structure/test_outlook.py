"""The teams in years to come, counted by hand on a house of four."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import person, roster

from banzi.facts import derive
from banzi.facts.derive import some_facts
from banzi.kernel.dates import add_months, month_index, month_of
from banzi.law import load_law
from banzi.roster import Roster
from banzi.rules import screen
from banzi.structure.indicators import measure_all
from banzi.structure.members import Members, members_of
from banzi.structure.outlook.bench import bench_table
from banzi.structure.outlook.cliffs import cliffs
from banzi.structure.outlook.departures import (
    Departure,
    PostAge,
    Reason,
    departures,
    left_by,
    term_limit,
)
from banzi.structure.outlook.forecasting import forecast
from banzi.structure.outlook.tables import forecast_table, ladder_table, wave_table
from banzi.structure.report import report_data
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Measure, Target

LAW = load_law()
AS_OF = date(2026, 6, 30)
POSTS = ("书记", "县长", "副县长", "副县长二", "空岗")


def house(people: list[dict[str, Any]], started: dict[str, int | None]) -> Roster:
    """书记 sits in the committee, 县长 in both teams, the others in the government."""
    seats = dict(zip(POSTS, [row["person_id"] for row in people], strict=False))
    return roster(
        AS_OF,
        persons=[{"sex": "male", **row} for row in people],
        organs=[{"organ_id": "o", "organ_name": "甲县"}],
        teams=[
            {"team_id": "委", "team_name": "县委", "team_kind": "party_committee",
             "organ_id": "o", "display_order": 1, "region": "甲县"},
            {"team_id": "府", "team_name": "县政府", "team_kind": "government",
             "organ_id": "o", "display_order": 2, "region": "甲县"},
        ],
        posts=[
            {"post_id": post, "post_name": post, "organ_id": "o", "display_order": number,
             "role": "principal" if number < 3 else "deputy", "post_level": "1A32"}
            for number, post in enumerate(POSTS, start=1)
        ],
        post_teams=[
            {"post_id": "书记", "team_id": "委", "team_order": 1},
            {"post_id": "县长", "team_id": "委", "team_order": 1},
            {"post_id": "县长", "team_id": "府", "team_order": 2},
            *({"post_id": post, "team_id": "府", "team_order": 1} for post in POSTS[2:]),
        ],
        seats=[
            {"seat_no": number, "post_id": post, "person_id": holder,
             "started_on": started.get(post, 20240100)}
            for number, (post, holder) in enumerate(seats.items(), start=1)
        ],
    )  # fmt: skip


PEOPLE = [
    person("赵", birth=19660700),  # men born in July 1966: 60 years and 5 months, so 2026.12
    person("钱", birth=19700100),
    person("孙", birth=19800300),
    person("李", birth=19750000),  # the month is not known
]
STARTED: dict[str, int | None] = {"县长": 20170900, "副县长": 20230500}


def facts_of(rows: Roster, day: date, names: Collection[str]) -> pl.DataFrame:
    return some_facts(rows, day, LAW, names)


def looked_at(rows: Roster) -> tuple[Members, tuple[Departure, ...]]:
    members = members_of(rows, derive(rows, rows.as_of, LAW), rows.as_of)
    return members, departures(rows, members, LAW.at(rows.as_of))


@pytest.fixture(scope="module")
def case() -> tuple[Roster, Members, tuple[Departure, ...]]:
    rows = house(PEOPLE, STARTED)
    return rows, *looked_at(rows)


def month_of_departure(found: tuple[Departure, ...], name: str, reason: Reason) -> int | None:
    (month,) = {each.month for each in found if each.name == name and each.reason is reason}
    return month


def test_months_rest_on_the_table_and_on_ten_years_in_one_post(case: Any) -> None:
    _rows, _members, found = case
    assert month_of_departure(found, "赵", Reason.RETIREMENT) == month_index(2026, 12)
    assert month_of_departure(found, "李", Reason.RETIREMENT) is None
    assert month_of_departure(found, "钱", Reason.TERM) == month_index(2027, 9)
    limit = term_limit(LAW.at(AS_OF))
    assert limit is not None
    assert (limit.months, limit.basis) == (120, "AR/exchange；EX/5；TM/3-7/two-terms")


def test_who_leaves_when_is_counted_by_hand(case: Any) -> None:
    rows, members, found = case
    made = forecast(members, found, partial(facts_of, rows))
    present = [[line.name for line in each.overall.members] for each in made.horizons]
    assert present == [
        ["赵", "钱", "孙", "李"],
        ["钱", "孙", "李"],
        ["孙", "李"],  # 钱 has been 县长 for ten years
        ["孙", "李"],
    ]
    table = forecast_table(made)
    assert table.figure("委", "left_3").persons == ("赵", "钱")
    assert table.figure("府", "left_3").persons == ("钱",)
    assert table.figure("total", "left_3").value == 2  # each person once
    assert table.figure("total", "mean_1").value is not None
    assert {each.name for each in made.undated} == {"李"}
    assert any(note.code == "outlook/undated" and "李" in note.text() for note in table.notes)


def test_a_team_that_loses_a_third_of_its_members_is_a_cliff(case: Any) -> None:
    rows, members, found = case
    made = forecast(members, found, partial(facts_of, rows))
    told = [(each.years, each.team_name, each.lost, each.seats) for each in cliffs(members, made)]
    assert told == [
        (1, "县委", 1, 2),
        (3, "县委", 2, 2),
        (3, "县政府", 1, 3),
        (5, "县委", 2, 2),
        (5, "县政府", 1, 3),
    ]


def test_at_nought_years_the_forecast_is_the_report_of_today(case: Any) -> None:
    rows, members, found = case
    target = Target(id="t", title="t", measure=Measure.MEAN, value="age_months", op="<=", bound=500)
    made = forecast(members, found, partial(facts_of, rows), (target,), years=(0,))
    (now,) = made.horizons
    report = report_data(members, [target], ReportSettings())
    assert now.overall == report.overall
    assert now.teams == report.teams
    assert now.results == report.results


def test_a_target_is_measured_on_the_later_day_by_the_same_object(case: Any) -> None:
    rows, members, found = case
    target = Target(id="t", title="t", measure=Measure.COUNT, op=">=", bound=3)
    made = forecast(members, found, partial(facts_of, rows), (target,))
    assert [each.results[0].numerator for each in made.horizons] == [4, 3, 2, 2]
    assert [each.results[0].shortfall for each in made.horizons] == [0, 0, 1, 1]
    then = made.horizons[2]
    assert list(then.results) == measure_all([target], then.members)


def test_the_office_limit_of_age_frees_a_seat_only_where_one_is_set(case: Any) -> None:
    rows, members, _found = case
    ages = {("副县长", "孙"): PostAge(month_index(2027, 1), "本地界限")}
    found = departures(rows, members, LAW.at(AS_OF), ages)
    made = forecast(members, found, partial(facts_of, rows), years=(1,))
    assert [line.name for line in made.horizons[1].overall.members] == ["钱", "李"]
    assert "本地界限" in forecast_table(made).notes[0].text()


def test_a_wave_puts_every_member_into_one_half_year(case: Any) -> None:
    _rows, members, found = case
    table = wave_table(members, found, 5)
    total = table.row("total")
    assert total.figures["half_1"].persons == ("赵",)  # second half of 2026
    assert total.figures["unknown"].persons == ("李",)
    for row in table.rows:
        parts = [figure.value or 0 for key, figure in row.figures.items() if key != "all"]
        assert sum(parts) == row.figures["all"].value
    level = table.row("level/1A32")
    assert level.figures["all"].value == 4


def test_the_ladder_keeps_everybody_in_one_band_or_among_the_unknown(case: Any) -> None:
    rows, members, found = case
    made = forecast(members, found, partial(facts_of, rows))
    table = ladder_table(made, ReportSettings())
    for each in made.horizons:
        key = f"present_{each.years}"
        parts = [row.figures[key].value or 0 for row in table.rows if row.key != "total"]
        assert sum(parts) == table.figure("total", key).value == len(each.overall.members)
    assert table.figure("unknown", "present_0").persons == ("李",)


def test_the_bench_counts_those_without_a_seat_of_the_same_or_the_next_lower_level() -> None:
    free = [
        person("周", birth=19780100, post_level="1A32", post_level_since=20200100),
        person("吴", birth=19780100, post_level="1A41", post_level_since=20200100),
        person("郑", birth=19780100, post_level="1A42", post_level_since=20200100),
        person("王", birth=19780100),
    ]
    rows = house(PEOPLE, STARTED)
    more = pl.concat([rows["persons"], roster(AS_OF, persons=free)["persons"]])
    rows = rows.with_tables(persons=more)
    members, _found = looked_at(rows)
    table = bench_table(members, screen(rows, AS_OF, law=LAW))
    row = table.row("副县长")
    counted = {person for figure in row.figures.values() for person in figure.persons}
    assert counted <= {"周", "吴"}
    assert table.row("空岗").texts["holder"] == "空缺"
    assert any(note.code == "outlook/bench-level-open" for note in table.notes)


births = st.builds(
    lambda year, month: year * 10000 + month * 100, st.integers(1958, 1992), st.integers(0, 12)
)
starts = st.one_of(
    st.none(),
    st.builds(
        lambda year, month: year * 10000 + month * 100, st.integers(2012, 2026), st.integers(0, 6)
    ),
)


@settings(deadline=None, max_examples=6)
@given(st.lists(births, min_size=1, max_size=5), st.data())
def test_nobody_comes_back_and_names_and_order_change_nothing(
    born: list[int], data: st.DataObject
) -> None:
    people = [person(f"人{number}", birth=birth) for number, birth in enumerate(born)]
    started = {post: data.draw(starts) for post in POSTS}
    rows = house(people, started)
    members, found = looked_at(rows)
    made = forecast(members, found, partial(facts_of, rows), years=(1, 2, 4))
    before: set[str] | None = None
    for each in made.horizons:
        present = {line.person_id for line in each.overall.members}
        assert before is None or present <= before
        before = present
        gone = {departure.person_id for departure in each.left}
        assert present | gone == {row["person_id"] for row in people}
    shuffled = rows.with_tables(
        persons=rows["persons"].reverse().with_columns(name=pl.lit("某")),
        seats=rows["seats"].reverse(),
    )
    again = forecast(*looked_at(shuffled), partial(facts_of, shuffled), years=(1, 2, 4))
    figures = [
        {row.key: {key: figure.value for key, figure in row.figures.items()} for row in table.rows}
        for table in (forecast_table(made), forecast_table(again))
    ]
    assert figures[0] == figures[1]


def test_somebody_long_due_who_still_sits_goes_at_the_first_horizon() -> None:
    today = month_of(AS_OF)
    overdue = Departure("赵", "赵", "书记", Reason.RETIREMENT, today - 5, "RETIRE/age", False)
    assert left_by([overdue], today, today) == ()
    assert left_by([overdue], today, month_of(add_months(AS_OF, 12))) == (overdue,)
