"""One invented prefecture in memory: teams, officials, who sits where. Same seed, same world.

The order of the steps matters: the hidden plan, sex, age and party come first, careers follow ages,
kin and names follow careers, families follow names, and records of conduct come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

from banzi.demo.careers import (
    PATHS,
    TWO_POSTS_MONTHS,
    add_in_service_study,
    add_secondment,
    add_steps,
    add_studies,
    months_needed,
)
from banzi.demo.casting import Cast, cast_area, deal_marginals
from banzi.demo.conduct import add_conduct
from banzi.demo.drawing import deal
from banzi.demo.families import Kin, add_families, pair_kin
from banzi.demo.incumbents import add_seat
from banzi.demo.knobs import Knobs, Words, load_knobs, load_words
from banzi.demo.naming import Names, id_number, surname_of
from banzi.demo.people import Official
from banzi.demo.places import assign_places
from banzi.demo.region import Area, Post, Region
from banzi.demo.titles import Taken, Workplaces
from banzi.people.choices import Sex
from banzi.teams.choices import DutyHead


@dataclass(frozen=True)
class World:
    """The teams, their officials in the order of their keys, and the kin pairs among them.

    `knobs` are those of the small demonstration, or scaled to the pool of this prefecture.
    """

    seed: int
    knobs: Knobs
    words: Words
    region: Region
    officials: tuple[Official, ...]
    kin: tuple[Kin, ...]

    @property
    def incumbents(self) -> tuple[Official, ...]:
        return tuple(person for person in self.officials if person.now.post_id)

    def official(self, key: str) -> Official:
        return self._by_key[key]

    @property
    def hidden_plan(self) -> dict[str, str]:
        """Post → key of whom the hidden plan puts there, as far as they are of this prefecture."""
        return {p.planned_for: p.key for p in self.officials if p.planned_for}

    @cached_property
    def _by_key(self) -> dict[str, Official]:
        return {person.key: person for person in self.officials}


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw: the prefecture's number from 0, its areas, and people per area.

    `people` by area: all officials, incumbents included; None for the small demonstration.
    """

    number: int
    areas: tuple[Area, ...]
    people: tuple[int, ...] | None
    marked: bool


def build_world(seed: int, knobs: Knobs | None = None) -> World:
    """Draw the one prefecture of the small demonstration for a seed (any whole number)."""
    knobs = knobs or load_knobs()
    place = load_words(0).place
    area = Area("prefecture", knobs.prefecture, place.code, place.name, "")
    order = Order(0, (area,), None, False)
    return draw(Random(f"banzi-demo-{seed}"), seed, order, knobs, Taken())


def draw(rng: Random, seed: int, order: Order, knobs: Knobs, taken: Taken) -> World:
    """Draw one prefecture; `taken` is shared by all prefectures of a region."""
    words = load_words(order.number)
    casts = []
    for number, area in enumerate(order.areas):
        seats = len(area.posts) - len(area.marginals.vacant)
        pool = None if order.people is None else order.people[number] - seats
        tag = _tag(area) if order.marked else ""
        casts.append(cast_area(rng, knobs, area, pool, tag))
    knobs = knobs.scaled(sum(len(cast.pool) for cast in casts))
    deal_marginals(rng, knobs, casts)
    officials = [person for cast in casts for person in cast.officials]
    _close_teams(taken, words, order.areas)
    _careers(rng, knobs, words, casts, taken)
    for person in officials:
        if person.political == "01":
            person.party_joined = person.born + 12 * 20 + rng.randrange(0, 72)
    kin = pair_kin(rng, knobs, officials)
    _names(rng, words, officials, kin)
    _namesakes(rng, knobs, officials, kin)
    region = Region(order.areas)
    _bar_hometowns(words, region, officials)
    assign_places(rng, knobs, words, officials)
    add_families(rng, knobs, words, officials, kin)
    add_conduct(rng, knobs, words, officials)
    return World(seed, knobs, words, region, tuple(officials), tuple(kin))


def _tag(area: Area) -> str:
    """Keys begin with the code of the area: `9901A01`, `990121B001`."""
    return area.code.removesuffix("00")


def _close_teams(taken: Taken, words: Words, areas: tuple[Area, ...]) -> None:
    """Nobody in the pool holds a post that belongs to a team."""
    for area in areas:
        name, kind = area.name, area.kind
        party, office = f"中共{name}委", f"{name}人民政府"
        for title in (
            (party, "书记"),
            (party, "常委、秘书长"),
            *((party, f"常委、{part}部长") for part in ("组织部", "宣传部")),
            (party, "常委、政法委书记"),
            (office, f"{kind}长"),
            (office, f"副{kind}长"),
            (f"{name}人大常委会", "主任"),
            (f"政协{name}委员会", "主席"),
        ):
            taken.close(title)


def _bar_hometowns(words: Words, region: Region, officials: list[Official]) -> None:
    """In counties nobody heads an organ where he grew up (RC/5, CSL/75), now or in the hidden plan.

    A district is written as its city (formats.md section 3), so that the city leaves the county
    open and is barred with it.
    """
    for person in officials:
        for post_id in (person.now.post_id, person.planned_for):
            if post_id and _is_head(region.post(post_id)):
                area = region.area_of(post_id)
                if area.tier == "county":
                    names = (area.name, words.prefecture)
                    person.not_from += tuple(words.province + name[:-1] for name in names)


def _is_head(post: Post) -> bool:
    return post.principal or post.head is not DutyHead.NONE


