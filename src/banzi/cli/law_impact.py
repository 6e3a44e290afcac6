"""`banzi law impact`: whose verdict a changed law changes, before it is put to use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    import polars as pl

    from banzi.roster import Roster

NOTHING = MessageKind("law/impact-none", _("法规文件夹没有改变任何参数，判定不变"))
PARAMETERS = MessageKind("law/impact-parameters", _("改变的参数{count}个：{names}"))
POOL = MessageKind(
    "law/impact-pool", _("{as_of}：判定改变的人岗组合{pairs}个，涉及{persons}人、{posts}个职位")
)
PLAN = MessageKind("law/impact-plan", _("方案中判定改变的任职建议{count}条"))
PAST = MessageKind(
    "law/impact-past",
    _(
        "历次任职{judged}人次按当时法规核对，判定改变{changed}条；任职时间不明、未能核对{undated}人次"
    ),
)
_POOL_HEADER = (_("姓名"), _("规则"), _("原判定"), _("新判定"), _("职位数"))
_HEADER = (_("职位"), _("姓名"), _("规则"), _("判定日期"), _("原判定"), _("新判定"))


def impact(
    folder: Path = typer.Argument(..., metavar="ROSTER", help="花名册文件夹。"),
    changed: Path = typer.Option(..., "--with", help="改变后的法规文件夹（核对结果和地方规定）。"),
    plan: Path = typer.Option(None, "--plan", help="选配方案：列出其中判定改变的任职建议。"),
    past: bool = typer.Option(True, "--past/--no-past", help="是否核对历次任职。"),
    as_of: str = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """预览法规改变的影响：哪些人岗判定、方案和历次任职的判定会改变。"""
    from banzi.law import load_law, load_office_law
    from banzi.roster import load_roster
    from banzi.rules.impact import changed_decisions, changed_parameters, changed_verdicts
    from banzi.staffing.plan import read_plan

    roster = load_roster(folder)
    day = terminal.parse_as_of(as_of, roster.as_of)
    before, after = terminal.law(), load_office_law(changed, load_law())
    parameters = changed_parameters(before, after)
    pairs = changed_verdicts(roster, day, before, after)
    chosen = None
    if plan is not None:
        assigned = {(post, person) for post, person in read_plan(plan).assignments if person}
        keep = [(post, person) in assigned for post, person, *_rest in pairs.iter_rows()]
        chosen = pairs.filter(keep) if keep else pairs
    decisions = None
    if past:
        with terminal.progress_bar() as progress:
            decisions = changed_decisions(roster, day, before, after, progress)
    if as_json:
        terminal.say_json(
            {
                "parameters": [name for name, _one, _other in parameters],
                "pool": pairs.to_dicts(),
                "plan": None if chosen is None else chosen.to_dicts(),
                "past": None if decisions is None else decisions.changed.to_dicts(),
                "past_judged": None if decisions is None else decisions.judged,
                "past_undated": None if decisions is None else decisions.undated,
            }
        )
        return
    if not parameters:
        terminal.say(NOTHING())
        return
    titles = [getattr(new.title, terminal.language()) for _name, _old, new in parameters]
    terminal.say(PARAMETERS(count=len(parameters), names=titles))
    terminal.say(
        POOL(
            as_of=day,
            pairs=pairs.select("post_id", "person_id").n_unique() if pairs.height else 0,
            persons=pairs["person_id"].n_unique(),
            posts=pairs["post_id"].n_unique(),
        )
    )
    _say_pool(roster, pairs)
    if chosen is not None:
        terminal.say(PLAN(count=chosen.height))
        _say(roster, chosen)
    if decisions is not None:
        terminal.say(
            PAST(
                judged=decisions.judged,
                changed=decisions.changed.height,
                undated=decisions.undated,
            )
        )
        _say(roster, decisions.changed)


def _say_pool(roster: Roster, changes: pl.DataFrame) -> None:
    """One line for each person and rule: a pool has too many posts to list every pair."""
    from banzi.rules.catalogue import RULES

    if not changes.height:
        return
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    titles = {rule.id: terminal.text(rule.title) for rule in RULES}
    grouped = changes.group_by("person_id", "rule_id", "before", "after", maintain_order=True)
    terminal.say_table(
        "",
        [terminal.text(name) for name in _POOL_HEADER],
        [
            (names[person], titles[rule], _shown(before), _shown(after), posts)
            for person, rule, before, after, posts in grouped.len().iter_rows()
        ],
    )


def _say(roster: Roster, changes: pl.DataFrame) -> None:
    from banzi.rules.catalogue import RULES

    if not changes.height:
        return
    posts = dict(roster["posts"].select("post_id", "post_name").iter_rows())
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    titles = {rule.id: terminal.text(rule.title) for rule in RULES}
    terminal.say_table(
        "",
        [terminal.text(name) for name in _HEADER],
        [
            (posts[post], names[person], titles[rule], on, _shown(before), _shown(after))
            for post, person, rule, on, before, after in changes.iter_rows()
        ],
    )


def _shown(name: str) -> str:
    from banzi.rules.runtime.verdicts import RANKED

    verdict = next(each for each in RANKED if each.value == name)
    return str(getattr(verdict, terminal.language()))
