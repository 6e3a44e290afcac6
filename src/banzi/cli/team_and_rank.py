"""`banzi eligibility teams | ranks`: teams as they sit, and who may be promoted to the next rank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.cli.eligibility import ADVICE, group
from banzi.cli.eligibility_reasons import missing_text
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.rules import Judgement

TEAMS_JUDGED = MessageKind(
    "eligibility/teams-judged", _("基准日{as_of}：{teams}个班子，按现任成员核对{rules}条规定")
)
RANKS_JUDGED = MessageKind(
    "eligibility/ranks-judged", _("基准日{as_of}：{persons}人，核对晋升职级的年限和处分影响期")
)
NO_TEAMS = MessageKind("eligibility/no-teams", _("花名册中没有班子；请先导入班子和职位"))
_TEAM_HEADER = (_("班子"), _("规定"), _("判定"), _("说明"))
_RANK_HEADER = (_("姓名"), _("标识"), _("拟晋升职级"), _("判定"), _("说明"))


def register(app: typer.Typer) -> None:
    """The commands belong to the group of eligibility, which is registered there."""


@group.command()
def teams(
    folder: Path,
    as_of: str | None = terminal.AS_OF,
    everything: bool = typer.Option(False, "--all", help="连同不适用和符合的规定一并列出。"),
    as_json: bool = terminal.JSON,
) -> None:
    """按现任成员核对每个班子：自治地方人大正副主任、人大常委会成员兼职、政府班子党外干部。"""
    from banzi.rules import Verdict, judge_teams

    roster, day = terminal.roster_on(folder, as_of)
    found = judge_teams(roster, day, terminal.law())
    if as_json:
        terminal.say_json({"as_of": day, "judgements": [_as_json(each) for each in found]})
        return
    if not roster["teams"].height:
        terminal.say(NO_TEAMS())
        return
    rules = len({each.rule_id for each in found})
    terminal.say(TEAMS_JUDGED(as_of=day, teams=roster["teams"].height, rules=rules))
    names = dict(roster["teams"].select("team_id", "team_name").iter_rows())
    rows = [
        (names[each.subject], terminal.text(each.title), _verdict(each), _said(each))
        for each in found
        if everything or each.verdict is not Verdict.PASS
    ]
    terminal.say_table("", [terminal.text(name) for name in _TEAM_HEADER], rows)
    terminal.say(ADVICE())


@group.command()
def ranks(folder: Path, as_of: str | None = terminal.AS_OF, as_json: bool = terminal.JSON) -> None:
    """逐人核对晋升下一职级的任职年限（年度考核的调整凭记忆，只提请研究）和处分影响期。"""
    from banzi.codes.lookup import name_of
    from banzi.rules import RANKED, judge_ranks

    roster, day = terminal.roster_on(folder, as_of)
    found = judge_ranks(roster, day, terminal.law())
    if as_json:
        terminal.say_json({"as_of": day, "judgements": [_as_json(each) for each in found]})
        return
    terminal.say(RANKS_JUDGED(as_of=day, persons=roster["persons"].height))
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    by_person: dict[str, list[Judgement]] = {}
    for each in found:
        by_person.setdefault(each.subject, []).append(each)

    def gravity(judgement: Judgement) -> int:
        return RANKED.index(judgement.verdict)

    rows = []
    for person_id, judgements in by_person.items():
        rank = judgements[0].facts["next_rank"]
        says = [_said(each) for each in sorted(judgements, key=gravity, reverse=True)]
        rows.append(
            (
                names[person_id],
                person_id,
                (name_of("civil_rank_general", str(rank)) or "") if rank else "—",
                _verdict(max(judgements, key=gravity)),
                "\n".join(text for text in says if text),
            )
        )
    terminal.say_table("", [terminal.text(name) for name in _RANK_HEADER], rows)
    terminal.say(ADVICE())


def _verdict(judgement: Judgement) -> str:
    return terminal.text(judgement.verdict.zh)


def _said(judgement: Judgement) -> str:
    """The message; where nothing can be said, what is missing."""
    message = judgement.message(terminal.language())
    if not message and judgement.missing:
        return missing_text(judgement.missing)
    return message


def _as_json(judgement: Judgement) -> dict[str, object]:
    return {
        "subject": judgement.subject,
        "rule_id": judgement.rule_id,
        "title": terminal.text(judgement.title),
        "verdict": judgement.verdict.value,
        "message": judgement.message(terminal.language()),
        "facts": dict(judgement.facts),
        "clauses": [name for name, _clause in judgement.clauses],
        "missing": judgement.missing,
        "changes_on": judgement.changes_on,
    }
