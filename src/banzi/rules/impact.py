"""What a change of law changes: pairs, teams, ranks and past decisions judged otherwise after it.

Both laws are asked the same questions; only answers that differ are shown, rule by rule. A past
decision is judged on the day before the post was taken up, under the edition of that day, since
what was lawful then stays lawful; it is listed only when a value of that day itself was changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from banzi.kernel.dates import PartialDate, Precision
from banzi.kernel.messages import Language, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.law import Law, Parameter
from banzi.law.numbers import Number
from banzi.law.units import entries
from banzi.roster import Roster
from banzi.rules.catalogue import RULES
from banzi.rules.explaining import explain
from banzi.rules.runtime.judging import Case, judge, make_case
from banzi.rules.runtime.verdicts import RANKED
from banzi.rules.teams_and_ranks import Judgement

JUDGING = MessageKind("rules/judging-past", _("按当时法规核对历次任职"))

SCHEMA = {
    "post_id": pl.String(),
    "person_id": pl.String(),
    "rule_id": pl.String(),
    "judged_on": pl.Date(),
    "before": pl.String(),
    "after": pl.String(),
}


@dataclass(frozen=True)
class PastDecisions:
    """Decisions whose verdict changes, and how many seats could not be judged for want of a day.

    `changed` has the columns of `SCHEMA`.
    """

    changed: pl.DataFrame
    judged: int
    undated: int


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One entry of a parameter that a changed law gives otherwise.

    `label` is "" where the parameter is a single value. `before` is None where nothing was in
    force on the day; both are grades where the value stayed and only its grade did not.
    """

    name: str
    parameter: Parameter
    since: date
    label: str
    before: Any
    after: Any

    @property
    def source(self) -> str:
        """Whose value it is; "" for the shipped files."""
        value = self.parameter.at(self.since)
        return value.provenance.source if value is not None and value.provenance else ""


def changed_parameters(before: Law, after: Law) -> tuple[tuple[str, Parameter, Parameter], ...]:
    """Parameters whose values or grades differ: name, before, after."""
    return tuple(
        (name, before.parameters[name], parameter)
        for name, parameter in after.parameters.items()
        if name in before.parameters
        and (parameter.values, parameter.grades, parameter.grade)
        != (
            before.parameters[name].values,
            before.parameters[name].grades,
            before.parameters[name].grade,
        )
    )


def changed_values(before: Law, after: Law) -> tuple[ChangedValue, ...]:
    """Entries that differ, parameter by parameter and day by day.

    An entry is compared with what held on its day before the change, which may be the value of an
    earlier day.
    """
    found = []
    for name, old, new in changed_parameters(before, after):
        for since, whole in sorted(new.values.items()):
            earlier, grade = old.at(since), new.grades.get(since, new.grade)
            was = {} if earlier is None else dict(entries(earlier.value))
            for path, entry in entries(whole):
                if was.get(path) != entry:
                    label = Number(since, path, entry).label(new)
                    found.append(ChangedValue(name, new, since, label, was.get(path), entry))
            if earlier is not None and earlier.grade is not grade:
                found.append(ChangedValue(name, new, since, "", earlier.grade, grade))
    return tuple(found)


def changed_verdicts(roster: Roster, as_of: date, before: Law, after: Law) -> pl.DataFrame:
    """Every pair and rule of a roster whose verdict differs on a day; columns of `SCHEMA`."""
    return _differences(make_case(roster, as_of, before), make_case(roster, as_of, after))


def changed_judgements(
    judge_all: Callable[[Roster, date, Law], list[Judgement]],
    roster: Roster,
    as_of: date,
    before: Law,
    after: Law,
) -> list[tuple[Judgement, Judgement]]:
    """What `judge_teams` or `judge_ranks` says otherwise of a subject, before and after."""
    old, new = (judge_all(roster, as_of, law) for law in (before, after))
    return [pair for pair in zip(old, new, strict=True) if pair[0].verdict is not pair[1].verdict]


def changed_decisions(
    roster: Roster, as_of: date, before: Law, after: Law, progress: Progress | None = None
) -> PastDecisions:
    """The seats taken up until a day whose verdict then differs under the two laws.

    Seats known to the year only, or with no day at all, are not judged but counted.
    """
    taken: dict[date, set[tuple[str, str]]] = {}
    undated = 0
    seats = roster["seats"].select("person_id", "post_id", "started_on").unique(maintain_order=True)
    for person, post, started in seats.iter_rows():
        day = _eve(started)
        if day is None:
            undated += 1
        elif day < as_of:
            taken.setdefault(day, set()).add((post, person))
    parts = []
    for day, pairs in tracked(sorted(taken.items()), progress or Silent(), JUDGING(), len(taken)):
        posts = sorted({post for post, _person in pairs})
        people = sorted({person for _post, person in pairs})
        found = _differences(
            *(make_case(roster, day, law, posts, people) for law in (before, after))
        )
        wanted = pl.DataFrame(
            sorted(pairs),
            schema={"post_id": pl.String(), "person_id": pl.String()},
            orient="row",
        )
        parts.append(found.join(wanted, on=["post_id", "person_id"], maintain_order="left"))
    judged = sum(len(pairs) for pairs in taken.values())
    return PastDecisions(pl.concat([pl.DataFrame(schema=SCHEMA), *parts]), judged, undated)


def reasons_after(
    roster: Roster, changes: pl.DataFrame, after: Law, language: Language = "zh"
) -> list[str]:
    """What the changed law says of each changed verdict, row by row; "" where it says nothing."""
    rules = {rule.id: rule for rule in RULES}
    found = []
    for row in changes.iter_rows(named=True):
        (result,) = explain(
            roster,
            row["judged_on"],
            row["person_id"],
            row["post_id"],
            law=after,
            rules=[rules[row["rule_id"]]],
        )
        found.append(result.message(language))
    return found


def _eve(started: int | None) -> date | None:
    """The day before a post was taken up: of a month, the last day of the one before."""
    if started is None:
        return None
    partial = PartialDate(started)
    if partial.precision is Precision.YEAR:
        return None
    return partial.earliest - timedelta(days=1)


def _differences(before: Case, after: Case) -> pl.DataFrame:
    posts, persons = before.posts["post_id"], before.person_ids
    parts = [pl.DataFrame(schema=SCHEMA)]
    rules = [rule for rule in RULES if rule.in_force(before.as_of)]
    for rule, left, right in zip(rules, judge(before, rules), judge(after, rules), strict=True):
        one, other = left.ranks, right.ranks
        rows, columns = np.nonzero(one != other)
        parts.append(
            pl.DataFrame(
                {
                    "post_id": posts.gather(rows),
                    "person_id": persons.gather(columns),
                    "rule_id": pl.repeat(rule.id, len(rows), eager=True),
                    "judged_on": pl.repeat(before.as_of, len(rows), eager=True),
                    "before": _NAMES.gather(one[rows, columns]),
                    "after": _NAMES.gather(other[rows, columns]),
                },
                schema=SCHEMA,
            )
        )
    return pl.concat(parts)


_NAMES = pl.Series("verdict", [verdict.value for verdict in RANKED])
