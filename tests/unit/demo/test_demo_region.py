"""A whole region holds together: teams, careers, kin, names, places, and its hidden plan."""

from __future__ import annotations

from collections import Counter
from functools import cache

import polars as pl
import pytest
from tests.support.careers import check_career

from banzi.codes import divisions
from banzi.demo.knobs import load_knobs
from banzi.demo.people import Official
from banzi.demo.province import Part, Size, region_parts, size_of
from banzi.demo.rows import build_roster
from banzi.kernel.errors import BadInput
from banzi.people.choices import CareerTag
from banzi.roster import Roster
from banzi.roster.checking import check_roster

KNOBS = load_knobs()
SMALL = Size(prefectures=2, counties=1, officials=700)


@cache
def parts(seed: int = 1, size: Size = SMALL) -> tuple[Part, ...]:
    return tuple(region_parts(seed, size))


@cache
def officials(seed: int = 1) -> tuple[Official, ...]:
    return tuple(person for part in parts(seed) for person in part.world.officials)


@cache
def roster(seed: int = 1) -> Roster:
    worlds = [part.world for part in parts(seed)]
    each = [build_roster(world, areas_before=2 * number) for number, world in enumerate(worlds)]
    names = list(each[0].sorted_tables())
    return each[0].with_tables(**{name: pl.concat([one[name] for one in each]) for name in names})


def test_region_is_as_large_as_asked_for() -> None:
    tables = roster()
    heights = {name: tables[name].height for name in ("persons", "organs", "teams", "posts")}
    assert heights == {"persons": 700, "organs": 16, "teams": 16, "posts": 120}
    assert check_roster(tables) == []


def test_sizes_of_the_benchmark_can_be_reached() -> None:
    posts = [size_of(*asked).posts for asked in ((3, 0), (12, 0), (11, 2), (10, 9))]
    assert posts == [90, 360, 990, 3000]
    assert size_of() == Size(12, 0, 3000)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ((0, 0, None), ["demo/prefectures"]),
        ((13, -1, None), ["demo/prefectures", "demo/counties"]),
        ((2, 11, None), ["demo/counties"]),
        ((2, 1, 359), ["demo/officials"]),
        ((2, 1, 1_000_001), ["demo/officials"]),
    ],
)
def test_sizes_that_cannot_be_are_refused(asked: tuple[int | None, ...], codes: list[str]) -> None:
    with pytest.raises(BadInput) as refused:
        size_of(*asked)
    assert [problem.message.code for problem in refused.value.problems] == codes


def test_the_least_number_of_officials_can_be_drawn() -> None:
    sizes = KNOBS.sizes
    least = sizes.least_in_prefecture + 2 * sizes.least_in_county
    (part,) = parts(1, Size(1, 2, least))
    assert len(part.world.officials) == least
    assert len(part.planned) == 90


@pytest.mark.parametrize("seed", [1, 2])
def test_careers_run_from_month_to_month_and_climb_level_by_level(seed: int) -> None:
    for person in officials(seed):
        check_career(person)
        assert person.now.ended is None
        assert person.now.started < KNOBS.as_of_month


@pytest.mark.parametrize("seed", [1, 2])
def test_dates_of_a_life_are_in_order(seed: int) -> None:
    for person in officials(seed):
        assert 29 <= person.age(KNOBS.as_of_month) <= 59
        for study in person.studies:
            assert person.born + 12 * 17 < study.entered < study.left
        first = person.studies[0]
        assert first.left <= person.work_started
        assert person.party_joined is None or person.party_joined >= person.born + 12 * 18
        for line in person.within:
            assert any(
                stay.started <= line.started and (stay.ended is None or line.ended <= stay.ended)
                for stay in person.steps
            )


def test_nobody_sits_twice_and_every_seat_has_one_holder() -> None:
    seats = roster()["seats"]
    assert seats["person_id"].is_unique().all()
    assert seats["post_id"].is_unique().all()
    vacant = len(KNOBS.prefecture.vacant)
    assert seats.height == 120 - 4 * vacant
    for part in parts():
        for person in part.world.incumbents:
            area = part.world.region.area_of(str(person.now.post_id))
            assert person.area == area.code


def test_heads_hold_a_post_alone() -> None:
    """Forty leaders of eight counties once shared sixteen posts."""
    heads = Counter(
        person.now.text for person in officials() if person.level in ("1A41", "1A31", "1A21")
    )
    assert [text for text, count in heads.items() if count > 1] == []


