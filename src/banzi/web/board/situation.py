"""What the board shows of a draft: columns of teams with their cards, the holding area, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from banzi.staffing.answers.standing import Standing
from banzi.staffing.system.rows import EMPTY
from banzi.web.board.desk import Desk
from banzi.web.board.figures import Figure, Untold, figures, targets_of_team, wide_targets
from banzi.web.board.models import Draft, WishKind
from banzi.web.board.seeing import Seen

HIDDEN = "＊"
"""In place of the name of somebody whom the viewer may not see."""


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a card; of somebody out of the viewer's sight only that somebody is there.

    `person_id`, `line`, `review`: "" then. `line`: what stands below the name. `review`: what
    people must settle about the person in this post, "" for nothing.
    """

    person_id: str
    name: str
    line: str = ""
    incumbent: bool = False
    pinned: bool = False
    review: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A post of a team and who sits there. `shared`: the other team of a concurrent post."""

    post_id: str
    title: str
    card: Card | None
    incumbent: str = ""
    shared: str = ""
    open_candidates: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A team."""

    team_id: str
    title: str
    region: str
    slots: tuple[Slot, ...]
    figures: tuple[Figure | Untold, ...]

    @property
    def filled(self) -> int:
        return sum(slot.card is not None for slot in self.slots)

    @property
    def broken(self) -> list[Figure | Untold]:
        return [each for each in self.figures if each.target.hard and each.holds is False]

    @property
    def short(self) -> list[Figure | Untold]:
        return [each for each in self.figures if not each.target.hard and each.holds is False]

    @property
    def is_told(self) -> bool:
        """Whether every figure of the team is told."""
        return all(each.holds is not None for each in self.figures)


@dataclass(frozen=True, slots=True)
class Mark:
    """A region: seats filled, seats, hard targets missed that concern it alone and are told."""

    region: str
    filled: int
    seats: int
    broken: int


@dataclass(slots=True)
class People:
    """What cards say of persons, for those whom the viewer may see: id → line below the name."""

    lines: Mapping[str, str] = field(default_factory=dict)

    def name(self, desk: Desk, person_id: str) -> str:
        return desk.names.person(person_id) if person_id in self.lines else HIDDEN


class Situation:
    """A draft as it stands, worked out once for an answer."""

    def __init__(
        self, draft: Draft, desk: Desk, placed: Mapping[str, str], people: People, seen: Seen
    ) -> None:
        self.draft, self.desk, self.people, self.seen = draft, desk, people, seen
        self.placed = placed
        self.standing: Standing = desk.standing(placed)
        self.pins = set(draft.wishes.filter(kind=WishKind.PIN).values_list("post_id", "person_id"))

    @cached_property
    def figures(self) -> dict[str, Figure | Untold]:
        """Target id → its figure, of every target."""
        found = figures(self.desk, self.standing, self.seen)
        return {each.target.target_id: each for each in found}

    def columns(self, teams: Iterable[int]) -> list[Column]:
        return [self.column(team) for team in teams]

    def column(self, team: int) -> Column:
        desk = self.desk
        facts = desk.team_facts[team]
        return Column(
            desk.problem.teams[team],
            facts.get("team_name") or desk.problem.teams[team],
            facts.get("region", ""),
            tuple(self.slot(post, team) for post in desk.posts_of_team[team]),
            tuple(self.figures[each.target_id] for each in targets_of_team(desk, team)),
        )

    def slot(self, post: int, team: int) -> Slot:
        desk = self.desk
        known = desk.problem.posts[post]
        person = self.standing.person(post)
        others = [desk.problem.teams[each] for each in known.teams if each != team]
        first, last = desk.rows.post_start[post], desk.rows.post_start[post + 1]
        return Slot(
            known.post_id,
            desk.post_facts[post].get("post_name") or known.post_id,
            None if person == EMPTY else self.card(desk.problem.persons[person], post),
            self.people.name(desk, known.incumbent_person_id) if known.incumbent_person_id else "",
            desk.names.team(others[0]) if others else "",
            int(last - first),
        )

    def card(self, person_id: str, post: int | None = None) -> Card:
        desk, people = self.desk, self.people
        known = None if post is None else desk.problem.posts[post]
        post_id = known.post_id if known else ""
        if person_id not in people.lines:
            return Card("", HIDDEN)
        return Card(
            person_id,
            people.name(desk, person_id),
            people.lines[person_id],
            known is not None and known.incumbent_person_id == person_id,
            (post_id, person_id) in self.pins,
            desk.reviews.get((post_id, person_id), ""),
        )

    def holding(self) -> list[Card]:
        """Persons who must be placed and are not, and whoever held a post before."""
        desk = self.desk
        seat = self.standing.seat_of
        return [
            self.card(person)
            for place, person in enumerate(desk.problem.persons)
            if desk.problem.must_place[place] and seat[place] == EMPTY
        ]

    def wide(self) -> list[Figure | Untold]:
        return [self.figures[each.target_id] for each in wide_targets(self.desk)]

    def empty_posts(self) -> list[int]:
        return [post for post in range(self.desk.rows.posts) if self.standing.plan[post] == EMPTY]

    def region_marks(self) -> list[Mark]:
        """How far every region is, in order."""
        desk = self.desk
        found = {region: [0, 0, 0] for region in regions_of(desk)}
        for post in range(desk.rows.posts):
            marks = found[desk.region_of(post)]
            marks[0] += int(self.standing.plan[post] != EMPTY)
            marks[1] += 1
        for name, figure in self.figures.items():
            if figure.target.hard and figure.holds is False and name in desk.region_of_target:
                found[desk.region_of_target[name]][2] += 1
        return [Mark(name, *marks) for name, marks in found.items()]


def teams_in(desk: Desk, region: str) -> list[int]:
    """Teams of a region, all when it is ""."""
    return [
        team
        for team, facts in enumerate(desk.team_facts)
        if not region or facts.get("region", "") == region
    ]


def regions_of(desk: Desk) -> list[str]:
    return list(dict.fromkeys(facts.get("region", "") for facts in desk.team_facts))
