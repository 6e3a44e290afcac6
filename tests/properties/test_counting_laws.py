"""Laws of the tables of figures over random rosters: they add up, and nobody is lost or doubled."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders_structure import people_frame
from tests.support.counting import AS_OF

from banzi.roster import Roster
from banzi.structure.counting.area_teams import area_table
from banzi.structure.counting.establishments import establishment_table
from banzi.structure.counting.figures import FigureTable, RowKind, Unit
from banzi.structure.counting.quotas import quota_table
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.counting.statistics import PARTITIONS, birth_year_table, statistics_table
from banzi.structure.counting.structural import structural_table
from banzi.structure.members import Members, members_of

SETTINGS = default_settings()
PEOPLE = [f"人{number}" for number in range(8)]
PARTS = ("all", "principal", "deputy")

small = st.one_of(st.none(), st.integers(0, 4))
truth = st.sampled_from([True, False, None])


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    organs = [
        {
            "organ_id": f"o{n}", "organ_name": f"机构{n}", "region_tier": "county",
            "organ_category": draw(st.sampled_from(["国有企业", "机关"])),
            "principal_quota": draw(small), "deputy_quota": draw(small),
            "technical_head_quota": draw(small), "establishment": draw(small),
            "institution_establishment": draw(small),
        }
        for n in range(3)
    ]  # fmt: skip
    kinds = st.sampled_from(["party_committee", "government", "court", "department"])
    teams = [
        {"team_id": f"t{n}", "team_name": f"班子{n}", "team_kind": draw(kinds),
         "organ_id": f"o{n}", "region": draw(st.sampled_from(["甲县", "乙县"])), "display_order": n}
        for n in range(3)
    ]  # fmt: skip
    roles = st.sampled_from(["principal", "deputy", "member"])
    posts, links = [], []
    for number in range(6):
        own = draw(st.integers(0, 2))
        posts.append(
            {"post_id": f"p{number}", "post_name": draw(st.sampled_from(["副职", "总工程师"])),
             "organ_id": f"o{own}", "role": draw(roles), "counts_against_quota": draw(truth)}
        )  # fmt: skip
        seen = draw(st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True))
        links += [
            {"post_id": f"p{number}", "team_id": f"t{team}", "team_order": order,
             "role_in_team": draw(st.one_of(st.none(), roles))}
            for order, team in enumerate(seen, start=1)
        ]  # fmt: skip
    seats = [
        {"seat_no": number, "post_id": post, "person_id": person, "started_on": 20200100}
        for number, (post, person) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from([p["post_id"] for p in posts]), st.sampled_from(PEOPLE)
                    ),
                    max_size=8,
                    unique=True,
                )
            )
        )
    ]
    words = st.sampled_from([None, "行政编制", "事业编制", "写法不明"])
    states = st.sampled_from([None, "现职人员", "退休", "不明"])
    units = st.sampled_from([None, "机构0", "机构1", "别处"])
    persons = [
        {"person_id": name, "name": name, "establishment_kind": draw(words),
         "management_status": draw(states), "reporting_organ": draw(units)}
        for name in PEOPLE
    ]  # fmt: skip
    return Roster.of(
        AS_OF, organs=organs, teams=teams, posts=posts, post_teams=links, seats=seats,
        persons=persons,
    )  # fmt: skip


@st.composite
def facts(draw: st.DrawFn) -> pl.DataFrame:
    tier = st.one_of(st.none(), st.integers(0, 3))
    rows = []
    for name in PEOPLE:
        age = draw(st.one_of(st.none(), st.integers(25 * 12, 66 * 12)))
        born = None if age is None else 2026 - age // 12
        rows.append(
            {"person_id": name, "age_months": age, "birth_year": born, "is_woman": draw(truth),
             "is_party_member": draw(truth), "is_minority": draw(truth),
             "education_tier": draw(tier), "full_time_education_tier": draw(tier),
             "full_time_degree_tier": draw(tier)}
        )  # fmt: skip
    return people_frame(rows)


def values(table: FigureTable) -> dict[tuple[str, str], Any]:
    """Figures by row and column, with the number of persons behind them."""
    return {
        (row.key, key): (figure.value, figure.is_open, sorted(figure.persons))
        for row in table.rows
        for key, figure in row.figures.items()
    }


def members(roster: Roster, people: pl.DataFrame) -> Members:
    return members_of(roster, people, AS_OF)


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_over_and_short_are_the_two_sides_of_the_difference(roster: Roster) -> None:
    for table in (
        quota_table(roster, AS_OF, SETTINGS),
        establishment_table(roster, AS_OF, SETTINGS),
    ):
        parts = {
            c.key.removesuffix("_allowed") for c in table.columns if c.key.endswith("_allowed")
        }
        for row in table.rows:
            for part in parts:
                allowed, actual, over, short = (
                    row.figures[f"{part}_{key}"].value
                    for key in ("allowed", "actual", "over", "short")
                )
                assert over is None or over >= 0
                assert short is None or short >= 0
                if row.kind is RowKind.TOTAL or allowed is None:
                    continue
                if over is not None and short is not None:
                    assert actual - allowed == over - short


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_a_total_is_the_sum_of_its_rows(roster: Roster) -> None:
    for table in (
        quota_table(roster, AS_OF, SETTINGS),
        establishment_table(roster, AS_OF, SETTINGS),
        area_table(roster, AS_OF, SETTINGS),
    ):
        rows = [row for row in table.rows if row.kind is RowKind.ROW]
        for column in table.columns:
            if column.unit is not Unit.COUNT or not rows:
                continue
            known = [row.figures[column.key].value for row in rows]
            expected = sum(value for value in known if value is not None)
            assert (table.figure("total", column.key).value or 0) == expected


@settings(max_examples=40, deadline=None)
@given(rosters())
def test_nobody_is_lost_or_counted_twice_in_an_organ(roster: Roster) -> None:
    table = quota_table(roster, AS_OF, SETTINGS)
    for row in table.rows[:-1]:
        sure, doubtful = row.figures["all_actual"].persons, row.figures["unknown"].persons
        assert len(set(sure)) == len(sure)
        assert not set(sure) & set(doubtful)
    books = establishment_table(roster, AS_OF, SETTINGS)
    listed = [
        person
        for row in books.rows[:-1]
        for key, figure in row.figures.items()
        if key.endswith("_actual") or key == "unknown"
        for person in figure.persons
    ]
    assert len(set(listed)) == len(listed)
    gone = roster["persons"].filter(
        (pl.col("management_status") == "退休") | (pl.col("reporting_organ") == "别处")
    )
    assert set(listed) == set(PEOPLE) - set(gone["person_id"])


@settings(max_examples=40, deadline=None)
@given(rosters(), facts())
def test_a_partition_takes_in_every_member_once(roster: Roster, people: pl.DataFrame) -> None:
    for make in (statistics_table, birth_year_table):
        table = make(roster, members(roster, people), SETTINGS)
        for row in table.rows:
            for beginning in PARTITIONS:
                shares = [f for key, f in row.figures.items() if key.startswith(beginning)]
                if shares:
                    found = sorted(person for figure in shares for person in figure.persons)
                    assert found == sorted(row.figures["present"].persons)


@settings(max_examples=40, deadline=None)
@given(rosters(), facts())
def test_in_the_total_of_the_statistics_everybody_stands_once(
    roster: Roster, people: pl.DataFrame
) -> None:
    table = statistics_table(roster, members(roster, people), SETTINGS)
    present = table.figure("total", "present").persons
    rows = [row for row in table.rows if row.kind is RowKind.ROW]
    assert set(present) == {person for row in rows for person in row.figures["present"].persons}
    assert len(set(present)) == len(present)


@settings(max_examples=30, deadline=None)
@given(rosters(), facts(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_figure(
    roster: Roster, people: pl.DataFrame, rng: random.Random
) -> None:
    def shuffled(frame: pl.DataFrame) -> pl.DataFrame:
        order = list(range(frame.height))
        rng.shuffle(order)
        return frame[order]

    names = ("persons", "organs", "posts", "post_teams", "seats", "teams")
    other = roster.with_tables(**{name: shuffled(roster[name]) for name in names})
    for quota in (quota_table, establishment_table, area_table):
        assert values(quota(roster, AS_OF, SETTINGS)) == values(quota(other, AS_OF, SETTINGS))
    was, now = members(roster, people), members(other, shuffled(people))
    for count in (statistics_table, birth_year_table):
        assert values(count(roster, was, SETTINGS)) == values(count(other, now, SETTINGS))
    assert values(structural_table(was, [])) == values(structural_table(now, []))


@settings(max_examples=30, deadline=None)
@given(rosters())
def test_other_names_change_no_figure(roster: Roster) -> None:
    renamed = roster.with_tables(
        persons=roster["persons"].with_columns(name=pl.lit("某") + pl.col("name"))
    )
    for quota in (quota_table, establishment_table, area_table):
        assert values(quota(roster, AS_OF, SETTINGS)) == values(quota(renamed, AS_OF, SETTINGS))
