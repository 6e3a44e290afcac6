"""What a change of law changes: pairs and past decisions whose verdict is another one after it.

Both laws are asked the same questions; only answers that differ are shown, rule by rule. A past
decision is judged on the day before the post was taken up, under the edition of that day, since
what was lawful then stays lawful; it is listed only when a value of that day itself was changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from banzi.kernel.dates import PartialDate, Precision
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.law import Law, Parameter
from banzi.roster import Roster
from banzi.rules.catalogue import RULES
from banzi.rules.runtime.judging import Case, judge, make_case
from banzi.rules.runtime.verdicts import RANKED

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


def changed_verdicts(roster: Roster, as_of: date, before: Law, after: Law) -> pl.DataFrame:
    """Every pair and rule of a roster whose verdict differs on a day; columns of `SCHEMA`."""
    return _differences(make_case(roster, as_of, before), make_case(roster, as_of, after))


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
