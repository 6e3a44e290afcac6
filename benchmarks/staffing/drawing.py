"""Regions, posts and persons of a drawn problem, and the plan hidden in it.

A region has thirty posts in four teams: eleven seats in the Party committee and eight in the
government, three of them the same posts, and seven each in people's congress and consultative
conference. The hidden plan is drawn first: which incumbents stay in their team and who comes new.
Everybody then gets facts, and becomes a candidate where they suit; whoever the hidden plan puts in
a post always does. How well a person fits (`fit`) knows nothing of the hidden plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

PARTY, GOVERNMENT, CONGRESS, CONFERENCE = "party", "government", "congress", "conference"
KINDS = (PARTY, GOVERNMENT, CONGRESS, CONFERENCE)
FIELDS = ("finance", "technology", "law", "ecology", "industry")
POSTS_IN_REGION = 30
AS_OF_MONTH = 2026 * 12 + 6

# posts of a region: name, teams, whether a head, field wanted
_LAYOUT: tuple[tuple[str, tuple[str, ...], bool, str], ...] = (
    ("secretary", (PARTY,), True, ""),
    ("mayor", (PARTY, GOVERNMENT), True, "industry"),
    ("deputy_secretary", (PARTY,), False, ""),
    ("discipline", (PARTY,), False, "law"),
    ("executive_vice_mayor", (PARTY, GOVERNMENT), False, "finance"),
    ("organisation", (PARTY,), False, ""),
    ("publicity", (PARTY,), False, "technology"),
    ("united_front", (PARTY,), False, ""),
    ("politics_law", (PARTY,), False, "law"),
    ("secretary_general", (PARTY,), False, ""),
    ("standing_vice_mayor", (PARTY, GOVERNMENT), False, "industry"),
    *((f"vice_mayor_{n}", (GOVERNMENT,), False, FIELDS[n - 1]) for n in range(1, 6)),
    ("congress_head", (CONGRESS,), True, "law"),
    *((f"congress_deputy_{n}", (CONGRESS,), False, FIELDS[n % 5]) for n in range(1, 7)),
    ("conference_head", (CONFERENCE,), True, ""),
    *((f"conference_deputy_{n}", (CONFERENCE,), False, FIELDS[n % 5]) for n in range(1, 7)),
)  # fmt: skip

_STAYING = {PARTY: 4, GOVERNMENT: 3, CONGRESS: 3, CONFERENCE: 3}
"""Incumbents who stay in the hidden plan among the posts of one team alone; of the three shared
posts one or two stay. So between 35 and 65 % of every team stay."""

_PROVINCIAL_SHARE = 0.06
_NEIGHBOURS = (-1, 1)


@dataclass(frozen=True, slots=True)
class Post:
    """`region` counts from 0; `post_id` is `r01-mayor`."""

    region: int
    name: str
    teams: tuple[str, ...]
    is_head: bool
    wants: str

    @property
    def post_id(self) -> str:
        return f"{region_id(self.region)}-{self.name}"

    @property
    def team_ids(self) -> tuple[str, ...]:
        return tuple(f"{region_id(self.region)}-{kind}" for kind in self.teams)


@dataclass(slots=True)
class Person:
    """`home` is a region, -1 the provincial organs. `holds` the post held now, `planned` the hidden one.

    `age_months` at the day of the problem; `ability` raises the fit everywhere.
    """

    person_id: str
    home: int
    age_months: int
    ability: int
    holds: Post | None = None
    planned: Post | None = None
    can_head: bool = False
    female: bool = False
    minority: bool = False
    party_member: bool = True
    county_leadership: bool = False
    grassroots: bool = True
    postgraduate: bool = False
    fields: frozenset[str] = frozenset()

    @property
    def birth_year(self) -> int:
        return (AS_OF_MONTH - self.age_months) // 12


@dataclass(slots=True)
class Pair:
    """One candidate pair with its whole-number columns."""

    post: Post
    person: Person
    fit: int


@dataclass(slots=True)
class Drawn:
    """Posts in order of display, persons in order of id, pairs by post and person."""

    regions: int
    posts: list[Post]
    persons: list[Person]
    pairs: list[Pair] = field(default_factory=list)
    kin: list[tuple[Person, Person, str]] = field(default_factory=list)

    @property
    def hidden_plan(self) -> dict[str, str]:
        return {p.planned.post_id: p.person_id for p in self.persons if p.planned}


def region_id(region: int) -> str:
    return f"r{region + 1:03d}"


def draw(rng: Random, regions: int, persons: int) -> Drawn:
    """Everything but the targets, for so many regions and persons in all."""
    drawn = Drawn(regions, [], [])
    for region in range(regions):
        size = persons * (region + 1) // regions - persons * region // regions
        posts = [Post(region, *row) for row in _LAYOUT]
        drawn.posts += posts
        drawn.persons += _people(rng, region, posts, size)
    _exchange(rng, drawn)
    for person in drawn.persons:
        _facts(rng, person)
    _least_in_teams(rng, drawn)
    _pairs(rng, drawn)
    _kin(rng, drawn)
    return drawn


def _people(rng: Random, region: int, posts: list[Post], size: int) -> list[Person]:
    """Incumbents, two posts of thirty being empty, and a pool; the hidden plan fills every post."""
    empty = set(rng.sample([p.name for p in posts if not p.is_head and len(p.teams) == 1], 2))
    people: list[Person] = []

    def add(home: int, years: tuple[int, int], holds: Post | None = None) -> Person:
        age = rng.randint(12 * years[0], 12 * years[1])
        person = Person(f"{region_id(region)}-{len(people) + 1:03d}", home, age, rng.randint(0, 40))
        person.holds = holds
        people.append(person)
        return person

    seated = {post.name: add(region, (46, 59), post) for post in posts if post.name not in empty}
    staying = _stay(rng, posts, seated)
    free = [post for post in posts if post.name not in staying]
    for post in posts:
        if post not in free:
            seated[post.name].planned = post
            seated[post.name].age_months = rng.randint(12 * 46, 12 * 56)
    for post in free:
        executive = PARTY in post.teams or GOVERNMENT in post.teams
        home = -1 if rng.random() < _PROVINCIAL_SHARE else region
        add(home, (41, 51) if executive else (47, 56)).planned = post
    while len(people) < size:
        add(-1 if rng.random() < _PROVINCIAL_SHARE else region, (38, 57))
    return people


def _stay(rng: Random, posts: list[Post], seated: dict[str, Person]) -> set[str]:
    chosen: set[str] = set()
    for kind, count in _STAYING.items():
        alone = [p.name for p in posts if p.teams == (kind,) and p.name in seated]
        chosen.update(rng.sample(alone, min(count, len(alone))))
    shared = [post.name for post in posts if len(post.teams) == 2]
    chosen.update(rng.sample(shared, rng.choice((1, 2))))
    return chosen


def _exchange(rng: Random, drawn: Drawn) -> None:
    """Let two newcomers of every region change places with two of the next one."""
    if drawn.regions < 2:
        return
    newcomers: list[list[Person]] = [[] for _ in range(drawn.regions)]
    for person in drawn.persons:
        if person.planned and person.holds is None and person.home >= 0:
            newcomers[person.planned.region].append(person)
    for region, here in enumerate(newcomers):
        there = newcomers[(region + 1) % drawn.regions]
        for one in rng.sample(here, min(2, len(here))):
            alike = [p for p in there if _seat(p).teams == _seat(one).teams]
            if alike:
                other = rng.choice(alike)
                one.planned, other.planned = other.planned, one.planned


def _seat(person: Person) -> Post:
    if person.planned is None:
        raise ValueError(f"{person.person_id} is in no plan")
    return person.planned


def _facts(rng: Random, person: Person) -> None:
    planned = person.planned
    person.female = rng.random() < 0.24
    person.minority = rng.random() < 0.16
    party_only = bool(planned and PARTY in planned.teams) or bool(
        person.holds and PARTY in person.holds.teams
    )
    person.party_member = party_only or rng.random() < 0.86
    person.county_leadership = rng.random() < 0.5
    person.grassroots = rng.random() < 0.96
    person.postgraduate = rng.random() < 0.45
    person.can_head = bool(planned and planned.is_head) or rng.random() < 0.3
    person.fields = frozenset(rng.sample(FIELDS, rng.choice((0, 1, 1, 2))))


def _least_in_teams(rng: Random, drawn: Drawn) -> None:
    """What every team of the hidden plan has at least, dealt where chance gave too little."""
    teams: dict[str, list[Person]] = {}
    for person in drawn.persons:
        for team in person.planned.team_ids if person.planned else ():
            teams.setdefault(team, []).append(person)
    for team, members in teams.items():
        kind = team.partition("-")[2]
        rng.shuffle(members)
        if not any(p.female for p in members):
            members[0].female = True
        if not any(p.minority for p in members):
            members[-1].minority = True
        outside = [p for p in members if p.planned and PARTY not in p.planned.teams]
        wanted = {PARTY: 0, GOVERNMENT: 1, CONGRESS: 1, CONFERENCE: 3}[kind]
        lacking = wanted - sum(not p.party_member for p in members)
        for person in [p for p in outside if p.party_member][: max(0, lacking)]:
            person.party_member = False
        for wants in ("finance", "law"):
            if not any(wants in p.fields for p in members):
                members[1].fields |= {wants}
        if kind in (PARTY, GOVERNMENT) and not any(p.birth_year >= 1980 for p in members):
            young = next(p for p in members if p.holds is None)
            young.age_months = rng.randint(12 * 41, 12 * 46)


def _pairs(rng: Random, drawn: Drawn) -> None:
    """Candidates of every post: people at home, of the regions beside and of the provincial organs."""
    at_home: list[list[Person]] = [[] for _ in range(drawn.regions)]
    provincial: list[Person] = []
    planned = {p.planned.post_id: p for p in drawn.persons if p.planned}
    for person in drawn.persons:
        (provincial if person.home < 0 else at_home[person.home]).append(person)
    for post in drawn.posts:
        beside = {(post.region + step) % drawn.regions for step in _NEIGHBOURS} - {post.region}
        pool = [(p, 0.79) for p in at_home[post.region]]
        pool += [(p, 0.13) for other in sorted(beside) for p in at_home[other]]
        # about eight of the province for every post, however large the region
        pool += [(p, min(1.0, 12 / max(1, len(provincial)))) for p in provincial]
        found = [
            person
            for person, chance in pool
            if person.planned is post or (_suits(post, person) and rng.random() < chance)
            or person.holds is post
        ]  # fmt: skip
        chosen = planned[post.post_id]
        if not any(person is chosen for person in found):
            found.append(chosen)
        for person in sorted(found, key=lambda p: p.person_id):
            drawn.pairs.append(Pair(post, person, _fit(rng, post, person)))


def _suits(post: Post, person: Person) -> bool:
    years = person.age_months // 12
    if PARTY in post.teams and not person.party_member:
        return False
    if post.is_head and not person.can_head:
        return False
    executive = PARTY in post.teams or GOVERNMENT in post.teams
    if executive:
        return years < 57
    return years >= 45


def _fit(rng: Random, post: Post, person: Person) -> int:
    """Experience counts, so that what fits best is older than the targets allow."""
    value = 20 + person.ability + min(30, max(0, person.age_months - 12 * 40) // 6)
    value += 15 * (post.wants in person.fields) + 12 * person.county_leadership
    return value + rng.randint(0, 25)


def _kin(rng: Random, drawn: Drawn) -> None:
    """Eight pairs of kin a region, never two whom the hidden plan puts side by side."""
    by_home: dict[int, list[Person]] = {}
    for person in drawn.persons:
        by_home.setdefault(person.home, []).append(person)
    taken: set[str] = set()
    for region in range(drawn.regions):
        here = [p for p in by_home[region] if p.person_id not in taken]
        for number in range(8):
            a, b = rng.sample(here, 2)
            both = a.planned and b.planned
            if both or a.person_id in taken or b.person_id in taken:
                continue
            taken.update((a.person_id, b.person_id))
            drawn.kin.append((a, b, "line_of_command" if number % 2 else "same_team"))
