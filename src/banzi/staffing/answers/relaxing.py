"""What to give way on: for each member of a clash, how little of it alone removes the clash.

A target is moved by the fewest persons, a mean by the least change of its bound (`means`), that
let the others of the clash hold; a solution in whole numbers shows that they do, the search that
less would not. For a minimum over a yes-or-no column the other way out is priced too: more persons
to choose from.
Recusals are law and are never moved.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.messages import Language, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.solvers.highs import Engine, Status
from banzi.solvers.rows import Form, Name, Row, System
from banzi.staffing.answers.demands import FEW_ARCS, FREE, Demands
from banzi.staffing.answers.finding import EASED_ROUNDS, walk_to_a_plan
from banzi.staffing.answers.fractions import least_shortfall
from banzi.staffing.answers.means import Reached, least_bound, nearing_bounds
from banzi.staffing.answers.names import Names
from banzi.staffing.answers.target_words import bound_said
from banzi.staffing.problem import Measure, Target
from banzi.staffing.system.rows import EMPTY, Int64s

LOWER = MessageKind("plan/relax-lower", _("将“{what}”由{before}降低到{after}"))
RAISE = MessageKind("plan/relax-raise", _("将“{what}”由{before}放宽到{after}"))
MORE_PEOPLE = MessageKind(
    "plan/relax-more-people",
    _("再增加{count}名可任{scope}职位、能计入“{what}”的人选"),
)
DROP_PIN = MessageKind("plan/relax-drop-pin", _("不再指定职位{post}由{person}担任"))
DROP_BAN = MessageKind("plan/relax-drop-ban", _("允许职位{post}使用{person}"))
RECUSAL = MessageKind(
    "plan/relax-recusal", _("回避是法定要求，不作放宽：{a}与{b}只能错开安排或只用一人")
)
CITED = MessageKind("plan/relax-cited", _("此项有依据：{citation}；未经原定机关同意不得调整"))
UNCITED = MessageKind("plan/relax-uncited", _("此项未注明依据，由本单位研究确定"))
_MEANS = {
    (">=", True): MessageKind(
        "plan/relax-mean-age-lower", _("将“{what}”的平均年龄下限由{before}降低到{after}")
    ),
    ("<=", True): MessageKind(
        "plan/relax-mean-age-raise", _("将“{what}”的平均年龄上限由{before}放宽到{after}")
    ),
    (">=", False): MessageKind(
        "plan/relax-mean-lower", _("将“{what}”的平均数下限由{before}降低到{after}")
    ),
    ("<=", False): MessageKind(
        "plan/relax-mean-raise", _("将“{what}”的平均数上限由{before}放宽到{after}")
    ),
}
NOT_LEAST = MessageKind("plan/relax-not-least", _("{text}（未证明为最小的调整）"))
STEPS = 5
"""How much further a walk looks, each time twice as far, from what fractions say is the least."""
ACROSS = 10.0
"""Seconds for a clash over more pairs than an exact search settles at once."""
EACH_MEAN = 3.0
"""Seconds more for each mean in such a clash."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """One change that removes the clash; `amount` persons, for a mean units of its bound, None for
    all or nothing.

    `lawful` is False for what law forbids to change: told so that nobody looks for it. `least`:
    whether less was shown not to do.
    """

    kind: str
    about: dict[str, Any]
    amount: int | None
    text: Message
    basis: Message | None
    lawful: bool = True
    least: bool = True

    def as_json(self, language: Language = "zh") -> dict[str, Any]:
        return {
            "kind": self.kind,
            **self.about,
            "amount": self.amount,
            "text": self.text.text(language),
            "basis": self.basis.text(language) if self.basis else None,
            "lawful": self.lawful,
            "least": self.least,
        }


def ways_out(
    demands: Demands,
    members: Sequence[Name],
    titles: Mapping[str, str],
    names: Names,
    until: float,
) -> list[WayOut]:
    """A way out for each member of a smallest clash, cheapest first, what law forbids last."""
    end = until
    if len(demands.arcs_of(members)) > FEW_ARCS:
        until = min(until, time.monotonic() + ACROSS)
    by_id = {target.target_id: target for target in demands.problem.targets}
    targets = [by_id[member[1]] for member in members if member[0] == "target"]
    found = [_dropped(demands, member, names) for member in members if member[0] != "target"]
    for target in targets:
        if target.measure is not Measure.MEAN:
            found += _moved(demands, members, target, titles, until)
    found += _moved_means(demands, members, targets, titles, end)
    for target in targets:
        if target.op == ">=" and target.measure is Measure.COUNT:
            found += _more_people(demands, members, target, titles, names, until)
    return sorted(found, key=lambda way: (not way.lawful, way.amount is None, way.amount or 0))


def _moved_means(
    demands: Demands,
    members: Sequence[Name],
    targets: Sequence[Target],
    titles: Mapping[str, str],
    until: float,
) -> list[WayOut]:
    """The means among the targets, each with its bound moved as little as time could show."""
    means = [target for target in targets if target.measure is Measure.MEAN]
    reached: dict[str, Reached | None] = {}
    if len(demands.arcs_of(members)) <= FEW_ARCS:
        reached = {each.target_id: least_bound(demands, members, each, until) for each in means}
    else:
        until = min(until, time.monotonic() + EACH_MEAN * len(means))
        open_ = {m.target_id: nearing_bounds(demands, members, m, until) for m in means}
        while (
            open_ and time.monotonic() < until
        ):  # in turn, so that each is found before any is good
            for name, bounds in list(open_.items()):
                found = next(bounds, None)
                if found is None:
                    del open_[name]
                else:
                    reached[name] = found
    ways = []
    for target in means:
        found = reached.get(target.target_id)
        if found is not None:
            ways.append(_mean_way(target, titles, found))
    return ways


def _mean_way(target: Target, titles: Mapping[str, str], found: Reached) -> WayOut:
    kind = _MEANS[target.op, target.feature == AGE_MONTHS]
    amount = abs(found.bound - target.bound)
    return _way(target, titles, kind, found.bound, amount, found.least)


def _moved(
    demands: Demands,
    members: Sequence[Name],
    target: Target,
    titles: Mapping[str, str],
    until: float,
) -> list[WayOut]:
    """The target moved as little as lets the other members hold."""
    name = ("target", target.target_id)
    if len(demands.arcs_of(members)) > FEW_ARCS:
        return _moved_across(demands, members, name, target, titles, until)
    base, arcs = demands.system(members, cuts=False)
    main = next(row for row in base.rows if row.name == name)
    system = System(list(base.lows), list(base.highs))
    short = system.add_variable(0, FREE)
    for row in base.rows:
        if row.name != name:
            system.add(row)
    sign = target.unit if target.op == ">=" else -target.unit
    system.add(Row(name, (*main.terms, (short, sign)), main.low, main.high))
    outcome = Engine(system).maximise(Form(((short, -1),)), until=until)
    if outcome.status is not Status.OPTIMAL or outcome.values is None:
        return []
    used = arcs[np.flatnonzero(np.array(outcome.values[: len(arcs)], np.int64))]
    return _worded(demands, target, titles, used, outcome.values[short], True)


def _moved_across(
    demands: Demands,
    members: Sequence[Name],
    name: Name,
    target: Target,
    titles: Mapping[str, str],
    until: float,
) -> list[WayOut]:
    """The same over many posts: fractions say how much at least, a walk shows that it will do."""
    least = max(1, least_shortfall(demands, members, name, until))
    for step in range(STEPS):
        units = least + (2**step - 1) * max(1, least // 32)
        plan = walk_to_a_plan(demands, members, until, {name: units}, EASED_ROUNDS)
        if plan is not None:
            return _worded(demands, target, titles, plan[plan != EMPTY], units, step == 0)
        if time.monotonic() > until:
            break
    return []


def _worded(
    demands: Demands,
    target: Target,
    titles: Mapping[str, str],
    used: Int64s,
    units: int,
    least: bool,
) -> list[WayOut]:
    after = demands.bound_met(target, used)
    if after is None:
        return []
    kind = LOWER if target.op == ">=" else RAISE
    return [_way(target, titles, kind, after, units, least)]


def _way(
    target: Target,
    titles: Mapping[str, str],
    kind: MessageKind,
    after: int,
    amount: int,
    least: bool,
) -> WayOut:
    """A target at another bound."""
    text = kind(
        what=titles.get(target.target_id) or target.target_id,
        before=bound_said(target, target.bound),
        after=bound_said(target, after),
    )
    basis = CITED(citation=target.citation) if target.citation else UNCITED()
    about = {"target_id": target.target_id, "bound": target.bound, "new_bound": after}
    told = text if least else NOT_LEAST(text=text)
    return WayOut("target", about, amount, told, basis, least=least)


def _more_people(
    demands: Demands,
    members: Sequence[Name],
    target: Target,
    titles: Mapping[str, str],
    names: Names,
    until: float,
) -> list[WayOut]:
    """How many further persons with the feature would do, each for any one post in scope.

    They are taken to have nothing else that the other members count.
    """
    system, arcs = demands.system(members, cuts=False)
    rows = demands.rows
    count_rows = [
        k for k, row in enumerate(system.rows) if row.name == ("target", target.target_id)
    ]
    newcomers: dict[int, int] = {}
    for post in sorted(target.posts):
        newcomers[post] = system.add_variable(0, 1)
    for post, variable in newcomers.items():
        mine = [(k, 1) for k, arc in enumerate(arcs) if int(rows.arc_post[arc]) == post]
        system.add(Row(("post", str(post)), (*mine, (variable, 1)), None, 1))
    ones = tuple((variable, 1) for variable in newcomers.values())
    same = {
        t.target_id: t
        for t in demands.problem.targets
        if t.hard and t.feature == target.feature and ("target", t.target_id) in members
    }
    for k in range(len(system.rows)):
        row = system.rows[k]
        if k in count_rows:
            system.rows[k] = Row(row.name, (*row.terms, *ones), row.low, row.high)
        elif row.name[0] == "target" and row.name[1] in same:
            other = same[row.name[1]]
            extra = tuple(
                (variable, other.coefficient(1))
                for post, variable in newcomers.items()
                if post in other.posts
            )
            system.rows[k] = Row(row.name, (*row.terms, *extra), row.low, row.high)
    outcome = Engine(system).maximise(
        Form(tuple((v, -1) for _, v in newcomers.items())), until=until
    )
    if outcome.status is not Status.OPTIMAL or outcome.value is None:
        return []
    what = titles.get(target.target_id) or target.target_id
    text = MORE_PEOPLE(count=-outcome.value, what=what, scope=_scope(target, names))
    about = {"target_id": target.target_id, "feature": target.feature}
    return [WayOut("more-people", about, -outcome.value, text, None)]


_ALL_POSTS = MessageKind("plan/relax-all-posts", _("任一"))


def _scope(target: Target, names: Names) -> str | Message:
    """The posts of a target in words: teams and posts by name, other columns by their values."""
    if not target.scope_values:
        return _ALL_POSTS()
    called = {"team_id": names.team, "post_id": names.post}.get(target.scope_column, str)
    return "、".join(map(called, target.scope_values))


def _dropped(demands: Demands, member: Name, names: Names) -> WayOut:
    problem = demands.problem
    if member[0] == "exclusion":
        exclusion = problem.exclusions[int(member[1]) - 1]
        a, b = problem.persons[exclusion.person_a], problem.persons[exclusion.person_b]
        about = {"person_a": a, "person_b": b}
        return WayOut(
            "exclusion",
            about,
            None,
            RECUSAL(a=names.person(a), b=names.person(b)),
            None,
            lawful=False,
        )
    post, person = problem.posts[int(member[1])].post_id, problem.persons[int(member[2])]
    text = (DROP_PIN if member[0] == "pin" else DROP_BAN)(
        post=names.post(post), person=names.person(person)
    )
    return WayOut(member[0], {"post_id": post, "person_id": person}, None, text, None)