def _careers(rng: Random, knobs: Knobs, words: Words, casts: list[Cast], taken: Taken) -> None:
    officials = [person for cast in casts for person in cast.officials]
    pool = [person for cast in casts for person in cast.pool if not person.planned_for]
    careers = [p for p in pool if p.group in ("county_leaders", "bureau_heads")]
    one_post = {p.key for p in deal(rng, careers, min(knobs.one_post_at_level, len(careers)))}
    others = [p for p in pool if p.group in ("province_divisions", "university", "bureau_heads")]
    wanted = knobs.pool_grassroots_missing + knobs.pool_grassroots_by_secondment
    without = deal(rng, others, min(wanted, len(others)))
    seconded = {person.key for person in without[: knobs.pool_grassroots_by_secondment]}
    organs_only = {person.key for person in without}
    masters = _masters(rng, knobs, casts)
    moved = {p.key for p in deal(rng, officials, min(knobs.transfers, len(officials)))}
    for cast in casts:
        county = cast.area.name if cast.area.tier == "county" else None
        for person, post in cast.incumbents:
            elsewhere = person.key in moved
            add_seat(
                rng, knobs, words, cast.area, person, post, person.key in masters, taken, elsewhere
            )
        for person in cast.pool:
            places = Workplaces(rng, words, person, taken, county, person.key in moved)
            path = rng.choice(cast.area.marginals.pool[person.group].paths)
            if person.key in organs_only:
                path = "laboratory" if path == "university" else "organs_only"
            _pool_career(
                rng, knobs, words, cast, person, places, path,
                person.key in masters, person.key in one_post,
            )  # fmt: skip
            if person.key in seconded:
                add_secondment(rng, words, person)
    plain = [p for p in pool if p.key not in organs_only]
    lent = 0
    for person in rng.sample(plain, len(plain)):
        lent += lent < knobs.secondments and add_secondment(rng, words, person, brief=True)
    bachelors = [p for p in officials if len(p.studies) == 1 and not p.within]
    rng.shuffle(bachelors)
    courses = knobs.in_service_studies
    for person in bachelors:
        if courses and add_in_service_study(rng, person, words):
            courses -= 1


def _masters(rng: Random, knobs: Knobs, casts: list[Cast]) -> set[str]:
    """Who has a full-time master's degree: the heirs that need one, then whoever is dealt one."""
    heirs = {
        person.key
        for cast in casts
        for person in cast.pool
        if person.planned_for and person.group in cast.area.marginals.heir_masters
    }
    others = [p for cast in casts for p in cast.officials if p.key not in heirs]
    dealt = deal(rng, others, min(max(knobs.postgraduates - len(heirs), 0), len(others)))
    return heirs | {person.key for person in dealt}


def _pool_career(
    rng: Random,
    knobs: Knobs,
    words: Words,
    cast: Cast,
    person: Official,
    places: Workplaces,
    path_name: str,
    master: bool,
    one_post: bool,
) -> None:
    group = cast.area.marginals.pool[person.group]
    add_studies(rng, person, words, master)
    least, most = group.months_at_level
    if person.planned_for:
        least = max(least, TWO_POSTS_MONTHS)
    work = knobs.as_of_month - person.work_started
    if master and work < months_needed(group.level, least):
        person.studies.pop()
        person.work_started = person.studies[-1].left
        work = knobs.as_of_month - person.work_started
    most = min(most, least + max(0, work - months_needed(group.level, least)))
    at_level = rng.randint(least, most)
    path = rng.choice(PATHS[path_name])
    add_steps(
        rng, person, places, path, group.level, at_level, knobs.as_of_month, one_post_now=one_post
    )


def _names(rng: Random, words: Words, officials: list[Official], kin: list[Kin]) -> None:
    names = Names(rng, words.base)
    used: set[str] = set()
    shared = {pair.b: pair.a for pair in kin if pair.same_surname}
    pool = [person for person in officials if person.group != "incumbent"]
    rare = {p.key for p in deal(rng, pool, len(words.base.rare_given))}
    minority = [p for p in officials if p.ethnicity != "01" and p.key not in shared]
    dotted = dict(zip([p.key for p in minority[-2:]], words.names_with_dot, strict=False))
    divisions = [code for name, code in words.place.codes.items() if name != words.prefecture]
    by_key: dict[str, Official] = {}
    for person in officials:
        by_key[person.key] = person
        if person.key in dotted and person.key not in shared.values():
            person.name = dotted[person.key]
        elif person.key in shared:
            surname = surname_of(by_key[shared[person.key]].name)
            person.name = names.draw(person.sex, surname)
        else:
            person.name = names.draw_rare() if person.key in rare else names.draw(person.sex)
        born = (person.born, person.born_day)
        person.id_number = id_number(rng, person.sex, *born, divisions, used)


def _namesakes(rng: Random, knobs: Knobs, officials: list[Official], kin: list[Kin]) -> None:
    """Give officials the name of another of the same sex; their ID numbers tell them apart."""
    paired = {key for pair in kin for key in (pair.a, pair.b)}
    alone = [p for p in officials if p.key not in paired and "·" not in p.name]
    men = [p for p in alone if p.sex is Sex.MALE]
    half = len(men) // 2
    for first, second in zip(
        deal(rng, men[:half], knobs.namesake_officials),
        deal(rng, men[half:], knobs.namesake_officials),
        strict=True,
    ):
        second.name = first.name
