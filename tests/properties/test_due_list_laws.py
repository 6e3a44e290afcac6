"""What always holds for lists of what falls due: the frame says what one person's arithmetic says,
a longer list holds the shorter one, and neither order nor names of persons change anything."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import person, roster

from banzi.codes.levels import LADDER
from banzi.due.catalogue import KINDS, due_months
from banzi.due.due_list import DueLine, due_list
from banzi.due.entries import DueCase
from banzi.due.overview import overview
from banzi.due.scope import Scope
from banzi.kernel.dates import PartialDate, add_months, month_of
from banzi.law import load_law
from banzi.people.choices import SanctionKind
from banzi.roster import Roster

LAW = load_law()
AS_OF = date(2026, 9, 30)
DAYS = st.dates(date(1998, 1, 1), AS_OF)
RANKS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12")
NAMES = [
    "一级巡视员",
    "二级巡视员",
    "一级调研员",
    "二级调研员",
    "三级调研员",
    "四级调研员",
    "一级主任科员",
    "二级主任科员",
    "三级主任科员",
    "四级主任科员",
    "一级科员",
    "二级科员",
]
MONTHS = {"warning": 6, "demerit": 12, "serious_demerit": 18, "party_warning": 12, "admonition": 6}


def partial(day: date, precision: int) -> int:
    return int(PartialDate.of(day.year, *(day.month, day.day)[:precision]))


PARTIAL = st.builds(partial, DAYS, st.sampled_from([0, 1, 2]))
MAYBE = st.one_of(st.none(), PARTIAL)


@st.composite
def people(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Facts of a few persons; each fact may be missing or vague."""
    one = st.fixed_dictionaries(
        {
            "rank": st.sampled_from([None, *RANKS]),
            "rank_since": MAYBE,
            "level": st.sampled_from([None, "1A41", "1A32", "1A31", "1A22"]),
            "level_since": MAYBE,
            "seat": MAYBE,
            "is_elected": st.sampled_from([None, True, False]),
            "sanction": st.sampled_from([None, *MONTHS]),
            "decided": MAYBE,
            "recommended": st.one_of(st.none(), DAYS),
            "hours": st.sampled_from([None, 89, 90, 549, 550]),
            "born": st.sampled_from([19680500, 19751200, None]),
        }
    )
    return draw(st.lists(one, min_size=1, max_size=5))


def made(drawn: list[dict[str, Any]], names: list[str] | None = None) -> Roster:
    keys = names or [f"p{number}" for number in range(len(drawn))]
    pairs = list(zip(keys, drawn, strict=True))
    return roster(
        AS_OF,
        persons=[
            person(
                key,
                birth=each["born"],
                rank=each["rank"],
                rank_since=each["rank_since"],
                post_level=each["level"],
                post_level_since=each["level_since"],
            )
            for key, each in pairs
        ],
        organs=[{"organ_id": "o", "organ_name": "某机构"}],
        teams=[{"team_id": "t", "team_name": "某班子", "team_kind": "department", "organ_id": "o"}],
        posts=[
            {
                "post_id": f"post-{key}",
                "post_name": "副职",
                "organ_id": "o",
                "role": "deputy",
                "post_level": each["level"],
                "is_elected": each["is_elected"],
            }
            for key, each in pairs
        ],
        post_teams=[
            {"post_id": f"post-{key}", "team_id": "t", "team_order": 1} for key, _each in pairs
        ],
        seats=[
            {
                "seat_no": number,
                "post_id": f"post-{key}",
                "person_id": key,
                "started_on": each["seat"],
            }
            for number, (key, each) in enumerate(pairs, start=1)
        ],
        sanctions=[
            {
                "person_id": key,
                "sanction_no": 1,
                "sanction_family": "administrative",
                "sanction_kind": each["sanction"],
                "decided_on": each["decided"],
            }
            for key, each in pairs
            if each["sanction"]
        ],
        conclusions=[
            {
                "person_id": key,
                "conclusion_no": 1,
                "conclusion_kind": "recommendation",
                "conclusion_outcome": "met",
                "concluded_on": each["recommended"],
                "concluded_by": "市委组织部",
            }
            for key, each in pairs
            if each["recommended"]
        ],
        training=[
            {
                "person_id": key,
                "training_no": 1,
                "training_name": "班",
                "ended_on": 20260301,
                "class_hours": each["hours"],
            }
            for key, each in pairs
            if each["hours"]
        ],
    )


def exact_month(value: int | None) -> int | None:
    return (
        None if value is None or not value // 100 % 100 else month_of(PartialDate(value).earliest)
    )


def rank_targets(each: dict[str, Any]) -> dict[str, int | None]:
    """Target → month, None where it cannot be told, by hand from the parameter."""
    held = None if each["rank"] is None else 12 - RANKS.index(each["rank"])
    level = None if each["level"] is None else level_name(each["level"])
    found: dict[str, int | None] = {}
    for target, route in LAW.at(AS_OF).value("rank_rules/min_months").items():
        if held is not None and 12 - NAMES.index(target) <= held:
            continue
        starts = []
        if held is not None and NAMES[12 - held] in route["from"]:
            starts.append(exact_month(each["rank_since"]))
        if level in route["from"]:
            starts.append(exact_month(each["level_since"]))
        if starts:
            dated = [start + route["months"] for start in starts if start is not None]
            found[target] = min(dated) if dated and held is not None else None
    return found


