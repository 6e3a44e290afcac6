"""Which classes of cases a rule has, read off the cases themselves and the facts they come to.

A class is one thing an expert would look for in a case file: a fact just inside and just outside,
a fact that is not known, the day before the rule began. Nothing is marked by hand: each case is
judged, and the facts the rule read of it say what the case is a case of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from tests.support.law_cases import roster_of
from tests.support.law_cases import typed as stored

from banzi.facts import derive
from banzi.facts.next_ranks import rank_facts
from banzi.facts.teams import team_facts
from banzi.kernel.columns import Column, Kind
from banzi.kernel.dates import PartialDate, month_of
from banzi.law import Law
from banzi.roster import TABLES
from banzi.rules.explaining import declared, missing_facts
from banzi.rules.proceedings import Proceeding, reckon
from banzi.rules.runtime import Rule
from banzi.rules.runtime.compiling import columns_of, evaluate
from banzi.rules.runtime.judging import judge, make_case
from banzi.rules.runtime.verdicts import RANKED

DECIDED = ("pass", "review", "fail")
TURNS_ON_PARTIAL_DATES = ("on_probation", "has_training_deadline")
TURNS_ON_DAYS = ("late_waiver", "conclusions_", "concluded_")
TURNS_WITH_THE_YEAR = ("last_assessment", "assessment_2_years_back")
"""Facts that are no time themselves and turn with the day of judgement; `_` ends a beginning."""


@dataclass(frozen=True)
class Judged:
    """A case with its answer.

    `verdict` is `absent` where the rule is not in force; `read` holds each column or figure the
    rule reads, None where it is not known; `given` is what the file says.
    """

    name: str
    as_of: date
    verdict: str
    read: Mapping[str, Any]
    missing: tuple[str, ...]
    given: Mapping[str, Any]


def judged(rule: Rule, case: Mapping[str, Any], law: Law) -> Judged:
    """A case of a rule about a person, an appointment, a team or a rank."""
    as_of = case["as_of"]
    if not rule.in_force(as_of):
        return Judged(case["name"], as_of, "absent", {}, (), case)
    roster = roster_of(dict(case))
    if rule.about in ("team", "rank"):
        if rule.about == "team":
            frame, key, subject = team_facts(roster, as_of), "team_id", "team"
        else:
            ranks = rank_facts(roster, as_of, law.at(as_of))
            frame = derive(roster, as_of, law).join(ranks, on="person_id", maintain_order="left")
            key, subject = "person_id", "甲"
        _compiled, (row,) = evaluate(rule, frame.filter(frame[key] == subject), law, as_of)
        verdict = row["verdict"].value
    else:
        case_of_one = make_case(roster, as_of, law, ["post"], ["甲"])
        (outcome,) = judge(case_of_one, [rule], shown=True)
        row = outcome.row(0, 0)
        verdict = RANKED[int(outcome.ranks[0, 0])].value
    columns = columns_of([*rule.reads, *rule.also_reads])
    missing = missing_facts(rule, row) if verdict == "unknown" else ()
    return Judged(
        case["name"],
        as_of,
        verdict,
        {name: row[name] for name in columns if name in row},
        missing,
        case,
    )


def reckoned(rule: Proceeding, case: Mapping[str, Any], law: Law) -> Judged:
    """A case of a rule about a proceeding."""
    result = reckon(rule, case["figures"], case["as_of"], law)
    figures = {name: case["figures"].get(name) for name in rule.asks}
    return Judged(
        case["name"],
        case["as_of"],
        result.verdict.value if result else "absent",
        figures,
        result.missing if result else (),
        case | {"value": result.value if result else None},
    )


def classes_wanted(rule: Rule) -> Iterator[str]:
    """The classes that a rule's declaration asks for."""
    yield "holds"
    yield "is breached"
    yield "the day before in force"
    names = [*rule.reads, *rule.also_reads]
    for name in rule.reads:
        yield f"{name} is missing"
    for name in columns_of(names):
        column = declared(name)
        if _is_measured(column):
            yield f"just inside and just outside {name.removesuffix('_low').removesuffix('_high')}"
        elif column.kind is Kind.BOOLEAN:
            yield f"{name} yes and no"
    columns = [declared(name) for name in columns_of(names)]
    in_months = any(_counts_months(column) for column in columns)
    if in_months or any(_among(column, TURNS_ON_DAYS) for column in columns):
        yield "a month end"
        yield "29 February"
    if in_months:
        yield "a month without its day"
    if any(_among(column, TURNS_WITH_THE_YEAR) for column in columns):
        yield "the last day of a year"
        yield "the first day of a year"


