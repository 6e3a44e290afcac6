"""The invented prefecture in memory: region, officials, who sits where. Same seed, same world.

The order of the steps matters: who is of which sex, age and kin comes first, careers follow ages,
names follow kin, families follow names, and records of conduct come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from banzi.demo.careers import (
    PATHS,
    add_in_service_study,
    add_steps,
    add_studies,
    months_needed,
)
from banzi.demo.conduct import add_conduct
from banzi.demo.drawing import deal, in_turn, spread
from banzi.demo.families import Kin, add_families, pair_kin
from banzi.demo.incumbents import add_seat
from banzi.demo.knobs import Knobs, Vocabulary, load_knobs, load_vocabulary
from banzi.demo.naming import Names, id_number, surname_of
from banzi.demo.people import Official, Within
from banzi.demo.places import assign_places
from banzi.demo.region import GOVERNMENT, PARTY, Region, build_region
from banzi.people.choices import CareerTag, ExpertField, Sex

MINORITIES = ("02", "03", "11", "08")
"""蒙古族、回族、满族、壮族 in turn."""

NON_PARTY = ("05", "06", "07", "10", "12", "12")
"""民盟、民建、民进、九三、无党派."""


@dataclass(frozen=True, slots=True)
class World:
    """The region, its officials in the order of their keys, and the kin pairs among them."""

    seed: int
    knobs: Knobs
    words: Vocabulary
    region: Region
    officials: tuple[Official, ...]
    kin: tuple[Kin, ...]

    @property
    def incumbents(self) -> tuple[Official, ...]:
        return tuple(person for person in self.officials if person.now.post_id)

    def official(self, key: str) -> Official:
        return next(person for person in self.officials if person.key == key)


def build_world(seed: int, knobs: Knobs | None = None) -> World:
    """Draw the region for a seed (any whole number)."""
    knobs = knobs or load_knobs()
    words = load_vocabulary()
    region = build_region(words)
    rng = Random(f"banzi-demo-{seed}")
    officials = [*_incumbents(rng, knobs, region), *_pool(rng, knobs)]
    _deal_fields(rng, officials)
    _careers(rng, knobs, words, region, officials)
    for person in officials:
        if person.political == "01":
            person.party_joined = person.born + 12 * 20 + rng.randrange(0, 72)
    kin = pair_kin(rng, knobs, officials)
    _names(rng, words, officials, kin)
    _namesakes(rng, knobs, officials, kin)
    assign_places(rng, knobs, words, officials)
    add_families(rng, knobs, words, officials, kin)
    add_conduct(rng, knobs, words, officials)
    return World(seed, knobs, words, region, tuple(officials), tuple(kin))


def _incumbents(rng: Random, knobs: Knobs, region: Region) -> list[Official]:
    filled = [post for post in region.posts if post.post_id not in knobs.vacant_posts]
    near = set(knobs.outgoing_near_retirement)
    executive = [p for p in filled if {PARTY, GOVERNMENT} & set(p.teams) and p.post_id not in near]
    deliberative = [p for p in filled if p not in executive and p.post_id not in near]
    ages: dict[str, int] = {}
    for posts, (least, most) in (
        (executive, knobs.outgoing_ages.party_government),
        (deliberative, knobs.outgoing_ages.congress_consultative),
        ([post for post in filled if post.post_id in near], (57, 59)),
    ):
        for post, age in zip(posts, spread(rng, least, most, len(posts)), strict=True):
            ages[post.post_id] = age
    found = []
    for number, post in enumerate(filled, start=1):
        woman = post.post_id in knobs.outgoing_women
        person = _new(rng, knobs, f"A{number:02d}", "incumbent", woman, ages[post.post_id])
        person.steps = []
        if post.post_id in knobs.outgoing_minority:
            person.ethnicity = MINORITIES[number % len(MINORITIES)]
        if post.post_id in knobs.outgoing_non_party:
            person.political = NON_PARTY[number % len(NON_PARTY)]
        found.append(person)
    return found


def _pool(rng: Random, knobs: Knobs) -> list[Official]:
    people: list[Official] = []
    total = sum(group.count for group in knobs.pool.values())
    women = set(deal(rng, range(total), knobs.pool_women))
    for name, group in knobs.pool.items():
        for age in spread(rng, *group.ages, group.count):
            number = len(people)
            key = f"B{number + 1:03d}"
            people.append(_new(rng, knobs, key, name, number in women, age))
    for person in deal(rng, people, knobs.pool_minority):
        person.ethnicity = rng.choice(MINORITIES)
    for person in deal(rng, people, knobs.pool_non_party):
        person.political = rng.choice(NON_PARTY)
    return people


def _new(rng: Random, knobs: Knobs, key: str, group: str, woman: bool, age: int) -> Official:
    born = knobs.as_of_month - 12 * age - rng.randrange(0, 12)
    sex = Sex.FEMALE if woman else Sex.MALE
    return Official(key, group, sex, born, rng.randrange(1, 29))


def _deal_fields(rng: Random, officials: list[Official]) -> None:
    for person, field in zip(
        officials, in_turn(rng, list(ExpertField), len(officials)), strict=True
    ):
        person.main_field = field


def _careers(
    rng: Random, knobs: Knobs, words: Vocabulary, region: Region, officials: list[Official]
) -> None:
    pool = [person for person in officials if person.group != "incumbent"]
    careers = [p for p in pool if p.group in ("county_leaders", "bureau_heads")]
    one_post = {p.key for p in deal(rng, careers, knobs.one_post_at_level)}
    others = [p for p in pool if p.group in ("province_divisions", "university", "bureau_heads")]
    without = deal(rng, others, knobs.pool_grassroots_missing + knobs.pool_grassroots_by_secondment)
    seconded = {person.key for person in without[: knobs.pool_grassroots_by_secondment]}
    masters = {p.key for p in deal(rng, officials, knobs.postgraduates)}
    seats = iter([p for p in region.posts if p.post_id not in knobs.vacant_posts])
    for person in officials:
        master = person.key in masters
        if person.group == "incumbent":
            add_seat(rng, knobs, words, region, person, next(seats), master)
            continue
        kind = _path_name(rng, person.group)
        if person in without:
            kind = "laboratory" if kind == "university" else "organs_only"
        _pool_career(rng, knobs, words, person, kind, master, person.key in one_post)
        if person.key in seconded:
            _add_secondment(rng, words, person)
    bachelors = [person for person in officials if len(person.studies) == 1]
    rng.shuffle(bachelors)
    wanted = knobs.in_service_studies
    for person in bachelors:
        if wanted and add_in_service_study(rng, person, words):
            wanted -= 1


def _path_name(rng: Random, group: str) -> str:
    return {
        "too_soon": "county_leaders",
        "county_deputies": "county_leaders",
        "deputies_elsewhere": rng.choice(("bureau_heads", "province_divisions")),
    }.get(group, group)


def _pool_career(
    rng: Random,
    knobs: Knobs,
    words: Vocabulary,
    person: Official,
    path_name: str,
    master: bool,
    one_post: bool,
) -> None:
    group = knobs.pool[person.group]
    add_studies(rng, person, words, master)
    least, most = group.months_at_level
    work = knobs.as_of_month - person.work_started
    if master and work < months_needed(group.level, least):
        person.studies.pop()
        person.work_started = person.studies[-1].left
        work = knobs.as_of_month - person.work_started
    most = min(most, least + max(0, work - months_needed(group.level, least)))
    at_level = rng.randint(least, most)
    path = rng.choice(PATHS[path_name])
    add_steps(
        rng, person, words, path, group.level, at_level, knobs.as_of_month, one_post_now=one_post
    )


def _add_secondment(rng: Random, words: Vocabulary, person: Official) -> None:
    """Two and a half years lent to a county: the only grassroots time of this official."""
    stay = max(person.steps, key=lambda each: (each.ended or 0) - each.started)
    start = stay.started + 1
    place = rng.choice(words.counties)
    person.within.append(
        Within(
            start,
            min(start + 30, stay.ended or start + 30),
            f"挂任{place}人民政府党组成员",
            frozenset({CareerTag.GRASSROOTS, CareerTag.SECONDMENT}),
        )
    )


def _names(rng: Random, words: Vocabulary, officials: list[Official], kin: list[Kin]) -> None:
    names = Names(rng, words)
    used: set[str] = set()
    shared = {pair.b: pair.a for pair in kin if pair.same_surname}
    rare = {p.key for p in deal(rng, officials[30:], len(words.rare_given))}
    minority = [p for p in officials if p.ethnicity != "01" and p.key not in shared]
    dotted = dict(zip([p.key for p in minority[-2:]], words.names_with_dot, strict=True))
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
        person.id_number = id_number(rng, person.sex, person.born, person.born_day, used)


def _namesakes(rng: Random, knobs: Knobs, officials: list[Official], kin: list[Kin]) -> None:
    """Give officials the name of another of the same sex; their ID numbers tell them apart."""
    paired = {key for pair in kin for key in (pair.a, pair.b)}
    alone = [p for p in officials if p.key not in paired and "·" not in p.name]
    men = [p for p in alone if p.sex is Sex.MALE]
    for first, second in zip(
        deal(rng, men[:20], knobs.namesake_officials),
        deal(rng, men[20:], knobs.namesake_officials),
        strict=True,
    ):
        second.name = first.name
