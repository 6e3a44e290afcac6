"""Organs, teams and posts of the invented prefecture: 4 teams, 30 posts, 33 seats.

Three posts sit in both the Party committee and the government (市长, 常务副市长, one further
standing-committee member), as in a real prefecture.
"""

from __future__ import annotations

from dataclasses import dataclass

from banzi.demo.knobs import Vocabulary
from banzi.people.choices import SeatRole
from banzi.teams.choices import DutyHead, RegionTier, TeamKind

PREFECTURE_CODE = "990100"
"""GB/T 2260 issues no code that begins with 99; see `codes/tables/admin_divisions_invented.csv`."""

PARTY, GOVERNMENT, CONGRESS, CONSULTATIVE = "party", "government", "congress", "consultative"
"""Ids of the four teams (and of their organs)."""

PRINCIPAL_LEVEL, DEPUTY_LEVEL = "1A21", "1A22"


@dataclass(frozen=True, slots=True)
class Post:
    """One post; `titles` gives organ id and post name once per team, in order of the teams."""

    post_id: str
    name: str
    level: str
    head: DutyHead
    titles: tuple[tuple[str, str], ...]

    @property
    def teams(self) -> tuple[str, ...]:
        return tuple(team for team, _title in self.titles)

    @property
    def role(self) -> SeatRole:
        return SeatRole.PRINCIPAL if self.level == PRINCIPAL_LEVEL else SeatRole.DEPUTY

    @property
    def concurrent(self) -> bool:
        return len(self.titles) == 2


@dataclass(frozen=True, slots=True)
class Region:
    """Names of the region and its posts in the order of precedence."""

    city: str
    organ_names: dict[str, str]
    team_names: dict[str, str]
    posts: tuple[Post, ...]

    def post(self, post_id: str) -> Post:
        return next(post for post in self.posts if post.post_id == post_id)


TEAM_KINDS = {
    PARTY: TeamKind.PARTY_COMMITTEE,
    GOVERNMENT: TeamKind.GOVERNMENT,
    CONGRESS: TeamKind.PEOPLES_CONGRESS,
    CONSULTATIVE: TeamKind.CONSULTATIVE_CONFERENCE,
}

_NONE = DutyHead.NONE


def build_region(words: Vocabulary) -> Region:
    city = words.prefecture
    organs = {
        PARTY: f"中共{city}委员会",
        GOVERNMENT: f"{city}人民政府",
        CONGRESS: f"{city}人民代表大会常务委员会",
        CONSULTATIVE: f"中国人民政治协商会议{city}委员会",
    }
    teams = {
        PARTY: f"{city}委常委会",
        GOVERNMENT: f"{city}人民政府",
        CONGRESS: f"{city}人大常委会",
        CONSULTATIVE: f"{city}政协",
    }
    return Region(city, organs, teams, tuple(_posts()))


def _posts() -> list[Post]:
    def one(post_id: str, team: str, title: str, head: DutyHead = _NONE, top: bool = False) -> Post:
        level = PRINCIPAL_LEVEL if top else DEPUTY_LEVEL
        return Post(post_id, title, level, head, ((team, title),))

    def both(post_id: str, party: str, office: str, head: DutyHead, top: bool = False) -> Post:
        level = PRINCIPAL_LEVEL if top else DEPUTY_LEVEL
        titles = ((PARTY, party), (GOVERNMENT, office))
        return Post(post_id, f"{party}、{office}", level, head, titles)

    return [
        one("party_secretary", PARTY, "市委书记", DutyHead.PARTY_COMMITTEE, top=True),
        both("mayor", "市委副书记", "市长", DutyHead.GOVERNMENT, top=True),
        one("party_deputy_secretary", PARTY, "市委副书记"),
        one("party_discipline", PARTY, "市委常委、市纪委书记", DutyHead.DISCIPLINE),
        both("executive_vice_mayor", "市委常委", "常务副市长", _NONE),
        one("party_organisation", PARTY, "市委常委、组织部部长", DutyHead.ORGANISATION),
        one("party_publicity", PARTY, "市委常委、宣传部部长"),
        one("party_united_front", PARTY, "市委常委、统战部部长"),
        one("party_politics_law", PARTY, "市委常委、政法委书记"),
        one("party_secretary_general", PARTY, "市委常委、秘书长"),
        both("standing_vice_mayor", "市委常委", "副市长", _NONE),
        one("vice_mayor_1", GOVERNMENT, "副市长"),
        one("vice_mayor_2", GOVERNMENT, "副市长"),
        one("vice_mayor_3", GOVERNMENT, "副市长"),
        one("vice_mayor_4", GOVERNMENT, "副市长"),
        one("vice_mayor_police", GOVERNMENT, "副市长、市公安局局长", DutyHead.POLICE),
        one("congress_head", CONGRESS, "市人大常委会主任", top=True),
        *(one(f"congress_deputy_{n}", CONGRESS, "市人大常委会副主任") for n in range(1, 7)),
        one("consultative_head", CONSULTATIVE, "市政协主席", top=True),
        *(one(f"consultative_deputy_{n}", CONSULTATIVE, "市政协副主席") for n in range(1, 7)),
    ]


def organ_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `organs`; quotas and establishment follow from the posts."""
    return [
        {
            "organ_id": organ,
            "organ_name": name,
            "short_name": region.team_names[organ],
            "division_code": PREFECTURE_CODE,
            "region_tier": RegionTier.PREFECTURE,
            "organ_level": "厅局级",
            "organ_category": "党政机关",
            "establishment": sum(organ in post.teams for post in region.posts),
            "principal_quota": 1,
            "deputy_quota": sum(organ in post.teams for post in region.posts) - 1,
        }
        for organ, name in region.organ_names.items()
    ]


def team_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `teams`."""
    return [
        {
            "team_id": team,
            "team_name": name,
            "team_kind": TEAM_KINDS[team],
            "organ_id": team,
            "superior_team_id": None if team == PARTY else PARTY,
            "region": region.city,
            "display_order": order,
        }
        for order, (team, name) in enumerate(region.team_names.items(), start=1)
    ]


def post_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `posts`; a concurrent post belongs to the organ of its office (市长: 政府)."""
    return [
        {
            "post_id": post.post_id,
            "post_name": post.name,
            "organ_id": post.teams[-1],
            "post_level": post.level,
            "role": post.role,
            "duty_head": post.head,
            "is_elected": True,
            "counts_against_quota": True,
            "display_order": order,
        }
        for order, post in enumerate(region.posts, start=1)
    ]


def post_team_rows(region: Region) -> list[dict[str, object]]:
    """Rows of `post_teams`."""
    return [
        {"post_id": post.post_id, "team_id": team, "team_order": order}
        for post in region.posts
        for order, team in enumerate(post.teams, start=1)
    ]