def _counts_months(column: Column) -> bool:
    return (
        column.kind in (Kind.DATE, Kind.MONTH)
        or column.unit in ("month", "day", "hour")
        or _among(column, TURNS_ON_PARTIAL_DATES)
    )


def _among(column: Column, names: Sequence[str]) -> bool:
    return any(
        column.name.startswith(each) if each.endswith("_") else column.name == each
        for each in names
    )


def _is_measured(column: Column) -> bool:
    return column.kind in (Kind.DATE, Kind.MONTH) or (
        column.kind is Kind.INTEGER and not column.name.endswith("level_order")
    )


def classes_found(rule: Rule, cases: Sequence[Judged], law: Law) -> set[str]:
    """The classes that the cases of a rule's file belong to."""
    found = {*_of_verdicts(rule.since, cases), *_of_calendar(cases)}
    for case in cases:
        if case.verdict != "unknown":
            continue
        for name in rule.reads:
            values = [case.read.get(column) for column in columns_of([name])]
            if None in values or len(set(values)) > 1:  # unknown, or a span too wide to decide
                found.add(f"{name} is missing")
    for one, other in combinations(cases, 2):
        if not _decide_differently(one, other):
            continue
        for name in set(one.read) & set(other.read):
            a, b = (_measure(declared(name), case.read[name], case.as_of) for case in (one, other))
            if a is not None and b is not None and abs(a - b) == 1:
                whole = name.removesuffix("_low").removesuffix("_high")
                found.add(f"just inside and just outside {whole}")
    for name in columns_of([*rule.reads, *rule.also_reads]):
        seen = {case.read.get(name) for case in cases if case.verdict in DECIDED}
        if True in seen and (False in seen or (name in rule.also_reads and None in seen)):
            found.add(f"{name} yes and no")
    if any(_hangs_on_a_month(rule, case, law) for case in cases):
        found.add("a month without its day")
    return found


def _of_verdicts(since: date, cases: Sequence[Judged]) -> Iterator[str]:
    for case in cases:
        if case.verdict == "pass":
            yield "holds"
        elif case.verdict in ("fail", "review"):
            yield "is breached"
        if case.as_of == since - timedelta(days=1) and case.verdict == "absent":
            yield "the day before in force"


def _of_calendar(cases: Sequence[Judged]) -> Iterator[str]:
    """A case looks at a month end when its data, not only its day, names the last of a month."""
    for case in cases:
        if case.verdict == "absent":
            continue
        days = {case.as_of, *days_in(case.given)}
        if any((day + timedelta(days=1)).day == 1 for day in days_in(case.given)):
            yield "a month end"
        if any((day.month, day.day) == (2, 29) for day in days):
            yield "29 February"
        if case.verdict in DECIDED and (case.as_of.month, case.as_of.day) == (12, 31):
            yield "the last day of a year"
        if case.verdict in DECIDED and (case.as_of.month, case.as_of.day) == (1, 1):
            yield "the first day of a year"


def days_in(given: Any) -> Iterator[date]:
    """Every whole day that a case writes out."""
    if isinstance(given, date):
        yield given
    elif isinstance(given, Mapping):
        for name, value in given.items():
            if name not in ("as_of", "expect", "completeness"):
                yield from days_in(value)
    elif isinstance(given, list):
        for value in given:
            yield from days_in(value)


