"""What falls due among the persons in sight, kept for each state of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest

from banzi.due import KINDS, DueCase, DueKind
from banzi.due.due_list import DueLine, DueList, due_list
from banzi.due.rank_promotion import RANK_PROMOTION
from banzi.due.sanction_end import SANCTION_END
from banzi.due.scope import Scope, people_in
from banzi.kernel.dates import month_of
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.records.sight import Sight, sight
from banzi.web.shared.today import as_of

OF_SANCTIONS = (SANCTION_END, RANK_PROMOTION)
"""Kinds that tell of sanctions: only of persons whose findings may be seen."""

MOST_MONTHS = 60


def due_in_sight(request: HttpRequest, months: int, verb: Verb = Verb.VIEW) -> DueList:
    """Everything due up to so many months ahead that the account may see (or take out)."""
    rights = rights_of(request)
    mine = sight(rights, as_of(request), verb)
    until = month_of(mine.as_of) + months
    return mine.roster.keep(("due", until), lambda: _listed(mine, until))


def _listed(mine: Sight, until: int) -> DueList:
    case: DueCase = mine.whole.keep("due-case", lambda: DueCase(mine.whole, mine.as_of, mine.law))
    whole: DueList = mine.whole.keep(
        ("due-whole", until), lambda: due_list(case, Scope(), until, KINDS)
    )

    def told(line: DueLine) -> bool:
        return line.person_id in mine.persons and (
            line.kind not in OF_SANCTIONS or line.person_id in mine.open_to
        )

    return replace(
        whole,
        lines=tuple(line for line in whole.lines if told(line)),
        open_lines=tuple(line for line in whole.open_lines if told(line)),
    )


@dataclass(frozen=True)
class Asked:
    """What part of the list is wanted; empty fields ask for everything.

    Attributes
    ----------
    when
        `overdue`, `open` (no date can be told), a month index, or "".
    """

    kinds: tuple[DueKind, ...] = ()
    team_id: str = ""
    organ_id: str = ""
    name: str = ""
    certainty: str = ""
    when: str = ""

    def of(self, listed: DueList, mine: Sight) -> DueList:
        """The part of a list."""
        persons = None
        if self.team_id or self.organ_id:
            team = self.team_id or None
            scope = Scope(team_id=team, organ_id=None if team else self.organ_id)
            persons = set(people_in(listed.case, scope)) & mine.persons
        today = month_of(listed.case.as_of)

        def wanted(line: DueLine) -> bool:
            return (
                (not self.kinds or line.kind in self.kinds)
                and (persons is None or line.person_id in persons)
                and (not self.name or self.name in line.name)
                and (not self.certainty or line.certainty == self.certainty)
            )

        lines: Sequence[DueLine] = [line for line in listed.lines if wanted(line)]
        undated: Sequence[DueLine] = [line for line in listed.open_lines if wanted(line)]
        if self.when == "overdue":
            lines, undated = [line for line in lines if (line.month or 0) < today], []
        elif self.when == "open":
            lines = []
        elif self.when:
            lines = [line for line in lines if str(line.month) == self.when]
            undated = []
        kinds = self.kinds or listed.kinds
        return replace(listed, kinds=kinds, lines=tuple(lines), open_lines=tuple(undated))
