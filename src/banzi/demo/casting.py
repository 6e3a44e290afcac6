"""Who there is before anybody has a career: ages, sex, nationality, party, and the hidden plan's heirs.

The hidden plan comes first: which outgoing member stays or moves where, and which seats go to
people of the pool. Those heirs get what the targets ask by name (`marginals.yaml`); everybody else
is dealt the rest, so that the totals are those of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from banzi.demo.drawing import deal, in_parts, spread
from banzi.demo.knobs import Knobs
from banzi.demo.people import Official
from banzi.demo.region import Area, Post
from banzi.people.choices import ExpertField, Sex

MINORITIES = ("02", "03", "11", "08")
"""蒙古族、回族、满族、壮族 in turn."""

NON_PARTY = ("05", "06", "07", "10", "12", "12")
"""民盟、民建、民进、九三、无党派."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one area: incumbents in the order of their posts, then the pool by group."""

    area: Area
    incumbents: tuple[tuple[Official, Post], ...]
    pool: tuple[Official, ...]

    @property
    def officials(self) -> list[Official]:
        return [*(person for person, _post in self.incumbents), *self.pool]


def cast_area(rng: Random, knobs: Knobs, area: Area, pool: int | None, tag: str) -> Cast:
    """The people of an area; `pool` None for the numbers of the small demonstration."""
    incumbents = _incumbents(rng, knobs, area, tag)
    return Cast(area, tuple(incumbents), tuple(_pool(rng, knobs, area, pool, tag)))


def _incumbents(rng: Random, knobs: Knobs, area: Area, tag: str) -> list[tuple[Official, Post]]:
    marginals = area.marginals
    filled = [post for post in area.posts if post.place not in marginals.vacant]
    ages = _ages(rng, area, filled)
    goes_to = {
        source: area.prefix + post
        for post, source in marginals.hidden_plan.items()
        if source not in marginals.pool
    }
    found = []
    for number, post in enumerate(filled, start=1):
        woman = post.place in marginals.women
        key = f"{tag}A{number:02d}"
        person = _new(rng, knobs, key, "incumbent", area, woman, ages[post.post_id])
        if post.place in marginals.minority:
            person.ethnicity = MINORITIES[number % len(MINORITIES)]
        if post.place in marginals.non_party:
            person.political = NON_PARTY[number % len(NON_PARTY)]
        person.planned_for = goes_to.get(post.place, "")
        found.append((person, post))
    return found


def _ages(rng: Random, area: Area, filled: list[Post]) -> dict[str, int]:
    """Ages spread evenly; of the executive teams the youngest stay where they are."""
    marginals = area.marginals
    near = [post for post in filled if post.place in marginals.near_retirement]
    executive = [post for post in filled if post.executive and post not in near]
    deliberative = [post for post in filled if post not in executive and post not in near]
    ages: dict[str, int] = {}
    for posts, span in (
        (executive, marginals.ages_executive),
        (deliberative, marginals.ages_deliberative),
        (near, marginals.ages_near_retirement),
    ):
        values = sorted(spread(rng, *span, len(posts)))
        staying = [p for p in posts if marginals.hidden_plan.get(p.place) == p.place]
        others = [post for post in posts if post not in staying]
        for group in (staying, others):
            own, values = values[: len(group)], values[len(group) :]
            rng.shuffle(own)
            for post, age in zip(group, own, strict=True):
                ages[post.post_id] = age
    return ages


def _pool(rng: Random, knobs: Knobs, area: Area, size: int | None, tag: str) -> list[Official]:
    groups = area.marginals.pool
    if size is None:
        counts = [group.count for group in groups.values()]
    else:
        counts = in_parts(size, [group.region for group in groups.values()])
    people: list[Official] = []
    for (name, group), count in zip(groups.items(), counts, strict=True):
        posts = [place for place, source in area.marginals.hidden_plan.items() if source == name]
        heir_ages = spread(rng, *area.marginals.heir_ages.get(name, group.ages), len(posts))
        ages = [*heir_ages, *spread(rng, *group.ages, count - len(posts))]
        for place, age in zip([*posts, *[""] * (count - len(posts))], ages, strict=True):
            key = f"{tag}B{len(people) + 1:03d}"
            woman = place in area.marginals.heir_women
            person = _new(rng, knobs, key, name, area, woman, age)
            person.planned_for = area.prefix + place if place else ""
            people.append(person)
    return people


def _new(
    rng: Random, knobs: Knobs, key: str, group: str, area: Area, woman: bool, age: int
) -> Official:
    born = knobs.as_of_month - 12 * age - rng.randrange(0, 12)
    sex = Sex.FEMALE if woman else Sex.MALE
    return Official(key, group, area.code, sex, born, rng.randrange(1, 29))


def deal_marginals(rng: Random, knobs: Knobs, casts: list[Cast]) -> None:
    """Sex, nationality, party and main field of everybody whom the hidden plan leaves open."""
    pool = [person for cast in casts for person in cast.pool]
    open_ = [person for person in pool if not person.planned_for]
    women = knobs.pool_women - sum(person.sex is Sex.FEMALE for person in pool)
    for person in deal(rng, open_, min(max(women, 0), len(open_))):
        person.sex = Sex.FEMALE
    for person in deal(rng, open_, min(knobs.pool_minority, len(open_))):
        person.ethnicity = rng.choice(MINORITIES)
    for person in deal(rng, open_, min(knobs.pool_non_party, len(open_))):
        person.political = rng.choice(NON_PARTY)
    everybody = [person for cast in casts for person in cast.officials]
    fields = list(ExpertField)
    for number, person in enumerate(rng.sample(everybody, len(everybody))):
        person.main_field = fields[number % len(fields)]
    for cast in casts:
        wanted = {
            cast.area.prefix + place: ExpertField[field.upper()]
            for place, field in cast.area.marginals.heir_fields.items()
        }
        for person in cast.officials:
            person.main_field = wanted.get(person.planned_for, person.main_field)
