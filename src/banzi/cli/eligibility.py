"""`banzi eligibility screen | explain`: who may be looked at for which post, and why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.cli.eligibility_reasons import reason_line, result_json, say_result, words
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.roster import Roster
    from banzi.rules import Screening

CHOOSE = MessageKind(
    "eligibility/post-or-all", _("请指定一个职位（--post）或全部职位（--all），二者取其一")
)
SCREENED = MessageKind(
    "eligibility/screened",
    _("基准日{as_of}：{posts}个职位、{persons}人，逐人逐职位核对{rules}条规定"),
)
ABOUT = MessageKind("eligibility/about", _("{person} → {post}，基准日{as_of}：{verdict}"))
ADVICE = MessageKind(
    "eligibility/advice",
    _("本结果供研究参考，由有权机关集体讨论决定；有异议或记录有误的，可申请更正。"),
)
_COUNT_HEADER = (_("职位"), _("标识"), _("符合"), _("需研究"), _("无法认定"), _("不符合"))
_PERSON_HEADER = (_("姓名"), _("标识"), _("判定"), _("理由"))
_TALLY = _(
    "不符合{fail}条，无法认定{unknown}条，需研究{review}条，符合{pass_}条；以下先列不符合的。"
)

group = typer.Typer(help="任职资格：逐人逐职位核对，逐条说明理由。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="eligibility")


@group.command()
def screen(
    folder: Path,
    post: str = typer.Option(None, "--post", help="职位标识或名称：列出每个人的判定和理由。"),
    everything: bool = typer.Option(False, "--all", help="全部职位：列出各判定的人数。"),
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """核对全部人员是否符合一个职位（--post）或全部职位（--all）的任职规定。"""
    from banzi.cli.choosing import find_post
    from banzi.rules import screen as screen_roster

    if (post is None) == (not everything):
        raise BanziError(CHOOSE())
    roster, day = terminal.roster_on(folder, as_of)
    chosen = None if everything else [find_post(roster, post)]
    screening = screen_roster(roster, day, chosen, law=terminal.law())
    if as_json:
        terminal.say_json(_screening_json(screening, with_rules=not everything))
        return
    terminal.say(
        SCREENED(
            as_of=day,
            posts=screening.case.posts.height,
            persons=len(screening.case.person_ids),
            rules=len(screening.outcomes),
        )
    )
    if everything:
        _say_counts(screening, roster)
    else:
        _say_persons(roster, screening)
    terminal.say(ADVICE())


@group.command()
def explain(
    folder: Path,
    person: str = typer.Option(..., "--person", help="人员标识、姓名或身份证号。"),
    post: str = typer.Option(..., "--post", help="职位标识或名称。"),
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """逐条说明对一个人任一个职位的判定：条款、依据等级、事实及来源、缺什么、何时变化。"""
    from banzi.cli.choosing import find_post
    from banzi.documents.selecting import PersonIndex, one_person
    from banzi.rules import explain as explain_pair
    from banzi.rules.explaining import overall
    from banzi.rules.runtime.verdicts import RANKED, Verdict

    roster, day = terminal.roster_on(folder, as_of)
    person_id, post_id = one_person(person, PersonIndex(roster)), find_post(roster, post)
    results = explain_pair(roster, day, person_id, post_id, law=terminal.law())
    if as_json:
        terminal.say_json(
            {
                "person_id": person_id,
                "post_id": post_id,
                "as_of": day,
                "verdict": overall(results).value,
                "rules": [result_json(result) for result in results],
            }
        )
        return
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    posts = dict(roster["posts"].select("post_id", "post_name").iter_rows())
    verdict = overall(results)
    terminal.say(
        ABOUT(
            person=names[person_id],
            post=posts[post_id],
            as_of=day,
            verdict=terminal.text(verdict.zh),
        )
    )
    tally = Counter(result.verdict for result in results)
    terminal.say(
        words(
            _TALLY,
            fail=tally[Verdict.FAIL],
            unknown=tally[Verdict.UNKNOWN],
            review=tally[Verdict.REVIEW],
            pass_=tally[Verdict.PASS],
        )
    )
    for result in sorted(results, key=lambda result: -RANKED.index(result.verdict)):
        say_result(result)
    terminal.say()
    terminal.say(ADVICE())


def _screening_json(screening: Screening, *, with_rules: bool) -> dict[str, object]:
    answer: dict[str, object] = {
        "as_of": screening.as_of,
        "counts": _counts(screening),
        "pairs": screening.pairs.to_dicts(),
    }
    if with_rules:
        answer["results"] = screening.results.to_dicts()
    return answer


def _counts(screening: Screening) -> list[dict[str, object]]:
    counted = screening.pairs.group_by("post_id", "verdict").len()
    by_post: dict[str, dict[str, int]] = {}
    for post_id, verdict, count in counted.iter_rows():
        by_post.setdefault(post_id, {})[verdict] = count
    rows = screening.case.posts.select("post_id", "post_name").iter_rows()
    return [
        {
            "post_id": post_id,
            "post_name": name,
            **{
                verdict: by_post.get(post_id, {}).get(verdict, 0)
                for verdict in ("pass", "review", "unknown", "fail")
            },
        }
        for post_id, name in rows
    ]


def _say_counts(screening: Screening, roster: Roster) -> None:
    """Posts in their order of display, as every list of a team has them."""
    shown = roster["posts"].sort("display_order", "post_id", nulls_last=True)["post_id"]
    place = {post: number for number, post in enumerate(shown)}
    rows = [
        (row["post_name"], row["post_id"], *(row[v] for v in ("pass", "review", "unknown", "fail")))
        for row in sorted(_counts(screening), key=lambda row: place[str(row["post_id"])])
    ]
    terminal.say_table("", [terminal.text(name) for name in _COUNT_HEADER], rows)


def _say_persons(roster: Roster, screening: Screening) -> None:
    """People by verdict, each with the rules that do not pass and why."""
    from banzi.rules import RANKED, Verdict
    from banzi.rules.explaining import overall, reasons

    of_none = Verdict.PASS if screening.outcomes else Verdict.UNKNOWN
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    post_id, post_name = screening.case.posts.select("post_id", "post_name").row(0)
    found = sorted(
        reasons(screening, post_id).items(),
        key=lambda item: RANKED.index(overall(item[1], of_none)),
    )
    terminal.say_table(
        post_name,
        [terminal.text(name) for name in _PERSON_HEADER],
        [
            (
                names[person_id],
                person_id,
                terminal.text(overall(results, of_none).zh),
                "\n".join(reason_line(result) for result in results),
            )
            for person_id, results in found
        ],
    )
