"""Who moves under a plan: from which posts, to which post, in the words that papers use.

Compares the seats of a roster with the assignments of a plan over the posts of the plan's problem;
a post outside the problem is nobody's business here. Nothing is judged: whether the plan is right
is the referee's answer, and why a pair needs a person's decision travels with the pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from banzi.codes.strokes import stroke_key
from banzi.facts.levels import seats_at
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.members import post_frame
from banzi.teams.choices import TeamKind

UNKNOWN_POST = MessageKind(
    "papers/unknown-post", _("花名册中没有职位“{post}”；问题文件夹与花名册不是同一套，请核对")
)
UNKNOWN_PERSON = MessageKind(
    "papers/unknown-person", _("花名册中没有人员“{person}”；问题文件夹与花名册不是同一套，请核对")
)
REASON_NEW = MessageKind(
    "papers/reason-new", _("领导班子选配方案（基准日{as_of}）建议任{post}，提请讨论决定。")
)
REASON_MOVE = MessageKind(
    "papers/reason-move",
    _("领导班子选配方案（基准日{as_of}）建议由{old}转任{post}，提请讨论决定。"),
)
REASON_LEAVE = MessageKind(
    "papers/reason-leave",
    _("领导班子选配方案（基准日{as_of}）未安排其继续担任{old}，去向另行研究，提请讨论决定。"),
)
OTHER_OFFICE = MessageKind(
    "papers/other-office",
    _("{name}现任职务不在本次选配职位之内，是否免去、由谁办理；请核定后补填“拟免职务”"),
)

_REGIONAL = (
    TeamKind.PARTY_COMMITTEE,
    TeamKind.GOVERNMENT,
    TeamKind.PEOPLES_CONGRESS,
    TeamKind.CONSULTATIVE_CONFERENCE,
)


@dataclass(frozen=True, slots=True)
class Move:
    """One person whose posts change.

    Attributes
    ----------
    to_posts, from_posts
        Posts to take up and to give up, in order of display.
    team_id, team_name
        Team of the first post of the two, under which papers list the person.
    settling
        What a person must settle before this assignment can stand, as the problem says it.
    """

    person_id: str
    name: str
    to_posts: tuple[str, ...]
    from_posts: tuple[str, ...]
    team_id: str
    team_name: str
    settling: str = ""

    @property
    def leaves(self) -> bool:
        """Whether the person gives up a post and takes up none."""
        return not self.to_posts


@dataclass(frozen=True)
class House:
    """The posts of a roster in order of display, with their teams and full titles."""

    posts: tuple[str, ...]
    titles: Mapping[str, str]
    team_of: Mapping[str, str]
    team_names: Mapping[str, str]
    seats: tuple[tuple[str, str], ...]
    names: Mapping[str, str]

    def title_text(self, posts: Iterable[str]) -> str:
        """`云岭市委副书记、市长`; several posts are joined by a comma."""
        return "，".join(self.titles[post] for post in posts)

    def rank(self, post: str) -> int:
        return self.posts.index(post)


def house_of(roster: Roster, day: date) -> House:
    """Posts in the order of teams and of display, and who holds them on a day."""
    frame = post_frame(roster).unique("post_id", keep="first", maintain_order=True)
    frame = frame.drop("region", strict=False).join(
        roster["teams"].select("team_id", "region"), on="team_id", how="left", maintain_order="left"
    )
    organs = dict(roster["organs"].select("organ_id", "organ_name").iter_rows())
    own = dict(roster["posts"].select("post_id", "organ_id").iter_rows())
    rows = frame.select("post_id", "post_name", "team_id", "team_kind", "region").to_dicts()
    return House(
        posts=tuple(row["post_id"] for row in rows),
        titles={
            row["post_id"]: full_title(
                row["post_name"], organs[own[row["post_id"]]], row["region"], row["team_kind"]
            )
            for row in rows
        },
        team_of={row["post_id"]: row["team_id"] for row in rows},
        team_names=dict(roster["teams"].select("team_id", "team_name").iter_rows()),
        seats=tuple(seats_at(roster, day).select("post_id", "person_id").iter_rows()),
        names=dict(roster["persons"].select("person_id", "name").iter_rows()),
    )


def full_title(post_name: str, organ_name: str, region: str | None, team_kind: str) -> str:
    """The title with its place before it, what both have in common said once.

    `云岭市` + `市委书记` gives `云岭市委书记`; a post of a department takes the organ's name.
    """
    if not region or team_kind not in _REGIONAL:
        return post_name if post_name.startswith(organ_name) else organ_name + post_name
    return with_place(region, post_name)


def with_place(region: str, post_name: str) -> str:
    """`云岭市` and `市委书记` as `云岭市委书记`: what both have in common is said once.

    Whose title is the place's own head keeps it: `云岭市市长`, `临溪县县长`.
    """
    if post_name[1:2] == "长":
        return region + post_name
    lengths = range(min(len(region), len(post_name)), 0, -1)
    shared = next((n for n in lengths if region.endswith(post_name[:n])), 0)
    return region + post_name[shared:]


def moves_of(
    house: House,
    assignments: Iterable[tuple[str, str | None]],
    settling: Mapping[tuple[str, str], str] | None = None,
) -> tuple[Move, ...]:
    """Everybody whose posts differ between the house and the plan.

    Parameters
    ----------
    assignments
        (post, person or None) for every post of the problem.
    settling
        (post, person) → what must be settled first.

    Returns
    -------
    tuple of Move
        In the order of the posts concerned; equal places by 姓氏笔画.

    Raises
    ------
    BadInput
        `papers/unknown-post`, `papers/unknown-person`: the plan is about another roster.
    """
    planned = list(assignments)
    _check_known(house, planned)
    inside = {post for post, _person in planned}
    now: dict[str, set[str]] = {}
    then: dict[str, set[str]] = {}
    for post, person in house.seats:
        if post in inside:
            now.setdefault(person, set()).add(post)
    for post, filled_by in planned:
        if filled_by is not None:
            then.setdefault(filled_by, set()).add(post)
    moves = []
    for person in sorted(now.keys() | then.keys()):
        old, new = now.get(person, set()), then.get(person, set())
        gained, lost = _in_words(
            house, sorted(new - old, key=house.rank), sorted(old - new, key=house.rank)
        )
        if gained or lost:
            first = (gained or lost)[0]
            texts = [(settling or {}).get((post, person), "") for post in gained]
            team = house.team_of[first]
            moves.append(
                Move(
                    person,
                    house.names[person],
                    gained,
                    lost,
                    team,
                    house.team_names[team],
                    "；".join(text for text in texts if text),
                )
            )
    return tuple(sorted(moves, key=lambda move: _place(house, move)))


def changes_of(move: Move, house: House, as_of: date) -> dict[str, str]:
    """Form texts that the plan adds to a person's form: 拟任, 拟免, 任免理由, 计算年龄时间."""
    new, old = house.title_text(move.to_posts), house.title_text(move.from_posts)
    return {
        "proposed_posts_text": new,
        "removed_posts_text": old,
        "appointment_reason": reason_of(move, house, as_of).text(),
        "age_counted_on": f"{as_of:%Y%m%d}",
    }


