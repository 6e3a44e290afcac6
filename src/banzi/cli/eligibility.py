"""`banzi eligibility screen | explain`: who may be looked at for which post, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.law import Clause, Grade
    from banzi.roster import Roster
    from banzi.rules import RuleResult, Screening

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
_REASON = _("【{verdict}】{title}：{message}")
_REASON_ALONE = _("【{verdict}】{title}")
_MISSING = _("缺少 {names}")
_LINE = _("    {label}：{line}")
_CLAUSE = _("{name}（{grade}）{fact}")
_STANDARD = _("{text}（{unit}{since}起，{grade}，{checked}）")
_UNIT = _("单位：{unit}；")
_TALLY = _(
    "不符合{fail}条，无法认定{unknown}条，需研究{review}条，符合{pass_}条；以下先列不符合的。"
)
_FACT = _("{name}：{text}")
_FACT_FROM = _("{name}：{text}　← {sources}")
_WAIVABLE = _("经{by}在{before}前同意，可以破格")
_WAIVER = _("{by}于{on}同意（{document}），理由：{reason}；讨论决定日期：{discussed}；{counts}")
_COUNTS, _COUNTS_NOT = _("予以计算"), _("不予计算")
_BETWEEN = _("；")
_LABELS = {
    "clause": _("依据"),
    "reading": _("口径"),
    "parameter": _("标准"),
    "source": _("标准来源"),
    "facts": _("事实"),
    "missing": _("缺少"),
    "changes": _("何时变化"),
    "waivable": _("破格"),
    "waiver": _("破格审批记录"),
}

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
    from banzi.roster import load_roster
    from banzi.rules import screen as screen_roster

    if (post is None) == (not everything):
        raise BanziError(CHOOSE())
    roster = load_roster(folder)
    day = terminal.parse_as_of(as_of, roster.as_of)
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
    from banzi.roster import load_roster
    from banzi.rules import explain as explain_pair
    from banzi.rules.explaining import overall
    from banzi.rules.runtime.verdicts import RANKED, Verdict

    roster = load_roster(folder)
    day = terminal.parse_as_of(as_of, roster.as_of)
    person_id, post_id = one_person(person, PersonIndex(roster)), find_post(roster, post)
    results = explain_pair(roster, day, person_id, post_id, law=terminal.law())
    if as_json:
        terminal.say_json(
            {
                "person_id": person_id,
                "post_id": post_id,
                "as_of": day,
                "verdict": overall(results).value,
                "rules": [_result_json(result) for result in results],
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
        _words(
            _TALLY,
            fail=tally[Verdict.FAIL],
            unknown=tally[Verdict.UNKNOWN],
            review=tally[Verdict.REVIEW],
            pass_=tally[Verdict.PASS],
        )
    )
    for result in sorted(results, key=lambda result: -RANKED.index(result.verdict)):
        _say_result(result)
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
                "\n".join(_reason(result) for result in results),
            )
            for person_id, results in found
        ],
    )


def _reason(result: RuleResult) -> str:
    """`【不符合】title：message`, or what is missing where nothing can be said."""
    message = result.message(terminal.language())
    if not message and result.missing:
        message = missing_text(result.missing)
    values = {
        "verdict": terminal.text(result.verdict.zh),
        "title": terminal.text(result.title),
    }
    if not message:
        return _words(_REASON_ALONE, **values)
    return _words(_REASON, **values, message=message)


def _words(template: str, **values: object) -> str:
    return render(template, values, terminal.language())


def missing_text(names: Sequence[str]) -> str:
    """Which facts are missing, where nothing else can be said."""
    return _words(_MISSING, names=list(names))


def _say_result(result: RuleResult) -> None:
    from banzi.law.units import is_counted
    from banzi.rules.explaining import parameter_text

    language = terminal.language()
    terminal.say()
    terminal.say(_reason(result))
    for name, clause in result.clauses[:1]:
        _say_line("clause", f"{_clause_line(name, clause)}")
        if clause.reading is not None:
            _say_line("reading", getattr(clause.reading, language))
    if result.clauses[1:]:
        _say_line("clause", " ".join(name for name, _clause in result.clauses[1:]))
    for used in result.parameters:
        shown = parameter_text(used)
        title = getattr(used.parameter.title, language)
        text = f"{title} {shown}".rstrip()
        checked = used.checked_on or terminal.text(_("未与原文核对"))
        unit = getattr(used.parameter.unit, language) if is_counted(used.parameter.unit.zh) else ""
        remarks = {
            "unit": _words(_UNIT, unit=unit) if unit else "",
            "since": used.since,
            "grade": _grade(used.grade),
            "checked": checked,
        }
        _say_line("parameter", _words(_STANDARD, text=text, **remarks))
        if used.provenance is not None:
            _say_line("source", used.provenance.source)
    for name, text, sources in _facts(result):
        template = _FACT_FROM if sources else _FACT
        values = {"name": name, "text": text, **({"sources": sources} if sources else {})}
        _say_line("facts", _words(template, **values))
    if result.missing:
        _say_line("missing", _words("{names}", names=list(result.missing)))
    _say_line("changes", str(result.changes_on or terminal.text(_("不因时间自行变化"))))
    _say_exception(result)


def _say_exception(result: RuleResult) -> None:
    """Whether an exception is possible, by whose agreement and by when; and the one on record."""
    from banzi.rules.explaining import BEFORE

    if result.verdict.value == "fail" or (result.waivable_by and result.verdict.value != "pass"):
        if result.waivable_by:
            by, before = terminal.text(result.waivable_by), BEFORE[result.waivable_before]
            line = _words(_WAIVABLE, by=by, before=terminal.text(before))
        else:
            line = terminal.text(_("不得破格"))
        _say_line("waivable", line)
    waiver = result.waiver
    if waiver is not None:
        line = _words(
            _WAIVER,
            by=waiver.approved_by,
            on=waiver.approved_on,
            document=waiver.document or "—",
            reason=waiver.reason.strip() or "—",
            discussed=waiver.discussed_on or terminal.text(_("尚未讨论决定")),
            counts=terminal.text(_COUNTS if waiver.counts else _COUNTS_NOT),
        )
        _say_line("waiver", line)


def _say_line(label: str, line: str) -> None:
    terminal.say(_words(_LINE, label=terminal.text(_LABELS[label]), line=line))


def _clause_line(name: str, clause: Clause) -> str:
    fact = getattr(clause.fact, terminal.language())
    return _words(_CLAUSE, name=name, grade=_grade(clause.grade), fact=fact)


def _grade(grade: Grade) -> str:
    from banzi.law.documents import GRADE_NAMES

    return terminal.text(GRADE_NAMES[grade])


def _facts(result: RuleResult) -> list[tuple[str, str, str]]:
    """Name, value and sources of each fact; the two ends of a span on one line."""
    from banzi.rules.explaining import fact_name, fact_text

    language = terminal.language()
    shown: list[tuple[str, str, str]] = []
    for fact in result.facts:
        column, text = fact.column, fact_text(fact, language)
        name = fact_name(column, language)
        if column.name.endswith("_high") and shown:
            low_name, low, sources = shown.pop()
            whole = low_name
            for end in ("（至少）", ", at least", "（最早）", ", earliest"):
                whole = whole.removesuffix(end)
            shown.append((whole, low if low == text else f"{low}–{text}", sources))
        else:
            shown.append((name, text, terminal.text(_BETWEEN).join(fact.sources)))
    return shown


def _result_json(result: RuleResult) -> dict[str, object]:
    from banzi.rules.explaining import fact_name

    return {
        "rule_id": result.rule_id,
        "title": terminal.text(result.title),
        "verdict": result.verdict.value,
        "message": result.message(terminal.language()),
        "values": {
            name: value if isinstance(value, int | str | None) else str(value)
            for name, value in result.values.items()
        },
        "clauses": [
            {
                "id": name,
                "fact": clause.fact.model_dump(),
                "reading": clause.reading.model_dump() if clause.reading else None,
                "force": clause.force.value,
                "grade": clause.grade.value,
                "in_force_from": clause.in_force_from,
            }
            for name, clause in result.clauses
        ],
        "parameters": [
            {
                "title": used.parameter.title.model_dump(),
                "value": used.value,
                "unit": used.parameter.unit.en,
                "since": used.since,
                "grade": used.grade.value,
                "checked_on": used.checked_on,
                "source": used.provenance.source if used.provenance else None,
            }
            for used in result.parameters
        ],
        "facts": [
            {
                "name": fact.column.name,
                "zh": fact_name(fact.column),
                "value": fact.value,
                "sources": fact.sources,
            }
            for fact in result.facts
        ],
        "missing": result.missing,
        "changes_on": result.changes_on,
        "waivable_by": terminal.text(result.waivable_by),
        "waivable_before": result.waivable_before if result.waivable_by else "",
        "waiver": None if result.waiver is None else asdict(result.waiver),
    }
