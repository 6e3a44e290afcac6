"""The classes of cases that a rule has not got, and those that make no sense for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.support.case_classes import (
    Judged,
    classes_found,
    classes_wanted,
    figure_classes_found,
    figure_classes_wanted,
    judged,
    reckoned,
)
from tests.support.law_cases import file_of, law_cases, proceeding_cases

from banzi.law import load_law
from banzi.rules.proceedings.declaring import Proceeding
from banzi.rules.runtime import Rule

LAW = load_law()

NEVER_A_BREACH = "documents that differ decide nothing: a dispute is unknown, nothing is a breach"
GIVEN_BY_LAW = "a number of the law by rank, not of the person; the months held have the cases"
BASE_IS_DUE = "the base is who is due; nobody asks how many are present"
EXCEPT = {
    (
        "appointment-regulations/43/probation-over",
        "just inside and just outside probation_ends_on",
    ): ("told only while probation runs; `on_probation` has the day it ends and the day before"),
    (
        "appointment-regulations/24.6/sanctions-over",
        "just inside and just outside sanctions_bar_until",
    ): "told only while a bar runs; `sanctions_end_on` has the day it ends and the day before",
    ("personnel-files/na/birth-date", "is breached"): NEVER_A_BREACH,
    ("personnel-files/na/party-age", "is breached"): NEVER_A_BREACH,
    ("personnel-files/na/three-ages", "is breached"): NEVER_A_BREACH,
    ("civil-servant-law/75/regional-recusal", "role is missing"): (
        "a post without its role is no post: the roster's table does not take it"
    ),
    ("rank-rules/18/rank-promotion", "just inside and just outside months_required"): GIVEN_BY_LAW,
    ("rank-rules/18/rank-promotion", "just inside and just outside months_shortened"): GIVEN_BY_LAW,
    ("local-party-elections/na/elected", "present is missing"): BASE_IS_DUE,
    ("local-party-elections/na/elected", "just inside and just outside present"): BASE_IS_DUE,
}
"""Rule and class that need no case → why."""


def judged_cases(rules: Sequence[Rule | Proceeding]) -> dict[str, list[Judged]]:
    """Rule id → its cases, judged."""
    found: dict[str, list[Judged]] = defaultdict(list)
    by_file = {file_of(rule.id): rule for rule in rules if isinstance(rule, Rule)}
    for name, case in law_cases():
        if name in by_file:
            found[by_file[name].id].append(judged(by_file[name], case, LAW))
    proceedings = {file_of(rule.id): rule for rule in rules if isinstance(rule, Proceeding)}
    for name, case in proceeding_cases():
        if name in proceedings:
            found[proceedings[name].id].append(reckoned(proceedings[name], case, LAW))
    return found


def lacking(rule: Rule | Proceeding, cases: Sequence[Judged]) -> Iterator[str]:
    """Classes that the rule wants and its cases do not have, excepted ones among them."""
    if isinstance(rule, Proceeding):
        wanted, found = figure_classes_wanted(rule), figure_classes_found(rule, cases)
    else:
        wanted, found = classes_wanted(rule), classes_found(rule, cases, LAW)
    yield from (each for each in dict.fromkeys(wanted) if each not in found)


def check_classes(rules: Sequence[Rule | Proceeding]) -> int:
    """Hold every rule's cases against the classes it wants.

    Then take cases away and see the gaps appear, so that the check is known to be able to fail.

    Returns
    -------
    int
        How many gaps appeared when cases were taken away.
    """
    cases = judged_cases(rules)
    gaps = {(rule.id, each) for rule in rules for each in lacking(rule, cases[rule.id])}
    excepted = {each for each in EXCEPT if each[0] in {rule.id for rule in rules}}
    assert sorted(gaps - excepted) == []
    assert sorted(excepted - gaps) == [], "excepted, but the case is there"
    shown = 0
    for rule in rules:
        late = [case for case in cases[rule.id] if case.verdict != "absent"]
        assert (rule.id, "the day before in force") not in gaps
        assert "the day before in force" in lacking(rule, late)
        known = [case for case in cases[rule.id] if case.verdict in ("pass", "absent")]
        without = set(lacking(rule, known)) - {each for id_, each in gaps if id_ == rule.id}
        assert without or rule.id in {id_ for id_, _each in EXCEPT}, rule.id
        shown += len(without)
    return shown
