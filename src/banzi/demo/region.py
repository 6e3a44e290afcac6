"""Organs, teams and posts: 4 teams, 30 posts, 33 seats in every prefecture and county.

Three posts sit in both the Party committee and the government (市长, 常务副市长, one further
standing-committee member), as in a real prefecture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from banzi.demo.knobs import Tier, TierName
from banzi.people.choices import SeatRole
from banzi.teams.choices import DutyHead, RegionTier, TeamKind

PARTY, GOVERNMENT, CONGRESS, CONSULTATIVE = "party", "government", "congress", "consultative"
"""The four teams (and their organs) of an area; ids add the prefix of the area."""

EXECUTIVE_TEAMS = frozenset({PARTY, GOVERNMENT})

TEAM_KINDS = {
    PARTY: TeamKind.PARTY_COMMITTEE,
    GOVERNMENT: TeamKind.GOVERNMENT,
    CONGRESS: TeamKind.PEOPLES_CONGRESS,
    CONSULTATIVE: TeamKind.CONSULTATIVE_CONFERENCE,
}

_NONE = DutyHead.NONE
_TIERS = {"prefecture": RegionTier.PREFECTURE, "county": RegionTier.COUNTY}
_ORGAN_LEVELS = {"prefecture": "厅局级", "county": "县处级"}


@dataclass(frozen=True, slots=True)
class Post:
    """One post; `place` is its name in the knobs, the same in every area.

    `titles` gives team (`PARTY` …) and post name once per team, in order of the teams.
    """

    place: str
    post_id: str
    name: str
    level: str
    head: DutyHead
    principal: bool
    titles: tuple[tuple[str, str], ...]

    @property
    def teams(self) -> tuple[str, ...]:
        return tuple(team for team, _title in self.titles)

    @property
    def executive(self) -> bool:
        """Whether the post sits in the Party committee or the government."""
        return bool(EXECUTIVE_TEAMS.intersection(self.teams))

    @property
    def role(self) -> SeatRole:
        return SeatRole.PRINCIPAL if self.principal else SeatRole.DEPUTY


@dataclass(frozen=True)
class Area:
    """A prefecture or county with its teams; `above` the area it lies in, None for prefectures.

    `prefix` goes before the ids of its organs, teams and posts; "" in the small demonstration.
    """

    tier: TierName
    marginals: Tier
    code: str
    name: str
    prefix: str
    above: Area | None = None

    @cached_property
    def organ_names(self) -> dict[str, str]:
        """Team → full name of its organ; a county's begins with its prefecture."""
        name = self.full_name
        return {
            PARTY: f"中共{name}委员会",
            GOVERNMENT: f"{name}人民政府",
            CONGRESS: f"{name}人民代表大会常务委员会",
            CONSULTATIVE: f"中国人民政治协商会议{name}委员会",
        }

    @cached_property
    def team_names(self) -> dict[str, str]:
        return {
            PARTY: f"{self.name}委常委会",
            GOVERNMENT: f"{self.name}人民政府",
            CONGRESS: f"{self.name}人大常委会",
            CONSULTATIVE: f"{self.name}政协",
        }

    @property
    def full_name(self) -> str:
        return (self.above.name if self.above else "") + self.name

    @property
    def kind(self) -> str:
        """市, 县 or 区."""
        return self.name[-1]

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """In the order of precedence."""
        return tuple(_posts(self))

    def id_of(self, team: str) -> str:
        return self.prefix + team


@dataclass(frozen=True)
class Region:
    """A prefecture and the counties that have teams of their own, the prefecture first."""

    areas: tuple[Area, ...]

    @property
    def city(self) -> str:
        return self.areas[0].name

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        return tuple(post for area in self.areas for post in area.posts)

    def post(self, post_id: str) -> Post:
        return self._by_id[post_id][1]

    def area_of(self, post_id: str) -> Area:
        return self._by_id[post_id][0]

    @cached_property
    def _by_id(self) -> dict[str, tuple[Area, Post]]:
        return {post.post_id: (area, post) for area in self.areas for post in area.posts}


