"""What always holds for due months: the frame says what one person's arithmetic says, and time is
monotone in birth."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import person, roster

from banzi.due.catalogue import KINDS, due_months
from banzi.due.entries import DUE, DueCase
from banzi.due.limits import AgeLimits, Bound, PostAgeLimit, completed_years, limit_month
from banzi.due.reading_limits import read_bound
from banzi.due.words import Certainty
from banzi.facts.retirement import retirement_month
from banzi.kernel.dates import month_index
from banzi.law import load_law
from banzi.people.choices import RetirementTrack

TRACKS = st.sampled_from([*RetirementTrack, None])
SEXES = st.sampled_from(["male", "female", None])
BIRTHS = st.integers(1940 * 12, 2005 * 12)
DAYS = st.sampled_from([date(2016, 3, 1), date(2024, 12, 31), date(2025, 1, 1), date(2030, 2, 28)])
LAW = load_law()
AGE = 58 * 12 + 6
LIMITS = AgeLimits(
    posts=(PostAgeLimit(title="界限", age_months=AGE, since=date(2000, 1, 1), source="某文"),)
)


def written(born: int, day: int = 0) -> int:
    return born // 12 * 10000 + (born % 12 + 1) * 100 + day


def frame_of(people: list[dict[str, object]], as_of: date) -> pl.DataFrame:
    made = roster(
        as_of,
        persons=people,
        organs=[{"organ_id": "o", "organ_name": "某机构"}],
        teams=[{"team_id": "t", "team_name": "某班子", "team_kind": "other", "organ_id": "o"}],
        posts=[{"post_id": "p", "post_name": "某职", "organ_id": "o", "role": "deputy"}],
        post_teams=[{"post_id": "p", "team_id": "t", "team_order": 1}],
        seats=[
            {"seat_no": number, "post_id": "p", "person_id": each["person_id"]}
            for number, each in enumerate(people, start=1)
        ],
    )
    return due_months(DueCase(made, as_of, LAW, LIMITS))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(BIRTHS, st.sampled_from([0, 1, 28]), TRACKS, SEXES), min_size=1, max_size=8),
    DAYS,
)
def test_the_frame_agrees_with_the_arithmetic_of_one_person(
    drawn: list[tuple[int, int, RetirementTrack | None, str | None]], as_of: date
) -> None:
    people = [
        person(str(n), birth=written(born, day), retirement_track=track, sex=sex)
        for n, (born, day, track, sex) in enumerate(drawn)
    ]
    found = frame_of(people, as_of)
    retirement = dict(
        found.filter(pl.col("due_kind") == "retirement").select("person_id", "due_month").rows()
    )
    limit = dict(
        found.filter(pl.col("due_kind") == "post_age_limit").select("person_id", "due_month").rows()
    )
    for number, (born, _day, track, sex) in enumerate(drawn):
        own = track or (RetirementTrack.MEN if sex == "male" else None)
        known = own is not None and sex in (None, own.sex)
        wanted = retirement_month(born, own, LAW.at(as_of)) if own and known else None
        assert retirement[str(number)] == wanted
        assert limit[str(number)] == limit_month(born, AGE)


@settings(max_examples=15, deadline=None)
@given(BIRTHS, TRACKS, SEXES, DAYS)
def test_bounds_hold_the_month_and_a_bare_year_holds_every_month_of_it(
    born: int, track: RetirementTrack | None, sex: str | None, as_of: date
) -> None:
    people = [
        person("exact", birth=written(born), retirement_track=track, sex=sex),
        person("year", birth=born // 12 * 10000, retirement_track=track, sex=sex),
    ]
    rows = {
        (row["person_id"], row["due_kind"]): row
        for row in frame_of(people, as_of).iter_rows(named=True)
    }
    for kind in KINDS:
        exact, vague = rows["exact", kind.id], rows["year", kind.id]
        assert vague["due_month"] is None
        assert vague["certainty"] == Certainty.UNKNOWN
        assert "birth" in vague["missing"]
        if exact["due_month"] is not None:
            assert exact["due_earliest"] == exact["due_month"] == exact["due_latest"]
            assert vague["due_earliest"] <= exact["due_month"] <= vague["due_latest"]


@given(BIRTHS, st.integers(0, 60), st.sampled_from(list(RetirementTrack)), DAYS)
def test_whoever_is_born_later_is_due_no_earlier(
    born: int, later: int, track: RetirementTrack, as_of: date
) -> None:
    one = retirement_month(born, track, LAW.at(as_of))
    other = retirement_month(born + later, track, LAW.at(as_of))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one <= other


@given(BIRTHS, st.integers(2020 * 12, 2040 * 12), st.integers(40, 70))
def test_under_and_at_most_are_bounds_on_completed_years(
    born: int, congress: int, age: int
) -> None:
    years = completed_years(born, congress)
    under, at_most = read_bound(f"不满{age}岁"), read_bound(f"不超过{age}岁")
    assert under is not None
    assert at_most is not None
    assert Bound(**under).allows(born, born, congress) == (years < age)
    assert Bound(**at_most).allows(born, born, congress) == (years <= age)


@given(st.integers(1950, 1990), st.integers(1, 12))
def test_a_bound_by_birth_takes_the_month_itself(year: int, month: int) -> None:
    fields = read_bound(f"{year}年{month}月以后出生")
    assert fields is not None
    bound, edge = Bound(**fields), month_index(year, month)
    assert bound.allows(edge, edge, 2026 * 12) is True
    assert bound.allows(edge - 1, edge - 1, 2026 * 12) is False
    assert bound.allows(edge, edge - 1, 2026 * 12) is None


def test_every_kind_gives_the_declared_frame_even_of_nobody() -> None:
    empty = DueCase(roster(date(2026, 9, 30)), date(2026, 9, 30), LAW)
    for kind in KINDS:
        assert kind.find(empty).select(list(DUE.schema)).schema == pl.Schema(DUE.schema)
    assert due_months(empty).height == 0
