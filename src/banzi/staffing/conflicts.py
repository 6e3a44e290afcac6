"""Why there is no plan: the requirements that clash, in the words of an office.

The set is smallest (each member is needed for the clash) and verified by re-solving
(`answers.clashing`); that every post takes one person at most, and every person one post, is never
blamed. Beside it stands what little of each member would have to give (`answers.relaxing`); which
of them does is for people to decide: what has a source is named with it, and law never moves.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from banzi.kernel.messages import Language, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.solvers.rows import Name
from banzi.staffing.answers.clashing import smallest_clash
from banzi.staffing.answers.demands import Demands
from banzi.staffing.answers.names import Names
from banzi.staffing.answers.relaxing import WayOut, ways_out
from banzi.staffing.answers.target_words import bound_said
from banzi.staffing.bundle import TITLE
from banzi.staffing.problem import Measure, Problem, Scope, Target

LOOKING = MessageKind("plan/looking-for-conflict", _("查找互相冲突的要求"))

PIN = MessageKind("plan/conflict-pin", _("指定：职位{post}由{person}担任"))
BAN = MessageKind("plan/conflict-ban", _("排除：职位{post}不用{person}"))
EXCLUSION = MessageKind("plan/conflict-exclusion", _("回避：{a}与{b}{scope}（{reason}）"))
TARGET = MessageKind("plan/conflict-target", _("目标{target}：{scope}，{demand}（{basis}）"))
TITLED = MessageKind("plan/conflict-titled-target", _("目标“{title}”（{target}；{basis}）"))

_SAME_TEAM = MessageKind("plan/scope-same-team", _("不得在同一班子"))
_LINE = MessageKind("plan/scope-line-of-command", _("不得在同一班子或直接上下级班子"))
_NO_REASON = MessageKind("plan/no-reason", _("未注明原因"))
_CITED = MessageKind("plan/cited", _("依据：{citation}"))
_UNCITED = MessageKind("plan/uncited", _("未注明依据"))
_ALL = MessageKind("plan/scope-all", _("全部职位"))
_TEAMS = MessageKind("plan/scope-teams", _("{column}为{values}的班子"))
_POSTS = MessageKind("plan/scope-posts", _("{column}为{values}的职位"))
_DEMANDS = {
    (Measure.COUNT, ">="): MessageKind("plan/count-minimum", _("{feature}合计不少于{bound}")),
    (Measure.COUNT, "<="): MessageKind("plan/count-maximum", _("{feature}合计不多于{bound}")),
    (Measure.SHARE_PERMILLE, ">="): MessageKind(
        "plan/share-minimum", _("{feature}占比不低于{bound}")
    ),
    (Measure.SHARE_PERMILLE, "<="): MessageKind(
        "plan/share-maximum", _("{feature}占比不高于{bound}")
    ),
    (Measure.MEAN, ">="): MessageKind("plan/mean-minimum", _("{feature}平均不低于{bound}")),
    (Measure.MEAN, "<="): MessageKind("plan/mean-maximum", _("{feature}平均不高于{bound}")),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One requirement of a conflict: `kind` is target, exclusion, pin or ban; `about` its ids."""

    kind: str
    about: dict[str, Any]
    text: Message


@dataclass(frozen=True, slots=True)
class ConflictReport:
    """`sufficient`: shown that the members alone admit no plan; `necessary`: that each is needed.

    Either is False when the time did not reach; `members` are then candidates, not a proof, or
    empty.
    """

    members: tuple[Member, ...]
    sufficient: bool
    necessary: bool
    problem_sha256: str
    ways_out: tuple[WayOut, ...] = ()

    def as_json(self, language: Language = "zh") -> dict[str, Any]:
        return {
            "format": "banzi-conflict",
            "version": 1,
            "sufficient": self.sufficient,
            "necessary": self.necessary,
            "members": [
                {"kind": member.kind, **member.about, "text": member.text.text(language)}
                for member in self.members
            ],
            "ways_out": [way.as_json(language) for way in self.ways_out],
            "problem_sha256": self.problem_sha256,
        }


def explain_infeasible(
    problem: Problem,
    seconds: float | None = None,
    progress: Progress | None = None,
    names: Names | None = None,
) -> ConflictReport:
    """Find and verify a smallest set of clashing requirements of an infeasible problem.

    Parameters
    ----------
    seconds
        Time limit; what is not verified by then is marked so.
    names
        What posts and persons are called; their ids without it.
    """
    listener = progress or Silent()
    listener.start(LOOKING())
    called = names or Names()
    until = time.monotonic() + (math.inf if seconds is None else seconds)
    demands = Demands.of(problem)
    found = smallest_clash(demands, until, listener)
    members = tuple(members_of(problem, found.members, called))
    ways: list[WayOut] = []
    if found.sufficient and found.necessary:
        ways = ways_out(demands, found.members, titles(problem), called, until)
    return ConflictReport(members, found.sufficient, found.necessary, problem.sha256, tuple(ways))


def members_of(problem: Problem, names: Iterable[Name], called: Names) -> list[Member]:
    """Requirements in words."""
    return [_member(problem, name, called) for name in names]


def _member(problem: Problem, name: Name, names: Names) -> Member:
    kind = name[0]
    if kind in ("pin", "ban"):
        post, person = problem.posts[int(name[1])].post_id, problem.persons[int(name[2])]
        text = (PIN if kind == "pin" else BAN)(post=names.post(post), person=names.person(person))
        return Member(kind, {"post_id": post, "person_id": person}, text)
    if kind == "exclusion":
        exclusion = problem.exclusions[int(name[1]) - 1]
        a, b = problem.persons[exclusion.person_a], problem.persons[exclusion.person_b]
        scope = _SAME_TEAM() if exclusion.scope is Scope.SAME_TEAM else _LINE()
        reason = exclusion.reason or _NO_REASON()
        text = EXCLUSION(a=names.person(a), b=names.person(b), scope=scope, reason=reason)
        about = {
            "person_a": a,
            "person_b": b,
            "scope": str(exclusion.scope),
            "reason": exclusion.reason,
        }
        return Member(kind, about, text)
    target = next(target for target in problem.targets if target.target_id == name[1])
    about = {"target_id": target.target_id, "citation": target.citation}
    return Member(kind, about, titled(problem, target))


def titled(problem: Problem, target: Target) -> Message:
    """A target in the office's own words where the bundle has them, with its basis."""
    title = titles(problem).get(target.target_id)
    return _titled(target, title) if title else target_text(target)


def titles(problem: Problem) -> dict[str, str]:
    """Target id → the office's own words for it, where the bundle has them."""
    table = problem.bundle.tables["targets.csv"]
    if TITLE not in table.columns:
        return {}
    return dict(zip(table.column("target_id"), table.column(TITLE), strict=True))


def _titled(target: Target, title: str) -> Message:
    return TITLED(title=title, target=target.target_id, basis=basis_of(target))


def basis_of(target: Target) -> Message:
    """What a target rests on, in words; also that no basis was given."""
    return _CITED(citation=target.citation) if target.citation else _UNCITED()


def target_text(target: Target) -> Message:
    """A target in words: where, what is demanded, on what ground."""
    if target.scope_table == "all":
        scope = _ALL()
    else:
        kind = _TEAMS if target.scope_table == "teams" else _POSTS
        scope = kind(column=target.scope_column, values=list(target.scope_values))
    bound = bound_said(target, target.bound)
    demand = _DEMANDS[target.measure, target.op](feature=target.feature, bound=bound)
    basis = basis_of(target)
    return TARGET(target=target.target_id, scope=scope, demand=demand, basis=basis)
