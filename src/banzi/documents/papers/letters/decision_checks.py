"""Whether decisions agree with each other and with the roster.

Contradictions within the list are errors. What only the roster makes doubtful is a finding: posts
outside the roster are decided every day, and a roster may be behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from banzi.documents.papers.letters.decisions import Decision
from banzi.documents.papers.moves import House, house_of
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SeatRole
from banzi.roster import Roster

BOTH = MessageKind(
    "notice/appointed-and-removed", _("“{name}”的“{post}”同时列为任命和免去；请改正其中一处")
)
UNKNOWN_POST = MessageKind(
    "notice/unknown-post", _("“{name}”的“{post}”不是花名册中的职位，请核对名称{similar}")
)
SIMILAR_POSTS = MessageKind("notice/similar-posts", _("；相近的有：{posts}"))
NOT_HELD = MessageKind(
    "notice/not-held", _("免去“{name}”的“{post}”，但花名册中其现任职务是“{held}”；请核对")
)
HELD_UNKNOWN = MessageKind(
    "notice/held-unknown", _("免去“{name}”的“{post}”，花名册不掌握其现任职务，无法核对")
)
ALREADY_HELD = MessageKind(
    "notice/already-held", _("任命“{name}”为“{post}”，但花名册中其已任此职；请核对")
)
SEVERAL_PRINCIPALS = MessageKind(
    "notice/several-principals", _("正职“{post}”任命了{names}{count}人；请核对")
)
ELECTED_ON_PROBATION = MessageKind(
    "notice/elected-on-probation",
    _("“{name}”的“{post}”由选举产生，不实行试用期（《干部任用条例》第四十三条）；请核对"),
)
ELECTED = MessageKind(
    "notice/elected-posts",
    _(
        "{names}任免的职务由选举产生或依法由人大常委会任免，须先履行法定程序；"
        "请核对是否列入本通知，或改写为提名"
    ),
)
NOTHING_APPOINTED = MessageKind(
    "notice/probation-without-post", _("“{name}”没有任命职务，“试用期”未写入通知；请核对")
)

_WITHIN = re.compile(r"[、，,]")


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a roster by every customary wording: full title, own name, organ and name."""

    house: House
    by_wording: dict[str, tuple[str, ...]]
    roles: dict[str, str | None]
    elected: dict[str, bool | None]

    def of(self, text: str) -> tuple[str, ...]:
        """Posts that a title means; () when the roster has none."""
        return self.by_wording.get(_plain(text), ())

    def knows(self, text: str) -> bool:
        """Whether the whole title, or each of its parts, is a post of the roster."""
        return bool(self.of(text)) or all(self.of(part) for part in _WITHIN.split(text))

    def similar(self, text: str) -> list[str]:
        titles = list(dict.fromkeys(self.house.titles.values()))
        return get_close_matches(text, titles, n=3, cutoff=0.5)


def posts_of(roster: Roster, day: date) -> Posts:
    """The posts of a roster, to be looked up by wording."""
    house = house_of(roster, day)
    organs = dict(roster["organs"].select("organ_id", "organ_name").iter_rows())
    found: dict[str, list[str]] = {}
    roles: dict[str, str | None] = {}
    elected: dict[str, bool | None] = {}
    columns = ("post_id", "post_name", "organ_id", "role", "is_elected")
    for post, name, organ, role, chosen in roster["posts"].select(columns).iter_rows():
        roles[post], elected[post] = role, chosen
        for wording in {name, organs.get(organ, "") + name, house.titles.get(post, name)}:
            found.setdefault(_plain(wording), []).append(post)
    by_wording = {wording: tuple(posts) for wording, posts in found.items()}
    return Posts(house, by_wording, roles, elected)


