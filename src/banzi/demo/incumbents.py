"""Members of the outgoing teams: a career up to 县处级正职, then deputy posts, then the seat."""

from __future__ import annotations

from random import Random

from banzi.demo.careers import PATHS, add_steps, add_studies, months_needed
from banzi.demo.knobs import Knobs, Vocabulary
from banzi.demo.people import Official, Step
from banzi.demo.region import GOVERNMENT, PRINCIPAL_LEVEL, Post, Region
from banzi.kernel.dates import month_index
from banzi.people.choices import CareerTag

_PATHS = ("county_leaders", "bureau_heads", "bureau_heads", "province_divisions")
_TEN_YEARS_SINCE = month_index(2016, 5)


def add_seat(
    rng: Random,
    knobs: Knobs,
    words: Vocabulary,
    region: Region,
    person: Official,
    post: Post,
    master: bool,
) -> None:
    """Career and seat of one incumbent.

    Heads sat as deputies in two posts for four years or more before. Every third deputy came
    from a deputy post in a neighbouring city.
    """
    add_studies(rng, person, words, master)
    seat = _seat_started(rng, knobs, post)
    if post.level == PRINCIPAL_LEVEL:
        spans = [rng.randint(26, 34), rng.randint(26, 34)]
    else:
        spans = [rng.randint(20, 40)] if rng.random() < 0.34 else []
    promoted = seat - sum(spans)
    at_head_level = 42 + rng.randrange(19)
    if promoted - person.work_started < months_needed("1A31", at_head_level) and master:
        del person.studies[1:]
        person.work_started = person.studies[0].left
    longest = promoted - person.work_started - months_needed("1A31", 0)
    at_head_level = min(at_head_level, longest)
    path = rng.choice(PATHS[rng.choice(_PATHS)])
    add_steps(rng, person, words, path, "1A31", at_head_level, promoted)
    person.steps[-1].ended = promoted
    start = promoted
    for number, span in enumerate(spans):
        city = words.neighbours[number % len(words.neighbours)]
        title = (f"{city}人民政府", "副市长") if number == 0 else (f"中共{city}委", "副书记")
        person.steps.append(Step(start, start + span, (title,), "1A22", frozenset()))
        start += span
    person.level_since = seat if post.level == PRINCIPAL_LEVEL else promoted
    titles = tuple((region.organ_names[team], title) for team, title in post.titles)
    wording = seat_wording(region, post)
    person.steps.append(
        Step(seat, None, titles, post.level, frozenset[CareerTag](), post.post_id, wording)
    )


def seat_wording(region: Region, post: Post) -> str:
    """`云岭市委常委、市人民政府副市长`: a post of the teams as résumés write it."""
    place = region.city.removesuffix("市")
    parts = []
    for team, title in post.titles:
        if team == GOVERNMENT:
            title = "市人民政府" + title
        parts.append(title)
    return place + "、".join(parts)


def _seat_started(rng: Random, knobs: Knobs, post: Post) -> int:
    if post.post_id == knobs.ten_years_in_post:
        return _TEN_YEARS_SINCE
    later = rng.random() < 0.35 and post.level != PRINCIPAL_LEVEL
    return knobs.term_started_month + (rng.randint(6, 36) if later else 0)
