"""What the targets need to know of the teams: figures of the outgoing and of the planned members.

Over Party committee and government of one area, each member once; the other teams by counts. Small
enough to keep for every area while the people themselves are written and let go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from banzi.demo.people import Official
from banzi.demo.region import Area, Post
from banzi.demo.world import World
from banzi.kernel.dates import month_parts
from banzi.people.choices import CareerTag, Sex


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of persons; ages in months. `members` are those of the executive teams."""

    members: int
    ages: int
    around: int
    post_80s: int
    county_leadership: int
    township_leadership: int
    grassroots: int
    women: int
    """In all four teams."""

    @property
    def mean_age(self) -> int:
        """Months, rounded down."""
        return self.ages // self.members

    def __add__(self, other: Census) -> Census:
        return Census(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def census(world: World, area: Area, elsewhere: Iterable[Official] = ()) -> tuple[Census, Census]:
    """Outgoing and planned members; `elsewhere` may hold planned members of other prefectures."""
    now = [(p, world.region.post(str(p.now.post_id))) for p in world.incumbents]
    outgoing = [(p, post) for p, post in now if world.region.area_of(post.post_id) is area]
    posts = {post.post_id: post for post in area.posts}
    people = [*world.officials, *elsewhere]
    planned = [(p, posts[p.planned_for]) for p in people if p.planned_for in posts]
    around = world.knobs.around[area.tier]
    month = world.knobs.as_of_month
    return _count(outgoing, around, month), _count(planned, around, month)


def _count(members: list[tuple[Official, Post]], around: tuple[int, int], month: int) -> Census:
    executive = [person for person, post in members if post.executive]
    ages = [month - person.born for person in executive]
    return Census(
        members=len(executive),
        ages=sum(ages),
        around=sum(around[0] <= age < around[1] for age in ages),
        post_80s=sum(1980 <= month_parts(person.born)[0] <= 1989 for person in executive),
        county_leadership=sum(p.has(CareerTag.COUNTY_LEADERSHIP) for p in executive),
        township_leadership=sum(p.has(CareerTag.TOWNSHIP_LEADERSHIP) for p in executive),
        grassroots=sum(p.has(CareerTag.GRASSROOTS) for p in executive),
        women=sum(person.sex is Sex.FEMALE for person, _post in members),
    )