def _decide_differently(one: Judged, other: Judged) -> bool:
    return one.verdict in DECIDED and other.verdict in DECIDED and one.verdict != other.verdict


def _measure(column: Column, value: Any, as_of: date) -> int | None:
    """A number in the smallest step of its kind, times as seen from the day of judgement."""
    if value is None or not _is_measured(column):
        return None
    if column.kind is Kind.DATE:
        return int((value - as_of).days)
    if column.kind is Kind.MONTH:
        return int(value) - month_of(as_of)
    return int(value)


def _hangs_on_a_month(rule: Rule, case: Judged, law: Law) -> bool:
    """Whether a date given to the month only decides the case: without it the answer differs."""
    return any(
        judged(rule, without, law).verdict != case.verdict for without in _months_blanked(case)
    )


def _months_blanked(case: Judged) -> Iterator[dict[str, Any]]:
    if case.verdict == "absent":
        return
    given = dict(case.given)
    for name, value in given.get("person", {}).items():
        if _is_month_only("persons", name, value):
            yield given | {"person": {k: v for k, v in given["person"].items() if k != name}}
    for table in set(TABLES) & set(given):
        for place, row in enumerate(given[table]):
            for name, value in row.items():
                if name in TABLES[table] and _is_month_only(table, name, value):
                    rows = [dict(each) for each in given[table]]
                    del rows[place][name]
                    yield given | {table: rows}


def _is_month_only(table: str, name: str, value: Any) -> bool:
    column = TABLES[table][name]
    if value is None or isinstance(value, date):
        return False
    if column.kind is Kind.MONTH:
        return True
    if column.kind is not Kind.PARTIAL_DATE:
        return False
    day = PartialDate(stored(table, name, value))
    return bool(day.month) and not day.day


def figure_classes_wanted(rule: Proceeding) -> Iterator[str]:
    """The classes that the declaration of a rule about a proceeding asks for."""
    yield "holds"
    yield "is breached"
    yield "the day before in force"
    for name, ask in rule.asks.items():
        yield f"{name} is missing"
        if ask.kind in ("count", "date"):
            yield f"just inside and just outside {name}"
        elif ask.kind == "flag":
            yield f"{name} yes and no"
        elif ask.kind == "choice":
            yield from (f"{name} {choice}" for choice in ask.choices)
    if any(ask.kind == "date" for ask in rule.asks.values()):
        yield "a month end"
        yield "29 February"


def figure_classes_found(rule: Proceeding, cases: Sequence[Judged]) -> set[str]:
    """The classes that the cases of such a rule's file belong to."""
    found = {*_of_verdicts(rule.since, cases), *_of_calendar(cases)}
    decided = [case for case in cases if case.verdict in DECIDED]
    for name, ask in rule.asks.items():
        if any(c.verdict == "unknown" and ask.name in c.missing for c in cases):
            found.add(f"{name} is missing")
        values = [case.read[name] for case in decided]
        if ask.kind == "flag" and {True, False} <= set(values):
            found.add(f"{name} yes and no")
        if ask.kind == "choice":
            found |= {f"{name} {value}" for value in values}
    for one, other in combinations(decided, 2):
        same = one.verdict == other.verdict and one.given["value"] == other.given["value"]
        changed = [name for name in rule.asks if one.read[name] != other.read[name]]
        if same or len(changed) != 1:
            continue
        a, b = one.read[changed[0]], other.read[changed[0]]
        if _step(a, b) == 1:
            found.add(f"just inside and just outside {changed[0]}")
    return found


def _step(a: Any, b: Any) -> int | None:
    if isinstance(a, date) and isinstance(b, date):
        return abs((a - b).days)
    if type(a) is int and type(b) is int:
        return abs(a - b)
    return None
