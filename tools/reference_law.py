"""The pages about the law: rules, parameters and clauses; proceedings; what covers which row."""

from __future__ import annotations

from collections.abc import Iterator

from banzi.law import Clause, load_law
from banzi.law.documents import FORCE_NAMES, GRADE_NAMES
from banzi.rules.catalogue import RULES
from banzi.rules.coverage import coverage
from banzi.rules.proceedings import PROCEEDINGS
from tools.reference_tables import table


def law_page() -> Iterator[str]:
    law = load_law()
    yield "# Law 法规依据"
    yield ""
    yield "[Rules](#rules-规则), the [parameters](#parameters-参数) they read and the"
    yield "[clauses](#clauses-条款) both cite. Grades: V read in the current text; V-old in an earlier"
    yield "edition only; V-2nd in news or commentary on the current text; MEM from memory, which asks"
    yield "for review and fails nobody. *Checked* is the day a person last compared the value with the"
    yield "official text: compare every one that nobody has before using it on real people."
    yield ""
    yield "## Rules 规则"
    yield ""
    yield from table(
        ["rule", "名称", "force", "clauses", "since", "until", "waivable by 可破格"],
        [
            [
                f"`{rule.id}`",
                rule.title,
                "必须 must" if rule.is_must else "一般 generally",
                " ".join(_clause_link(name) for name in rule.cites),
                rule.since,
                rule.until,
                rule.waivable_by,
            ]
            for rule in RULES
        ],
    )
    yield ""
    yield "## Parameters 参数"
    yield ""
    yield from table(
        ["parameter", "名称", "unit", "clause", "grade", "checked", "value from each day"],
        [
            [
                f"`{name}`",
                each.title.zh,
                each.unit.en,
                _clause_link(each.cites),
                each.grade.value,
                each.checked_on or "nobody yet",
                "; ".join(
                    f"{since}: {value}"
                    + (f" ({each.grades[since].value})" if since in each.grades else "")
                    for since, value in each.values.items()
                ),
            ]
            for name, each in law.parameters.items()
        ],
    )
    yield ""
    yield "## Clauses 条款"
    yield ""
    yield from table(
        ["clause", "内容", "口径", "meaning", "force", "grade", "in force", "source"],
        [
            [
                f'<a id="{_anchor(name)}"></a>{name}',
                clause.fact.zh,
                clause.reading.zh if clause.reading else "",
                clause.fact.en,
                FORCE_NAMES[clause.force],
                clause.grade.value,
                f"{clause.in_force_from} – {clause.until or ''}".strip(" –"),
                clause.source,
            ]
            for name, clause in law.clauses.items()
        ],
    )


def _anchor(clause: str) -> str:
    return clause.replace("/", "-").replace(".", "-").lower()


def _clause_link(clause: str) -> str:
    return f"[{clause}](#{_anchor(clause)})"


def proceedings_page() -> Iterator[str]:
    yield "# Meetings and elections 会议和选举"
    yield ""
    yield f"{len(PROCEEDINGS)} rules about meetings, votes, elections, notices and dates. Each takes the figures it"
    yield "asks for, any of which may be unknown, and answers *pass*, *fail*, *review* or *unknown*; some also give a"
    yield "number or an order. Clauses and their grades: [law](law.md)."
    yield ""
    rows: list[list[object]] = [
        [
            f"`{rule.id}`",
            rule.title,
            "必须 must" if rule.is_must else "一般 generally",
            " ".join(f"[{name}](law.md#{_anchor(name)})" for name in rule.cites),
            rule.since,
            "；".join(ask.name for ask in rule.asks.values()),
        ]
        for rule in PROCEEDINGS
    ]
    yield from table(["rule", "名称", "force", "clauses", "since", "所问"], rows)


def coverage_page() -> Iterator[str]:
    law = load_law()
    yield "# What covers which row 条款落实情况"
    yield ""
    yield "Every row of the facts sheet that the law files were written from, with what stands for it in the"
    yield "program: rules, parameters, or the reason why nothing is computed. Written from the citations."
    for document in law.documents.values():
        yield ""
        yield f"## {document.title.zh} {document.document}"
        yield ""
        rows: list[list[object]] = [
            [
                each.row,
                f"[{each.name}](law.md#{_anchor(each.name)})",
                GRADE_NAMES[each.clause.grade],
                "<br>".join(f"`{name}`" for name in each.rules),
                "<br>".join(f"`{name}`" for name in each.parameters),
                _reason(each.clause),
            ]
            for each in coverage(law)
            if each.name in document.clauses
        ]
        yield from table(["row", "clause", "依据", "rules", "parameters", "不作计算的原因"], rows)


def _reason(clause: Clause) -> str:
    reason = clause.not_computed
    return f"{_BECAUSE[reason.because.value]}：{reason.zh}" if reason else ""


_BECAUSE = {
    "by_people": "由人判断",
    "configurable": "由本部门设置",
    "procedure": "由程序执行",
    "descriptive": "仅供参考",
}