def _posts(area: Area) -> list[Post]:
    kind = area.kind

    def post(
        place: str, titles: tuple[tuple[str, str], ...], head: DutyHead, name: str, top: bool
    ) -> Post:
        level = area.marginals.principal_level if top else area.marginals.deputy_level
        return Post(place, area.prefix + place, name, level, head, top, titles)

    def one(place: str, team: str, title: str, head: DutyHead = _NONE, top: bool = False) -> Post:
        return post(place, ((team, title),), head, title, top)

    def both(place: str, party: str, office: str, head: DutyHead, top: bool = False) -> Post:
        return post(place, ((PARTY, party), (GOVERNMENT, office)), head, f"{party}、{office}", top)

    member = f"{kind}委常委"
    return [
        one("party_secretary", PARTY, f"{kind}委书记", DutyHead.PARTY_COMMITTEE, top=True),
        both("mayor", f"{kind}委副书记", f"{kind}长", DutyHead.GOVERNMENT, top=True),
        one("party_deputy_secretary", PARTY, f"{kind}委副书记"),
        one("party_discipline", PARTY, f"{member}、{kind}纪委书记", DutyHead.DISCIPLINE),
        both("executive_vice_mayor", member, f"常务副{kind}长", _NONE),
        one("party_organisation", PARTY, f"{member}、组织部部长", DutyHead.ORGANISATION),
        one("party_publicity", PARTY, f"{member}、宣传部部长"),
        one("party_united_front", PARTY, f"{member}、统战部部长"),
        one("party_politics_law", PARTY, f"{member}、政法委书记"),
        one("party_secretary_general", PARTY, f"{member}、{_secretary_general(kind)}"),
        both("standing_vice_mayor", member, f"副{kind}长", _NONE),
        *(one(f"vice_mayor_{n}", GOVERNMENT, f"副{kind}长") for n in range(1, 5)),
        one("vice_mayor_police", GOVERNMENT, _police(kind), DutyHead.POLICE),
        one("congress_head", CONGRESS, f"{kind}人大常委会主任", top=True),
        *(one(f"congress_deputy_{n}", CONGRESS, f"{kind}人大常委会副主任") for n in range(1, 7)),
        one("consultative_head", CONSULTATIVE, f"{kind}政协主席", top=True),
        *(one(f"consultative_deputy_{n}", CONSULTATIVE, f"{kind}政协副主席") for n in range(1, 7)),
    ]


def _secretary_general(kind: str) -> str:
    """A county has no secretary-general: the head of its general office sits in the committee."""
    return "秘书长" if kind == "市" else "办公室主任"


def _police(kind: str) -> str:
    return f"副{kind}长、{kind}公安局局长"


def organ_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `organs`; quotas and establishment follow from the posts."""
    return [
        {
            "organ_id": area.id_of(team),
            "organ_name": name,
            "short_name": area.team_names[team],
            "division_code": area.code,
            "region_tier": _TIERS[area.tier],
            "organ_level": _ORGAN_LEVELS[area.tier],
            "organ_category": "党政机关",
            "establishment": sum(team in post.teams for post in area.posts),
            "principal_quota": 1,
            "deputy_quota": sum(team in post.teams for post in area.posts) - 1,
        }
        for area in region.areas
        for team, name in area.organ_names.items()
    ]


def team_rows(region: Region, areas_before: int = 0) -> list[dict[str, object]]:
    """Rows of `teams`; the order of display goes on after so many areas."""
    first = areas_before * len(TEAM_KINDS) + 1
    rows: list[dict[str, object]] = []
    for area in region.areas:
        for team, name in area.team_names.items():
            higher = area.id_of(PARTY) if team != PARTY else None
            if team == PARTY and area.above:
                higher = area.above.id_of(PARTY)
            rows.append(
                {
                    "team_id": area.id_of(team),
                    "team_name": name,
                    "team_kind": TEAM_KINDS[team],
                    "organ_id": area.id_of(team),
                    "superior_team_id": higher,
                    "region": area.name,
                    "display_order": first + len(rows),
                }
            )
    return rows


def post_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `posts`; a concurrent post belongs to the organ of its office (市长: 政府)."""
    return [
        {
            "post_id": post.post_id,
            "post_name": post.name,
            "organ_id": area.id_of(post.teams[-1]),
            "post_level": post.level,
            "role": post.role,
            "duty_head": post.head,
            "is_elected": True,
            "counts_against_quota": True,
            "display_order": order,
        }
        for area in region.areas
        for order, post in enumerate(area.posts, start=1)
    ]


def post_team_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `post_teams`."""
    return [
        {"post_id": post.post_id, "team_id": area.id_of(team), "team_order": order}
        for area in region.areas
        for post in area.posts
        for order, team in enumerate(post.teams, start=1)
    ]
