"""Members of the outgoing teams: a career up to the level below, then deputy posts, then the seat."""

from __future__ import annotations

from random import Random

from banzi.demo.careers import PATHS, add_steps, add_studies, months_needed
from banzi.demo.knobs import Knobs, Words
from banzi.demo.people import LEVELS, Official, Step
from banzi.demo.region import GOVERNMENT, Area, Post
from banzi.demo.titles import Taken, Workplaces
from banzi.kernel.dates import month_index
from banzi.people.choices import CareerTag

_PATHS = {
    "prefecture": ("county_leaders", "bureau_heads", "bureau_heads", "province_divisions"),
    "county": ("town_heads", "town_heads", "county_bureau_heads"),
}
_TEN_YEARS_SINCE = month_index(2016, 5)


def add_seat(
    rng: Random,
    knobs: Knobs,
    words: Words,
    area: Area,
    person: Official,
    post: Post,
    master: bool,
    taken: Taken,
    from_elsewhere: bool,
) -> None:
    """Career and seat of one incumbent.

    Heads sat as deputies in two posts for four years or more before. Every third deputy came
    from a deputy post in a neighbouring city or county, and so did all whom the hidden plan makes
    heads.
    """
    add_studies(rng, person, words, master)
    seat = _seat_started(rng, knobs, area, post)
    if post.principal:
        spans = [rng.randint(26, 34), rng.randint(26, 34)]
    else:
        becomes_head = person.planned_for in {p.post_id for p in area.posts if p.principal}
        # AR/8.2 asks heads for two posts at the level below.
        spans = [rng.randint(20, 40)] if rng.random() < 0.34 or becomes_head else []
    promoted = seat - sum(spans)
    deputy = area.marginals.deputy_level
    level = LEVELS[LEVELS.index(deputy) - 1]
    at_level = 42 + rng.randrange(19)
    if promoted - person.work_started < months_needed(level, at_level) and master:
        del person.studies[1:]
        person.work_started = person.studies[0].left
    at_level = min(at_level, promoted - person.work_started - months_needed(level, 0))
    through = post.place in area.marginals.through_counties
    path = rng.choice(PATHS["county_leaders" if through else rng.choice(_PATHS[area.tier])])
    county = area.name if area.tier == "county" else None
    places = Workplaces(rng, words, person, taken, county, from_elsewhere)
    add_steps(rng, person, places, path, level, at_level, promoted, goes_on=True)
    start = promoted
    for number, span in enumerate(spans):
        title = _deputy_before(rng, words, area, number)
        tags = frozenset[CareerTag]() if area.tier == "prefecture" else _COUNTY_LEADER
        person.steps.append(Step(start, start + span, (title,), deputy, tags))
        start += span
    person.level_since = seat if post.principal else promoted
    titles = tuple((area.organ_names[team], title) for team, title in post.titles)
    tags = frozenset[CareerTag]() if area.tier == "prefecture" else _COUNTY_LEADER
    person.steps.append(
        Step(seat, None, titles, post.level, tags, post.post_id, seat_wording(area, post))
    )


_COUNTY_LEADER = frozenset({CareerTag.GRASSROOTS, CareerTag.COUNTY_LEADERSHIP})


def _deputy_before(rng: Random, words: Words, area: Area, number: int) -> tuple[str, str]:
    """A deputy post in the area beside, then one in another."""
    if area.tier == "prefecture":
        place = words.neighbours[number % len(words.neighbours)].name
    else:
        place = rng.choice([name for name in words.counties if name != area.name])
    deputy = (f"{place}人民政府", f"副{place[-1]}长")
    return deputy if number == 0 else (f"中共{place}委", "副书记")


def seat_wording(area: Area, post: Post) -> str:
    """`云岭市委常委、市人民政府副市长`: a post of the teams as résumés write it."""
    place = area.name.removesuffix(area.kind)
    parts = []
    for team, title in post.titles:
        if team == GOVERNMENT:
            title = f"{area.kind}人民政府{title}"
        parts.append(title)
    return place + "、".join(parts)


def _seat_started(rng: Random, knobs: Knobs, area: Area, post: Post) -> int:
    if post.place == area.marginals.ten_years_in_post:
        return _TEN_YEARS_SINCE
    later = rng.random() < 0.35 and not post.principal
    return knobs.term_started_month + (rng.randint(*knobs.later_by_months) if later else 0)