def level_name(code: str) -> str:
    base = {"1A4": "乡科级", "1A3": "县处级", "1A2": "厅局级"}[code[:3]]
    return base + ("正职" if code[3] == "1" else "副职")


def rows_of(every: pl.DataFrame, kind: str) -> list[dict[str, Any]]:
    return list(every.filter(pl.col("due_kind") == kind).iter_rows(named=True))


@settings(max_examples=12, deadline=None)
@given(people())
def test_the_frame_agrees_with_the_arithmetic_of_one_person(drawn: list[dict[str, Any]]) -> None:
    case = due_months(DueCase(made(drawn), AS_OF, LAW))
    ranks = {
        (row["person_id"], row["about"].split("（")[0]): row["due_month"]
        for row in rows_of(case, "rank_promotion")
    }
    assert ranks == {
        (f"p{number}", target): month
        for number, each in enumerate(drawn)
        for target, month in rank_targets(each).items()
    }
    posts = {row["person_id"]: row["due_month"] for row in rows_of(case, "same_post")}
    for number, each in enumerate(drawn):
        key, leads = f"p{number}", each["level"] is None or each["level"] != "1A41"
        assert (key in posts) == leads
        start = exact_month(each["seat"])
        if leads:
            known = each["level"] is not None and start is not None
            assert posts[key] == (start + 120 if known and start is not None else None)
    ends = {row["person_id"]: row["due_on"] for row in rows_of(case, "sanction_end")}
    valid = {row["person_id"]: row["due_on"] for row in rows_of(case, "recommendation")}
    probation = {row["person_id"]: row["due_on"] for row in rows_of(case, "probation")}
    for number, each in enumerate(drawn):
        key = f"p{number}"
        if each["sanction"] and each["decided"] and each["decided"] % 100:
            end = add_months(PartialDate(each["decided"]).earliest, MONTHS[each["sanction"]])
            assert ends.get(key) == (end if end > AS_OF else None)
        until = each["recommended"] and add_months(each["recommended"], 12)
        assert valid.get(key) == (until if until and until >= AS_OF else None)
        if each["is_elected"]:
            assert key not in probation
        elif each["seat"] and each["seat"] % 100 and each["is_elected"] is not None:
            end = add_months(PartialDate(each["seat"]).earliest, 12)
            since = each["level_since"]
            lateral = since is not None and (
                PartialDate(since).latest < PartialDate(each["seat"]).earliest
            )
            assert probation.get(key) == (end if end >= AS_OF and not lateral else None)


@settings(max_examples=12, deadline=None)
@given(people())
def test_bounds_hold_the_month_and_what_is_open_says_why(drawn: list[dict[str, Any]]) -> None:
    for row in due_months(DueCase(made(drawn), AS_OF, LAW)).iter_rows(named=True):
        low, month, high = row["due_earliest"], row["due_month"], row["due_latest"]
        if month is not None:
            assert low <= month <= high
            assert row["certainty"] != "unknown"
            if row["due_on"] is not None:
                assert month_of(row["due_on"]) == month
        else:
            assert row["certainty"] == "unknown"
            assert row["due_on"] is None
            assert row["missing"] or row["doubts"] or low is not None
        if low is not None and high is not None:
            assert low <= high


def keys(lines: tuple[DueLine, ...]) -> set[tuple[str, str, str, str | None]]:
    return {(line.person_id, line.kind.id, line.about, line.post_id) for line in lines}


@settings(max_examples=8, deadline=None)
@given(people(), st.integers(0, 60), st.integers(0, 60))
def test_a_list_until_later_holds_every_line(
    drawn: list[dict[str, Any]], first: int, more: int
) -> None:
    case = DueCase(made(drawn), AS_OF, LAW)
    sooner = due_list(case, Scope(), month_of(AS_OF) + first)
    later = due_list(case, Scope(), month_of(AS_OF) + first + more)
    assert keys(sooner.every) <= keys(later.every)
    assert keys(sooner.lines) <= keys(later.lines)
    whole = overview(sooner)
    assert sum(each.total + each.overdue for each in whole.kinds) == len(sooner.lines)
    assert sum(each.open for each in whole.kinds) == len(sooner.open_lines)


@settings(max_examples=8, deadline=None)
@given(people(), st.randoms())
def test_order_and_names_of_persons_change_nothing(
    drawn: list[dict[str, Any]], chance: Any
) -> None:
    numbers = list(range(len(drawn)))
    chance.shuffle(numbers)
    names = [f"z{number * 7 % 11}-{number}" for number in numbers]
    plain = DueCase(made(drawn), AS_OF, LAW)
    other = DueCase(made([drawn[number] for number in numbers], names), AS_OF, LAW)
    back = dict(zip(names, (f"p{number}" for number in numbers), strict=True))
    assert found(plain, {}) == found(other, back)


def found(case: DueCase, names: dict[str, str]) -> list[tuple[Any, ...]]:
    rows = due_months(case).drop("post_id").rows()
    return sorted(((names.get(row[0], row[0]), *row[1:]) for row in rows), key=repr)


def test_ladder_and_sanctions_of_the_oracle_exist() -> None:
    assert {"1A41", "1A32", "1A31", "1A22"} <= set(LADDER)
    assert set(MONTHS) <= {kind.value for kind in SanctionKind}
    assert {kind.id for kind in KINDS} >= {"rank_promotion", "same_post", "sanction_end"}
