"""What one rule says of one person and one post, on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from banzi.cli import terminal
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render

if TYPE_CHECKING:
    from banzi.law import Clause, Grade
    from banzi.rules import RuleResult

_REASON = _("【{verdict}】{title}：{message}")
_REASON_ALONE = _("【{verdict}】{title}")
_MISSING = _("缺少 {names}")
_LINE = _("    {label}：{line}")
_CLAUSE = _("{name}（{grade}）{fact}")
_STANDARD = _("{text}（{unit}{since}起，{grade}，{checked}）")
_UNIT = _("单位：{unit}；")
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


def reason_line(result: RuleResult) -> str:
    """`【不符合】title：message`, or what is missing where nothing can be said."""
    message = result.message(terminal.language())
    if not message and result.missing:
        message = missing_text(result.missing)
    values = {
        "verdict": terminal.text(result.verdict.zh),
        "title": terminal.text(result.title),
    }
    if not message:
        return words(_REASON_ALONE, **values)
    return words(_REASON, **values, message=message)


def words(template: str, **values: object) -> str:
    """A text with its values, in the language of the screen."""
    return render(template, values, terminal.language())


def missing_text(names: Sequence[str]) -> str:
    """Which facts are missing, where nothing else can be said."""
    return words(_MISSING, names=list(names))


def say_result(result: RuleResult) -> None:
    """A rule's verdict with its clauses, standards and facts, and what may change it."""
    from banzi.law.units import is_counted
    from banzi.rules.explaining import parameter_text

    language = terminal.language()
    terminal.say()
    terminal.say(reason_line(result))
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
            "unit": words(_UNIT, unit=unit) if unit else "",
            "since": used.since,
            "grade": _grade(used.grade),
            "checked": checked,
        }
        _say_line("parameter", words(_STANDARD, text=text, **remarks))
        if used.provenance is not None:
            _say_line("source", used.provenance.source)
    for name, text, sources in _facts(result):
        template = _FACT_FROM if sources else _FACT
        values = {"name": name, "text": text, **({"sources": sources} if sources else {})}
        _say_line("facts", words(template, **values))
    if result.missing:
        _say_line("missing", words("{names}", names=list(result.missing)))
    _say_line("changes", str(result.changes_on or terminal.text(_("不因时间自行变化"))))
    _say_exception(result)


def _say_exception(result: RuleResult) -> None:
    """Whether an exception is possible, by whose agreement and by when; and the one on record."""
    from banzi.rules.explaining import BEFORE

    if result.verdict.value == "fail" or (result.waivable_by and result.verdict.value != "pass"):
        if result.waivable_by:
            by, before = terminal.text(result.waivable_by), BEFORE[result.waivable_before]
            line = words(_WAIVABLE, by=by, before=terminal.text(before))
        else:
            line = terminal.text(_("不得破格"))
        _say_line("waivable", line)
    waiver = result.waiver
    if waiver is not None:
        line = words(
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
    terminal.say(words(_LINE, label=terminal.text(_LABELS[label]), line=line))


def _clause_line(name: str, clause: Clause) -> str:
    fact = getattr(clause.fact, terminal.language())
    return words(_CLAUSE, name=name, grade=_grade(clause.grade), fact=fact)


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


def result_json(result: RuleResult) -> dict[str, object]:
    """The same for programs; texts in the language of the screen."""
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
