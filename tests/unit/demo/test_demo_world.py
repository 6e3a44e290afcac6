"""The invented prefecture holds together: careers, families, records, and what was put there."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest
from tests.support.careers import check_career

from banzi.codes import divisions, id_numbers
from banzi.demo.people import Official
from banzi.demo.rows import build_roster
from banzi.demo.world import World, build_world
from banzi.documents.codecs.resume import parse_resume
from banzi.people.choices import SegmentKind
from banzi.roster import Roster
from banzi.roster.checking import check_roster
from banzi.rules import screen

SEEDS = (1, 2, 3)


@cache
def world(seed: int) -> World:
    return build_world(seed)


@cache
def roster(seed: int) -> Roster:
    return build_roster(world(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_roster_has_no_problem(seed: int) -> None:
    assert check_roster(roster(seed)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_region_has_the_size_it_is_described_with(seed: int) -> None:
    tables = roster(seed)
    heights = {name: tables[name].height for name in ("persons", "teams", "posts", "post_teams")}
    assert heights == {"persons": 150, "teams": 4, "posts": 30, "post_teams": 33}
    assert tables["seats"].height == 30 - len(world(seed).knobs.prefecture.vacant)


@pytest.mark.parametrize("seed", SEEDS)
def test_careers_run_from_month_to_month_and_climb_level_by_level(seed: int) -> None:
    for person in world(seed).officials:
        check_career(person)
        assert person.steps[-1].ended is None


@pytest.mark.parametrize("seed", SEEDS)
def test_resumes_read_back_without_a_remark(seed: int) -> None:
    for person in roster(seed)["persons"].iter_rows(named=True):
        read = parse_resume(person["resume_text"])
        assert read.remarks == [], person["name"]
        known = roster(seed)["career_segments"].filter(pl.col("person_id") == person["person_id"])
        assert [segment.text for segment in read.segments] == known.sort("segment_no")[
            "text"
        ].to_list()


def test_study_and_secondment_lie_within_one_post() -> None:
    for person in world(1).officials:
        for line in person.within:
            assert any(
                step.started <= line.started and (step.ended is None or line.ended <= step.ended)
                for step in person.steps
            )


@pytest.mark.parametrize("seed", SEEDS)
def test_id_numbers_are_valid_and_can_belong_to_nobody(seed: int) -> None:
    numbers = [person.id_number for person in world(seed).officials]
    assert len(set(numbers)) == len(numbers)
    for person in world(seed).officials:
        read = id_numbers.read_id_number(person.id_number)
        assert read is not None
        assert read.first_registered_in.startswith("99")
        assert (read.sex == "1") == (person.sex == "male")
        assert read.born.year * 12 + read.born.month - 1 == person.born


def test_places_are_in_the_table_of_divisions() -> None:
    for person in world(1).officials:
        for place in (person.native_place, person.birthplace):
            match = divisions.find_place(place)
            assert match is not None
            assert match.standard


def test_kin_list_each_other() -> None:
    region = world(1)
    assert [pair.kind for pair in region.kin].count("spouses") == 3
    for pair in region.kin:
        a, b = region.official(pair.a), region.official(pair.b)
        assert _line(a, b) == b.now.text
        assert _line(b, a) == a.now.text


def _line(person: Official, other: Official) -> str:
    return next(
        line.unit_and_post for line in person.relatives if line.id_number == other.id_number
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_put_there_is_what_the_rules_find(seed: int) -> None:
    knobs = world(seed).knobs
    screening = screen(roster(seed), knobs.as_of)
    failed = screening.results.filter(pl.col("verdict") == "fail")
    counts = failed.group_by("rule_id").agg(pl.col("person_id").n_unique())
    by_rule = dict(counts.iter_rows())
    assert by_rule["appointment-regulations/24.6/sanctions-over"] == knobs.sanctions_running
    assert (
        by_rule["appointment-regulations/24.3/last-assessment"]
        == knobs.assessed_basically_competent
    )
    deputies = failed.filter(
        (pl.col("rule_id") == "appointment-regulations/8.3/time-in-level")
        & (pl.col("post_id") == "vice_mayor_1")
    )
    groups = {person.key: person.group for person in world(seed).officials}
    assert {groups[key] for key in deputies["person_id"]} == {"too_soon", "county_deputies"}


def test_ten_years_in_post_and_running_out_of_term_are_there() -> None:
    region = world(1)
    facts = screen(roster(1), region.knobs.as_of).facts
    assert (facts["months_in_post_low"].fill_null(0) >= 120).sum() == 1
    near = facts.filter(pl.col("current_post_id").is_in(region.knobs.prefecture.near_retirement))
    assert near["serves_full_term"].to_list() == [False] * near.height


def test_segments_of_nested_lines_are_judged_too() -> None:
    segments = roster(1)["career_segments"]
    nested = segments.filter(pl.col("segment_kind") == SegmentKind.NESTED.value)
    judged = roster(1)["career_tags"].filter(pl.col("tag") == "grassroots")
    assert nested.height > 0
    assert nested.join(judged, on=["person_id", "segment_no"], how="anti").height == 0