def reason_of(move: Move, house: House, as_of: date) -> Message:
    new, old = house.title_text(move.to_posts), house.title_text(move.from_posts)
    if move.leaves:
        return REASON_LEAVE(as_of=as_of, old=old)
    if old:
        return REASON_MOVE(as_of=as_of, old=old, post=new)
    return REASON_NEW(as_of=as_of, post=new)


def holds_other_office(move: Move, current_posts: str) -> bool:
    """Whether somebody who enters holds an office the plan does not speak about."""
    return bool(move.to_posts and not move.from_posts and current_posts)


def _in_words(
    house: House, gained: list[str], lost: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Without posts of one title on both sides: who goes from one seat of 副市长 to another stays it."""
    for post in list(gained):
        same = next((each for each in lost if house.titles[each] == house.titles[post]), None)
        if same is not None:
            gained.remove(post)
            lost.remove(same)
    return tuple(gained), tuple(lost)


def _place(house: House, move: Move) -> tuple[object, ...]:
    # leavers stand after those who enter or move, each in the order of the posts concerned
    teams = list(dict.fromkeys(house.team_of[post] for post in house.posts))
    first = (move.to_posts or move.from_posts)[0]
    return (teams.index(move.team_id), move.leaves, house.rank(first), stroke_key(move.name))


def _check_known(house: House, planned: list[tuple[str, str | None]]) -> None:
    problems = ProblemLog()
    for post, person in planned:
        if post not in house.titles:
            problems.add(UNKNOWN_POST(post=post), Location())
        if person is not None and person not in house.names:
            problems.add(UNKNOWN_PERSON(person=person), Location())
    problems.stop_if_any()
