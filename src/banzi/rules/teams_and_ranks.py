"""Verdicts that are about no pair of person and post: teams as they sit, and the next rank.

The same machinery of rules, over frames with one row a team and one row a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from banzi.facts import RANK_FACTS, TEAM_FACTS
from banzi.facts.derive import Facts
from banzi.facts.next_ranks import rank_facts
from banzi.facts.teams import team_facts
from banzi.kernel.columns import Table
from banzi.kernel.messages import Language, render
from banzi.law import Clause, Law, ValueInForce, load_law
from banzi.roster import Roster
from banzi.rules.catalogue import RANK_RULES, TEAM_RULES
from banzi.rules.explaining import in_language, missing_facts
from banzi.rules.runtime import Check, Rule
from banzi.rules.runtime.compiling import SHOWN, columns_of, evaluate
from banzi.rules.runtime.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule's answer about one team, or one person and the next rank.

    `subject` is the id of the team or person; `facts` are what the rule read, names of members
    among them, null where not known. `template` and `values` make the message, "" for none;
    `missing` names facts that are not known and is empty unless the verdict is unknown;
    `changes_on` is the day from which it changes by itself if nothing else does, else None.
    """

    rule_id: str
    title: str
    subject: str
    verdict: Verdict
    clauses: tuple[tuple[str, Clause], ...]
    parameters: tuple[ValueInForce, ...]
    facts: Mapping[str, object]
    template: str
    values: Mapping[str, object]
    missing: tuple[str, ...]
    changes_on: date | None

    def message(self, language: Language = "zh") -> str:
        return render(self.template, in_language(self.values, language), language)


def judge_teams(
    roster: Roster, as_of: date, law: Law | None = None, rules: Sequence[Rule] = TEAM_RULES
) -> list[Judgement]:
    """Every rule in force about every team of the roster, team by team in its order."""
    frame = team_facts(roster, as_of)
    return _judged(frame, "team_id", TEAM_FACTS, as_of, law or load_law(), rules)


def judge_ranks(
    roster: Roster, as_of: date, law: Law | None = None, rules: Sequence[Rule] = RANK_RULES
) -> list[Judgement]:
    """Every rule in force about every person and the next rank, person by person in roster order."""
    book = law or load_law()
    facts = Facts(roster, as_of, book)
    ranks = rank_facts(roster, as_of, book.at(as_of))
    read = dict.fromkeys(
        name
        for rule in rules
        for name in columns_of([*rule.reads, *rule.also_reads])
        if name not in ranks.columns and facts.knows(name)
    )
    frame = facts.of(["person_id", *read]).join(ranks, on="person_id", maintain_order="left")
    return _judged(frame, "person_id", RANK_FACTS, as_of, book, rules)


def _judged(
    frame: pl.DataFrame, key: str, facts: Table, as_of: date, law: Law, rules: Sequence[Rule]
) -> list[Judgement]:
    found: list[list[Judgement]] = [[] for _row in range(frame.height)]
    for rule in rules:
        if not rule.in_force(as_of):
            continue
        compiled, rows = evaluate(rule, frame, law, as_of)
        for place, row in enumerate(rows):
            verdict = row["verdict"]
            template, values = _message(compiled.check, verdict, row)
            found[place].append(
                Judgement(
                    rule_id=rule.id,
                    title=rule.title,
                    subject=row[key],
                    verdict=verdict,
                    clauses=tuple((name, law.clauses[name]) for name in rule.cites),
                    parameters=compiled.parameters,
                    facts={each.name: row[each.name] for each in facts if each.name != key},
                    template=template,
                    values=values,
                    missing=missing_facts(rule, row) if verdict is Verdict.UNKNOWN else (),
                    changes_on=_still_to_come(row["changes_on"], as_of),
                )
            )
    return [judgement for rows in found for judgement in rows]


def _message(
    check: Check, verdict: Verdict, row: Mapping[str, Any]
) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {
        name.removeprefix(SHOWN): value for name, value in row.items() if name.startswith(SHOWN)
    }
    if verdict is Verdict.UNKNOWN:
        return check.undecided, values
    if verdict is Verdict.PASS:
        return (check.satisfied if row["applies"] else check.elsewhere), values
    return (check.doubtful if row["truth"] else check.otherwise), values


def _still_to_come(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day > as_of else None