def test_members_of_a_team_are_not_doubled_by_people_outside() -> None:
    for part in parts():
        county = part.world.region.areas[1].name
        outside = [p for p in part.world.officials if not p.now.post_id]
        heads = {f"{county}人民政府{county[-1]}长", f"中共{county}委书记"}
        assert heads.isdisjoint(person.now.text for person in outside)


def test_a_county_is_led_by_its_prefecture() -> None:
    superior = dict(roster()["teams"].select("team_id", "superior_team_id").iter_rows())
    assert superior["990121-government"] == "990121-party"
    assert superior["990121-party"] == "990100-party"
    assert superior["990100-party"] is None
    levels = dict(roster()["posts"].select("post_id", "post_level").iter_rows())
    assert levels["990121-mayor"] == "1A31"
    assert levels["990121-vice_mayor_1"] == "1A32"


def test_kin_list_each_other_across_prefectures_too() -> None:
    by_key = {person.key: person for person in officials()}
    across = 0
    for person in officials():
        for line in person.relatives:
            if line.official:
                other = by_key[line.official]
                back = [each for each in other.relatives if each.official == person.key]
                assert [each.id_number for each in back] == [person.id_number]
                assert line.name == other.name
                assert line.unit_and_post == other.now.text
                across += other.key[:4] != person.key[:4]
    assert across == 2 * KNOBS.siblings_across


def test_nobody_of_the_hidden_plan_is_kin_of_another_in_it() -> None:
    for person in officials():
        kin = [line.official for line in person.relatives if line.official]
        planned = {p.key for p in officials() if p.planned_for}
        assert not (person.key in planned and planned.intersection(kin))


def test_some_share_a_name_and_most_do_not() -> None:
    (first,) = parts(1, Size(1, 0, 250))
    names = Counter(person.name for person in first.world.officials)
    assert sum(count > 1 for count in names.values()) == first.world.knobs.namesake_officials
    every = Counter(person.name for person in officials())
    shared = sum(count for count in every.values() if count > 1)
    assert 0 < shared < len(officials()) // 10


def test_relatives_share_no_name_with_officials_unless_planted() -> None:
    names = {person.name for person in officials()}
    shared = [
        line
        for person in officials()
        for line in person.relatives
        if line.name in names and not line.official
    ]
    assert len(shared) == sum(part.world.knobs.namesake_relatives for part in parts())


def test_id_numbers_are_unique_and_begin_with_a_known_division() -> None:
    numbers = [person.id_number for person in officials()]
    assert len(set(numbers)) == len(numbers)
    for part in parts():
        own = {area.code[:4] for area in part.world.region.areas}
        for person in part.world.officials:
            assert divisions.division(person.id_number[:6]) is not None
            assert person.id_number[:4] in own
    for code in roster()["organs"]["division_code"]:
        assert divisions.division(code) is not None


def test_places_are_in_the_table_of_divisions() -> None:
    for person in officials():
        for place in (person.native_place, person.birthplace):
            match = divisions.find_place(place)
            assert match is not None
            assert match.standard


def test_officials_are_moved_between_prefectures_and_lent_to_counties() -> None:
    for part in parts():
        others = [near.name for near in part.world.words.neighbours]
        places = [*others, *(c for near in part.world.words.neighbours for c in near.county_level)]
        pool = [p for p in part.world.officials if p.group != "incumbent"]
        moved = [
            p for p in pool if any(p.steps[0].titles[0][0].startswith(name) for name in places)
        ]
        assert moved
        lent = [p for p in part.world.officials if p.has(CareerTag.SECONDMENT)]
        knobs = part.world.knobs
        assert len(lent) == knobs.secondments + knobs.pool_grassroots_by_secondment


def test_two_prefectures_exchange_who_the_hidden_plan_puts_at_their_head() -> None:
    first, second = parts()
    heads = [dict(part.planned)[f"{code}-party_secretary"] for part, code in
             ((first, "990100"), (second, "990200"))]  # fmt: skip
    assert [person.now.post_id for person in heads] == ["990200-mayor", "990100-mayor"]


def test_each_place_of_the_hidden_plan_goes_to_another_person() -> None:
    planned = [person.key for part in parts() for _post, person in part.planned]
    assert len(planned) == len(set(planned)) == 120
