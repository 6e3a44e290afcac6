"""A whole region, prefecture by prefecture: as many as asked for, each let go once it is used.

Prefectures hang together in three ways: two side by side exchange who the hidden plan puts at their
head, brothers and sisters work in both, and no post is held twice. So a prefecture is ready when
the next one is drawn; never more than three are held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from banzi.demo.census import census
from banzi.demo.drawing import in_parts
from banzi.demo.families import siblings_across
from banzi.demo.knobs import Knobs, Tier, load_knobs
from banzi.demo.people import Official
from banzi.demo.region import Area
from banzi.demo.territory import Prefecture, territory
from banzi.demo.titles import Taken
from banzi.demo.wishes_of_region import AreaFigures
from banzi.demo.world import Order, World, draw
from banzi.kernel.errors import BadInput, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

PREFECTURES = MessageKind(
    "demo/prefectures", _("地级市个数应为1至{most}，现为{value}；请改 --prefectures")
)
COUNTIES = MessageKind(
    "demo/counties", _("每个地级市的县级班子数应为0至{most}，现为{value}；请改 --counties")
)
OFFICIALS = MessageKind(
    "demo/officials",
    _(
        "{prefectures}个地级市、各{counties}个县，干部人数应为{least}至{most}，现为{value}；"
        "请改 --officials，或减少地级市、县的个数"
    ),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many prefectures, county teams in each, and officials in all; see `size_of`."""

    prefectures: int
    counties: int
    officials: int

    @property
    def posts(self) -> int:
        return 30 * self.prefectures * (1 + self.counties)


def size_of(
    prefectures: int | None = None,
    counties: int | None = None,
    officials: int | None = None,
    knobs: Knobs | None = None,
) -> Size:
    """A size with what was not said filled in from `marginals.yaml`.

    Raises
    ------
    BadInput
        `demo/prefectures`, `demo/counties`, `demo/officials`; all at once.
    """
    sizes = (knobs or load_knobs()).sizes
    log = ProblemLog()
    prefectures = sizes.prefectures if prefectures is None else prefectures
    counties = 0 if counties is None else counties
    most = len(territory().prefectures)
    if not 1 <= prefectures <= most:
        log.add(PREFECTURES(most=most, value=prefectures))
    if not 0 <= counties <= territory().most_counties:
        log.add(COUNTIES(most=territory().most_counties, value=counties))
    log.stop_if_any()
    usual = sizes.officials_in_prefecture + counties * sizes.officials_in_county
    least = prefectures * (sizes.least_in_prefecture + counties * sizes.least_in_county)
    officials = prefectures * usual if officials is None else officials
    if not least <= officials <= sizes.most_officials:
        raise BadInput(
            [
                Problem(
                    OFFICIALS(
                        prefectures=prefectures,
                        counties=counties,
                        least=least,
                        most=sizes.most_officials,
                        value=officials,
                    )
                )
            ]
        )
    return Size(prefectures, counties, officials)


@dataclass(frozen=True, slots=True)
class Part:
    """One finished prefecture: its world, the figures of its areas, and the whole hidden plan of it.

    `planned` gives post and official, who may be of the prefecture beside.
    """

    world: World
    figures: tuple[AreaFigures, ...]
    planned: tuple[tuple[str, Official], ...]


def region_parts(seed: int, size: Size, knobs: Knobs | None = None) -> Iterator[Part]:
    """Draw the region for a seed (any whole number), one prefecture after the other."""
    knobs = knobs or load_knobs()
    taken = Taken()
    orders = _orders(seed, size, knobs)
    before: World | None = None
    world = _draw(seed, orders[0], knobs, taken)
    for number in range(size.prefectures):
        after = None
        if number + 1 < size.prefectures:
            after = _draw(seed, orders[number + 1], knobs, taken)
            rng = Random(f"banzi-across-{seed}-{number}")
            if number % 2 == 0:
                _exchange(world, after)
            siblings_across(
                rng, knobs.siblings_across, list(world.officials), list(after.officials)
            )
        yield _part(world, [near for near in (before, after) if near])
        if after is not None:
            before, world = world, after


def _part(world: World, beside: list[World]) -> Part:
    posts = {post.post_id for post in world.region.posts}
    guests = [p for near in beside for p in near.officials if p.planned_for in posts]
    figures = tuple(AreaFigures(area, *census(world, area, guests)) for area in world.region.areas)
    held = {p.planned_for: p for p in (*world.officials, *guests) if p.planned_for in posts}
    order = [post.post_id for post in world.region.posts if post.post_id in held]
    return Part(world, figures, tuple((post, held[post]) for post in order))


def _draw(seed: int, order: Order, knobs: Knobs, taken: Taken) -> World:
    return draw(Random(f"banzi-region-{seed}-{order.number}"), seed, order, knobs, taken)


def _exchange(first: World, second: World) -> None:
    """Let two prefectures exchange the person whom the hidden plan puts in the post named."""
    area, other = first.region.areas[0], second.region.areas[0]
    place = area.marginals.exchanged
    here = first.official(first.hidden_plan[area.prefix + place])
    there = second.official(second.hidden_plan[other.prefix + place])
    here.planned_for, there.planned_for = there.planned_for, here.planned_for


def _orders(seed: int, size: Size, knobs: Knobs) -> list[Order]:
    sizes = knobs.sizes
    weights = [sizes.officials_in_prefecture, *[sizes.officials_in_county] * size.counties]
    orders = []
    for number, people in enumerate(in_parts(size.officials, [1] * size.prefectures)):
        place = territory().prefectures[number]
        city = Area(
            "prefecture",
            _shuffled(seed, place.code, knobs.prefecture),
            place.code,
            place.name,
            f"{place.code}-",
        )
        counties = [_county(seed, knobs, place, name, city) for name in _first(place, size)]
        areas = (city, *counties)
        orders.append(Order(number, areas, tuple(in_parts(people, weights)), True))
    return orders


def _first(place: Prefecture, size: Size) -> tuple[str, ...]:
    return place.county_level[: size.counties]


def _county(seed: int, knobs: Knobs, place: Prefecture, name: str, city: Area) -> Area:
    code = place.codes[name]
    marginals = _shuffled(seed, code, knobs.county)
    return Area("county", marginals, code, name, f"{code}-", city)


def _shuffled(seed: int, code: str, tier: Tier) -> Tier:
    """The marginals with posts that are alike exchanged, so that no two areas look the same."""
    rng = Random(f"banzi-alike-{seed}-{code}")
    places: dict[str, str] = {}
    for alike in tier.alike:
        places.update(zip(alike, rng.sample(alike, len(alike)), strict=True))
    return tier.renamed(places)
