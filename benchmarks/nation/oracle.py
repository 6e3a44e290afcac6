"""The question answered person by person in plain Python: slow, and simple enough to believe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.nation.question import DATES, KINDS, NOW, RULES, Rule, Term

Truth = bool | None
Row = dict[str, Any]
PASS, REVIEW, UNKNOWN, FAIL = range(4)


def verdicts(
    persons: Iterable[Row], careers: Sequence[Sequence[tuple[int, int, int]]]
) -> list[list[int]]:
    """Rules × persons, by rank; a career is (start, end, counts) of each segment."""
    facts = [facts_of(person, career) for person, career in zip(persons, careers, strict=True)]
    return [[verdict(rule, each) for each in facts] for rule in RULES]


def facts_of(person: Row, career: Sequence[tuple[int, int, int]]) -> Row:
    facts = dict(person)
    for place, kind in enumerate(KINDS):
        for bit, bound in ((2 * place, "low"), (2 * place + 1, "high")):
            covered = {
                month
                for start, end, counts in career
                if counts >> bit & 1
                for month in range(start, end)
            }
            facts[f"{kind}_months_{bound}"] = len(covered)
    for name in DATES:
        value = person[name]
        if value is None:
            bounds: tuple[int | None, int | None] = (None, None)
        else:
            year, month = value // 10000, value // 100 % 100
            bounds = tuple(max(0, NOW - (year * 12 + m - 1)) for m in (month or 12, month or 1))
        facts[f"{name}_months_low"], facts[f"{name}_months_high"] = bounds
    return facts


def truth_of(term: Term, facts: Row) -> Truth:
    truth: Truth
    if term.span:
        low, high = facts[f"{term.name}_low"], facts[f"{term.name}_high"]
        if low is not None and low >= term.values[0]:
            truth = True
        else:
            truth = False if high is not None and high < term.values[0] else None
    else:
        value = facts[term.name]
        if value is None:
            truth = None
        elif term.kind == "at_least":
            truth = value >= term.values[0]
        else:
            truth = value in term.values if term.kind == "one_of" else bool(value)
    return truth if truth is None or not term.negated else not truth


def all_of(terms: Sequence[Term], facts: Row) -> Truth:
    truths = [truth_of(term, facts) for term in terms]
    if False in truths:
        return False
    return None if None in truths else True


def verdict(rule: Rule, facts: Row) -> int:
    applies, holds = all_of(rule.applies, facts), all_of(rule.holds, facts)
    if applies is False or holds is True:
        doubts = [applies, all_of(rule.doubt, facts)] if rule.doubt else [False]
        if False in doubts:
            return PASS
        return UNKNOWN if None in doubts else REVIEW
    if applies is None or holds is None:
        return UNKNOWN
    lenient = bool(rule.lenient) and all_of(rule.lenient, facts) is True
    return FAIL if rule.is_must and not lenient else REVIEW