def check_decisions(
    decisions: Sequence[Decision], roster: Roster, day: date
) -> tuple[Problem, ...]:
    """What a person should look at before the notice is signed.

    Raises
    ------
    BadInput
        `notice/appointed-and-removed`, each with its row.
    """
    log = ProblemLog()
    for decision in decisions:
        for post in decision.appointed:
            if _plain(post) in {_plain(text) for text in decision.removed}:
                log.add(BOTH(name=decision.name, post=post), decision.at)
    log.stop_if_any()
    posts = posts_of(roster, day)
    held = _held(posts.house, roster)
    found: list[Problem] = []
    for decision in decisions:
        titles, text = held.get(decision.person_id, ((), ""))
        messages = [
            *_unknown(decision, posts),
            *_about_removed(decision, titles, text),
            *_about_appointed(decision, posts, titles),
        ]
        found += [Problem(message, decision.at) for message in messages]
    whole = [*_several_principals(decisions, posts), *_elected(decisions, posts)]
    found += [Problem(message, Location()) for message in whole]
    return tuple(found)


def _unknown(decision: Decision, posts: Posts) -> Iterable[Message]:
    for post in (*decision.appointed, *decision.removed):
        if not posts.knows(post):
            near = posts.similar(post)
            similar: object = SIMILAR_POSTS(posts=near) if near else ""
            yield UNKNOWN_POST(name=decision.name, post=post, similar=similar)


def _about_removed(decision: Decision, titles: Sequence[str], text: str) -> Iterable[Message]:
    for post in decision.removed:
        if not titles and not text:
            yield HELD_UNKNOWN(name=decision.name, post=post)
        elif not _is_held(post, titles, text):
            shown = text or "、".join(titles)
            yield NOT_HELD(name=decision.name, post=post, held=shown)


def _about_appointed(decision: Decision, posts: Posts, titles: Sequence[str]) -> Iterable[Message]:
    if decision.on_probation and not decision.appointed:
        yield NOTHING_APPOINTED(name=decision.name)
    own = {_plain(title) for title in titles}
    for post in decision.appointed:
        if _plain(post) in own:
            yield ALREADY_HELD(name=decision.name, post=post)
        ids = decision.post_ids or posts.of(post)
        if decision.on_probation and ids and all(posts.elected[each] is True for each in ids):
            yield ELECTED_ON_PROBATION(name=decision.name, post=post)


def _several_principals(decisions: Sequence[Decision], posts: Posts) -> Iterable[Message]:
    appointed: dict[str, list[str]] = {}
    for decision in decisions:
        for text in decision.appointed:
            for post in posts.of(text)[:1]:
                if posts.roles[post] == SeatRole.PRINCIPAL and len(posts.of(text)) == 1:
                    appointed.setdefault(text, []).append(decision.name)
    for text, names in appointed.items():
        if len(names) > 1:
            yield SEVERAL_PRINCIPALS(post=text, names=names, count=len(names))


def _elected(decisions: Sequence[Decision], posts: Posts) -> Iterable[Message]:
    """A notice appoints to no elected post; AR/46-49 has them recommended and elected."""
    names = [
        decision.name
        for decision in decisions
        if any(
            ids and all(posts.elected[each] is True for each in ids)
            for ids in map(posts.of, (*decision.appointed, *decision.removed))
        )
    ]
    if names:
        yield ELECTED(names=names)


def _held(house: House, roster: Roster) -> dict[str, tuple[tuple[str, ...], str]]:
    seats: dict[str, list[str]] = {}
    for post, person in house.seats:
        if post in house.titles:
            seats.setdefault(person, []).append(house.titles[post])
    texts = roster["persons"].select("person_id", "current_posts_text").iter_rows()
    return {person: (tuple(seats.get(person, ())), text or "") for person, text in texts}


def _is_held(post: str, titles: Sequence[str], text: str) -> bool:
    wanted = _plain(post)
    if any(wanted in _plain(title) or _plain(title) in wanted for title in titles):
        return True
    return wanted in _plain(text)


def _plain(text: str) -> str:
    return "".join(text.split()).replace(",", "，").strip("，、；。")
