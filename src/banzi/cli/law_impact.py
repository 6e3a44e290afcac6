"""`banzi law impact`: whose verdict a changed law changes, before it is put to use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    import polars as pl

    from banzi.law import Parameter
    from banzi.roster import Roster
    from banzi.rules.impact import ChangedValue
    from banzi.rules.teams_and_ranks import Judgement

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
TEAMS = MessageKind("law/impact-teams", _("判定改变的班子规定{count}条"))
RANKS = MessageKind("law/impact-ranks", _("判定改变的职级规定{count}条"))
_POOL_HEADER = (_("姓名"), _("规则"), _("原判定"), _("新判定"), _("职位数"))
_SUBJECT_HEADER = (_("名称"), _("规则"), _("原判定"), _("新判定"), _("理由"))
_HEADER = (_("职位"), _("姓名"), _("规则"), _("判定日期"), _("原判定"), _("新判定"), _("理由"))
_VALUE_HEADER = (
    _("参数"),
    _("依据条款"),
    _("生效日期"),
    _("原值"),
    _("新值"),
    _("单位"),
    _("出处"),
)
_GRADE = _("依据等级")


def impact(
    folder: Path = typer.Argument(..., metavar="ROSTER", help="花名册文件夹。"),
    changed: Path = typer.Option(..., "--with", help="改变后的法规文件夹（核对结果和地方规定）。"),
    plan: Path = typer.Option(None, "--plan", help="选配方案：列出其中判定改变的任职建议。"),
    past: bool = typer.Option(True, "--past/--no-past", help="是否核对历次任职。"),
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """预览法规改变的影响：哪些人岗、班子、职级、方案和历次任职的判定会改变。"""
    from banzi.law import load_law, load_office_law
    from banzi.rules.impact import (
        changed_decisions,
        changed_judgements,
        changed_parameters,
        changed_values,
        changed_verdicts,
        reasons_after,
    )
    from banzi.rules.teams_and_ranks import judge_ranks, judge_teams
    from banzi.staffing.plan import read_plan

    roster, day = terminal.roster_on(folder, as_of)
    before, after = terminal.law(), load_office_law(changed, load_law())
    parameters = changed_parameters(before, after)
    pairs = changed_verdicts(roster, day, before, after)
    chosen = None
    if plan is not None:
        assigned = {(post, person) for post, person in read_plan(plan).assignments if person}
        keep = [(post, person) in assigned for post, person, *_rest in pairs.iter_rows()]
        chosen = pairs.filter(keep) if keep else pairs
    teams, ranks = (
        changed_judgements(judge, roster, day, before, after)
        for judge in (judge_teams, judge_ranks)
    )
    decisions = None
    if past:
        with terminal.progress_bar() as progress:
            decisions = changed_decisions(roster, day, before, after, progress)
    if as_json:
        terminal.say_json(
            {
                "parameters": [name for name, _one, _other in parameters],
                "values": [
                    {
                        "parameter": each.name,
                        "since": each.since,
                        "entry": each.label,
                        "before": each.before,
                        "after": each.after,
                        "source": each.source,
                    }
                    for each in changed_values(before, after)
                ],
                "pool": pairs.to_dicts(),
                "teams": _as_json(teams),
                "ranks": _as_json(ranks),
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
    _say_values(changed_values(before, after))
    terminal.say(
        POOL(
            as_of=day,
            pairs=pairs.select("post_id", "person_id").n_unique() if pairs.height else 0,
            persons=pairs["person_id"].n_unique(),
            posts=pairs["post_id"].n_unique(),
        )
    )
    _say_pool(roster, pairs)
    terminal.say(TEAMS(count=len(teams)))
    _say_judgements(teams, dict(roster["teams"].select("team_id", "team_name").iter_rows()))
    terminal.say(RANKS(count=len(ranks)))
    _say_judgements(ranks, dict(roster["persons"].select("person_id", "name").iter_rows()))
    if chosen is not None:
        terminal.say(PLAN(count=chosen.height))
        _say(roster, chosen, reasons_after(roster, chosen, after, terminal.language()))
    if decisions is not None:
        terminal.say(
            PAST(
                judged=decisions.judged,
                changed=decisions.changed.height,
                undated=decisions.undated,
            )
        )
        _say(
            roster,
            decisions.changed,
            reasons_after(roster, decisions.changed, after, terminal.language()),
        )


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


def _say_judgements(changed: Sequence[tuple[Judgement, Judgement]], names: dict[str, str]) -> None:
    """Rules about a team, or about a person and the next rank, of which the verdict changes."""
    if not changed:
        return
    language = terminal.language()
    terminal.say_table(
        "",
        [terminal.text(name) for name in _SUBJECT_HEADER],
        [
            (
                names[new.subject],
                terminal.text(new.title),
                _shown(old.verdict.value),
                _shown(new.verdict.value),
                new.message(language),
            )
            for old, new in changed
        ],
    )


def _as_json(changed: Sequence[tuple[Judgement, Judgement]]) -> list[dict[str, str]]:
    return [
        {
            "subject": new.subject,
            "rule_id": new.rule_id,
            "before": old.verdict.value,
            "after": new.verdict.value,
        }
        for old, new in changed
    ]


def _say_values(values: Sequence[ChangedValue]) -> None:
    """What stood in the law and what stands there now."""
    from banzi.law.documents import Grade
    from banzi.law.numbers import written

    def shown(value: Any) -> str:
        if value is None:
            return "—"
        return value.value if isinstance(value, Grade) else written(value)

    rows = []
    for each in values:
        entry = terminal.text(_GRADE) if isinstance(each.after, Grade) else each.label
        title = getattr(each.parameter.title, terminal.language())
        rows.append(
            (
                f"{title}·{entry}" if entry else title,
                each.parameter.cites,
                each.since,
                shown(each.before),
                shown(each.after),
                "" if isinstance(each.after, Grade) else _unit(each.parameter),
                each.source,
            )
        )
    terminal.say_table("", [terminal.text(name) for name in _VALUE_HEADER], rows)


def _unit(parameter: Parameter) -> str:
    return str(getattr(parameter.unit, terminal.language()))


def _say(roster: Roster, changes: pl.DataFrame, reasons: Sequence[str]) -> None:
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
            (posts[post], names[person], titles[rule], on, _shown(before), _shown(after), reason)
            for (post, person, rule, on, before, after), reason in zip(
                changes.iter_rows(), reasons, strict=True
            )
        ],
    )


def _shown(name: str) -> str:
    from banzi.rules.runtime.verdicts import RANKED

    verdict = next(each for each in RANKED if each.value == name)
    return str(getattr(verdict, terminal.language()))
