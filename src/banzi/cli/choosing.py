"""Finding the post, team or organ a user means, by identifier or name.

Persons: `documents.selecting`.
"""

from __future__ import annotations

from difflib import get_close_matches

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster

NO_POST = MessageKind(
    "eligibility/no-such-post",
    _("花名册中没有职位“{typed}”；请用职位标识或名称{similar}"),
)
SEVERAL_POSTS = MessageKind(
    "eligibility/several-posts",
    _("名为“{typed}”的职位有{count}个；请改用职位标识：{choices}"),
)
NO_TEAM = MessageKind(
    "choosing/no-such-team", _("花名册中没有班子“{typed}”；请用班子标识或名称{similar}")
)
NO_ORGAN = MessageKind(
    "choosing/no-such-organ", _("花名册中没有机构“{typed}”；请用机构标识、名称或简称{similar}")
)
SEVERAL_OF_NAME = MessageKind(
    "choosing/several-of-name", _("名为“{typed}”的有{count}个；请改用标识：{choices}")
)
SIMILAR = MessageKind("choosing/similar", _("；相近的有：{names}"))


def find_post(roster: Roster, typed: str) -> str:
    """Post id for an id, a post name, or organ and post name written together.

    Raises
    ------
    BanziError
        `eligibility/no-such-post`, `eligibility/several-posts`.
    """
    rows = (
        roster["posts"]
        .join(roster["organs"].select("organ_id", "organ_name"), on="organ_id", how="left")
        .select("post_id", "post_name", "organ_name")
        .rows()
    )
    if any(post == typed for post, _name, _organ in rows):
        return typed
    found = [row for row in rows if typed in (row[1], f"{row[2] or ''}{row[1]}")]
    if len(found) == 1:
        return str(found[0][0])
    if found:
        choices = [f"{post}（{organ or ''}{name}）" for post, name, organ in found[:12]]
        raise BanziError(SEVERAL_POSTS(count=len(found), typed=typed, choices=choices))
    names = [name for row in rows for name in (row[1], f"{row[2] or ''}{row[1]}")]
    similar = get_close_matches(typed, list(dict.fromkeys(names)), n=5, cutoff=0.4)
    raise BanziError(NO_POST(typed=typed, similar=SIMILAR(names=similar) if similar else ""))


def find_team(roster: Roster, typed: str) -> str:
    """Team id for an id or a name.

    Raises
    ------
    BanziError
        `choosing/no-such-team`, `choosing/several-of-name`.
    """
    rows = roster["teams"].select("team_id", "team_name").rows()
    return _by_name(typed, [(key, (name,)) for key, name in rows], NO_TEAM)


def find_organ(roster: Roster, typed: str) -> str:
    """Organ id for an id, a name or a short name.

    Raises
    ------
    BanziError
        `choosing/no-such-organ`, `choosing/several-of-name`.
    """
    rows = roster["organs"].select("organ_id", "organ_name", "short_name").rows()
    named = [(key, tuple(name for name in names if name)) for key, *names in rows]
    return _by_name(typed, named, NO_ORGAN)


def _by_name(typed: str, rows: list[tuple[str, tuple[str, ...]]], missing: MessageKind) -> str:
    if any(key == typed for key, _names in rows):
        return typed
    found = [(key, names) for key, names in rows if typed in names]
    if len(found) == 1:
        return found[0][0]
    if found:
        choices = [f"{key}（{names[0]}）" for key, names in found[:12]]
        raise BanziError(SEVERAL_OF_NAME(count=len(found), typed=typed, choices=choices))
    known = list(dict.fromkeys(name for _key, names in rows for name in names))
    similar = get_close_matches(typed, known, n=5, cutoff=0.4)
    raise BanziError(missing(typed=typed, similar=SIMILAR(names=similar) if similar else ""))
