"""Targets of a drawn problem: what is asked follows what the hidden plan has, less some room.

Some forty-five requirements a region: counts, shares, means and continuity for every team, counts and
shares for every region and for all. `standard` leaves every team a person or two and some months of
mean age; `tight` next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.staffing.drawing import (
    CONFERENCE,
    CONGRESS,
    FIELDS,
    GOVERNMENT,
    KINDS,
    PARTY,
    Drawn,
    Person,
    Post,
    region_id,
)

STANDARD, TIGHT = "standard", "tight"

Row = dict[str, object]
Member = tuple[Post, Person]


def works_in(person: Person, field: str) -> int:
    return int(field in person.fields)


PERSON_FEATURES: dict[str, Callable[[Person], int]] = {
    "one": lambda p: 1,
    "female": lambda p: int(p.female),
    "minority": lambda p: int(p.minority),
    "age_months": lambda p: p.age_months,
    "born_1980s": lambda p: int(1980 <= p.birth_year <= 1989),
    "born_1970s": lambda p: int(1970 <= p.birth_year <= 1979),
    "around_45": lambda p: int(12 * 43 <= p.age_months < 12 * 48),
    "over_55": lambda p: int(p.age_months >= 12 * 55),
    "under_45": lambda p: int(p.age_months < 12 * 45),
    "party_member": lambda p: int(p.party_member),
    "non_party": lambda p: int(not p.party_member),
    "county_leadership": lambda p: int(p.county_leadership),
    "grassroots": lambda p: int(p.grassroots),
    "postgraduate": lambda p: int(p.postgraduate),
    **{f"field_{field}": partial(works_in, field=field) for field in FIELDS},
}


def stays(post: Post, person: Person, kind: str) -> int:
    """Whether an assignment keeps the person in the team of this kind."""
    held = person.holds
    same = held is not None and held.region == post.region and kind in held.teams
    return int(same and kind in post.teams)


def from_other_region(post: Post, person: Person) -> int:
    return int(person.home != post.region)


PAIR_FEATURES: dict[str, Callable[[Post, Person], int]] = {
    "moves": lambda post, p: int(p.holds is not post),
    "short_term": lambda post, p: int(p.age_months >= 12 * 56),
    "from_other_region": from_other_region,
    **{f"stays_{kind}": partial(stays, kind=kind) for kind in KINDS},
}


def feature(name: str, post: Post, person: Person) -> int:
    if name in PERSON_FEATURES:
        return PERSON_FEATURES[name](person)
    return PAIR_FEATURES[name](post, person)


@dataclass(frozen=True, slots=True)
class Room:
    """How far bounds stay from what the hidden plan has."""

    persons: int
    permille: int
    months: int


ROOM = {STANDARD: Room(1, 40, 6), TIGHT: Room(0, 0, 1)}


class Asking:
    """Bounds for one scope after another, taken from the hidden plan's members in it."""

    def __init__(self, members: list[Member], scope: Row, name: str, room: Room) -> None:
        self.members, self.scope, self.name, self.room = members, scope, name, room

    def _sum(self, feature_name: str) -> int:
        return sum(feature(feature_name, post, person) for post, person in self.members)

    def _row(self, feature_name: str, measure: str, op: str, bound: int, **more: object) -> Row:
        sign = "min" if op == ">=" else "max"
        hard: Row = {"force": "hard", "citation": "计划"}
        return {
            "target_id": f"{self.name}/{feature_name}-{measure}-{sign}",
            **self.scope,
            "measure": measure,
            "feature": feature_name,
            "op": op,
            "bound": bound,
            **hard,
            **more,
        }

    def at_least(self, name: str, room: int | None = None) -> Iterator[Row]:
        """A minimum count; none where the hidden plan has nobody."""
        has = self._sum(name)
        if has:
            bound = max(1, has - (self.room.persons if room is None else room))
            yield self._row(name, "count", ">=", bound)

    def at_most(self, name: str, room: int | None = None) -> Row:
        bound = self._sum(name) + (self.room.persons if room is None else room)
        return self._row(name, "count", "<=", bound)

    def share_at_least(self, name: str) -> Row:
        share = 1000 * self._sum(name) // len(self.members)
        return self._row(name, "share_permille", ">=", max(0, share - self.room.permille))

    def share_between(self, name: str, low: int, high: int) -> Iterator[Row]:
        for op, bound in ((">=", low), ("<=", high)):
            yield self._row(name, "share_permille", op, bound)

    def mean_at_most(self, name: str) -> Row:
        mean = -(-self._sum(name) // len(self.members))
        return self._row(name, "mean", "<=", mean + self.room.months)

    def wish(self, name: str, measure: str, bound: int, priority: int, weight: int) -> Row:
        soft = {"force": "soft", "priority": priority, "weight": weight}
        return self._row(name, measure, ">=", bound, **soft)


def targets(drawn: Drawn, tightness: str, soft: bool) -> list[Row]:
    """Every target of a drawn problem."""
    room = ROOM[tightness]
    members: list[Member] = [(p.planned, p) for p in drawn.persons if p.planned]
    rows: list[Row] = []
    for region in range(drawn.regions):
        here = [(post, p) for post, p in members if post.region == region]
        for kind in KINDS:
            team = f"{region_id(region)}-{kind}"
            inside = [(post, p) for post, p in here if kind in post.teams]
            rows += _of_team(Asking(inside, _teams("team_id", team), team, room), kind)
        rows += _of_region(drawn, region, here, room)
    executive = [(post, p) for post, p in members if {PARTY, GOVERNMENT} & set(post.teams)]
    heads = [(post, p) for post, p in members if post.is_head]
    rows += _of_all(members, executive, heads, room)
    return [*rows, *_wishes(drawn, members)] if soft else rows


def _teams(column: str, *values: str) -> Row:
    return {"scope_table": "teams", "scope_column": column, "scope_values": ";".join(values)}


def _of_team(ask: Asking, kind: str) -> Iterator[Row]:
    yield from ask.at_least("female")
    yield from ask.at_least("minority")
    yield ask.mean_at_most("age_months")
    yield from ask.share_between(f"stays_{kind}", 350, 650)
    yield ask.at_most("over_55")
    yield from ask.at_least("field_finance", room=0)
    yield from ask.at_least("field_law", room=0)
    if kind == PARTY:
        yield ask.at_most("non_party", room=0)
    if kind in (PARTY, GOVERNMENT):
        yield from ask.at_least("born_1980s")
        yield ask.at_most("under_45")
    if kind == CONFERENCE:
        yield from ask.at_least("non_party", room=0)
    if kind in (GOVERNMENT, CONGRESS):
        yield from ask.at_least("non_party")


def _of_region(drawn: Drawn, region: int, here: list[Member], room: Room) -> Iterator[Row]:
    name = region_id(region)
    executive = [(post, p) for post, p in here if {PARTY, GOVERNMENT} & set(post.teams)]
    ask = Asking(here, _teams("region", name), name, room)
    yield from ask.at_least("female")
    yield ask.share_at_least("county_leadership")
    if drawn.regions > 1:
        yield from ask.at_least("from_other_region")
        yield ask.at_most("from_other_region", room=2)
    scope = _teams("executive_of", name)
    ask = Asking(executive, scope, f"{name}-executive", room)
    yield ask.mean_at_most("age_months")
    yield ask.share_at_least("grassroots")


def _of_all(
    members: list[Member], executive: list[Member], heads: list[Member], room: Room
) -> Iterator[Row]:
    scope: Row = {"scope_table": "all", "scope_column": "", "scope_values": ""}
    ask = Asking(members, scope, "all", room)
    yield ask.share_at_least("female")
    yield ask.share_at_least("minority")
    yield ask.share_at_least("non_party")
    yield ask.share_at_least("postgraduate")
    ask = Asking(executive, _teams("is_executive", "1"), "all-executive", room)
    yield ask.share_at_least("around_45")
    yield ask.share_at_least("county_leadership")
    yield ask.share_at_least("grassroots")
    yield from ask.at_least("born_1980s")
    yield ask.mean_at_most("age_months")
    posts: Row = {"scope_table": "posts", "scope_column": "is_head", "scope_values": "1"}
    ask = Asking(heads, posts, "all-heads", room)
    yield ask.share_at_least("born_1970s")
    yield from ask.at_least("female")


def _wishes(drawn: Drawn, members: list[Member]) -> Iterator[Row]:
    """Soft targets beyond what the hidden plan has: some of them must be missed."""
    for region in range(drawn.regions):
        for kind in (PARTY, GOVERNMENT):
            team = f"{region_id(region)}-{kind}"
            inside = [(post, p) for post, p in members if team in post.team_ids]
            ask = Asking(inside, _teams("team_id", team), f"wish/{team}", ROOM[STANDARD])
            for name in FIELDS:
                yield ask.wish(f"field_{name}", "count", 2, 1, 10)
            yield ask.wish("female", "count", 3, 2, 8)
    executive = [(post, p) for post, p in members if {PARTY, GOVERNMENT} & set(post.teams)]
    ask = Asking(executive, _teams("is_executive", "1"), "wish/all", ROOM[STANDARD])
    yield ask.wish("postgraduate", "share_permille", 700, 3, 5)
    yield ask.wish("county_leadership", "share_permille", 800, 3, 5)
