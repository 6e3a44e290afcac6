"""What falls due among the persons in sight, kept for each state of the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest

from banzi.due import KINDS, DueCase, DueKind
from banzi.due.due_list import DueLine, DueList, due_list, with_lines_of
from banzi.due.overview import Overview, overview
from banzi.due.rank_promotion import RANK_PROMOTION
from banzi.due.sanction_end import SANCTION_END
from banzi.due.scope import Scope, people_in
from banzi.kernel.dates import month_of
from banzi.law import Law
from banzi.roster import Roster
from banzi.roster.mending import kept_by_person
from banzi.web.accounts.models import Verb
from banzi.web.records.sight import Sight, sight_of

OF_SANCTIONS = (SANCTION_END, RANK_PROMOTION)
"""Kinds that tell of sanctions: only of persons whose findings may be seen."""

MOST_MONTHS = 60
YEAR = 12
"""Months ahead that the first page counts."""


def due_in_sight(request: HttpRequest, months: int, verb: Verb = Verb.VIEW) -> DueList:
    """Everything due up to so many months ahead that the account may see (or take out)."""
    mine = sight_of(request, verb)
    until = month_of(mine.as_of) + months
    return mine.roster.keep(("due", until), lambda: _listed(mine, until))


def overview_in_sight(request: HttpRequest, months: int) -> Overview:
    """The same counted by month and kind."""
    mine = sight_of(request)
    return mine.roster.keep(
        ("due-overview", months), lambda: overview(due_in_sight(request, months))
    )


def _listed(mine: Sight, until: int) -> DueList:
    whole = due_of_everybody(mine.whole, mine.law, until)
    places = mine.whole.keep(("due-places", until), lambda: _places(whole))

    def told(lines: Sequence[DueLine], at: Mapping[str, Sequence[int]]) -> tuple[DueLine, ...]:
        seen = sorted(place for person in mine.persons for place in at.get(person, ()))
        return tuple(
            line
            for line in (lines[place] for place in seen)
            if line.kind not in OF_SANCTIONS or line.person_id in mine.open_to
        )

    return replace(
        whole,
        lines=told(whole.lines, places[0]),
        open_lines=told(whole.open_lines, places[1]),
    )


def due_of_everybody(roster: Roster, law: Law, until: int) -> DueList:
    """After a correction only lines of the persons it touched are made anew."""
    case: DueCase = roster.keep("due-case", lambda: DueCase(roster, roster.as_of, law))

    def mended(known: DueList, persons: frozenset[str]) -> DueList:
        some = sorted(persons)
        part = DueCase(roster.about(some), roster.as_of, law)
        scope = Scope(person_ids=tuple(some))
        return with_lines_of(known, due_list(part, scope, until, KINDS), case)

    return kept_by_person(
        roster, ("due", until, law), lambda: due_list(case, Scope(), until, KINDS), mended
    )


def _places(whole: DueList) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Person → places of the person's lines, dated and undated."""
    made: list[dict[str, list[int]]] = []
    for lines in (whole.lines, whole.open_lines):
        found: dict[str, list[int]] = {}
        for place, line in enumerate(lines):
            found.setdefault(line.person_id, []).append(place)
        made.append(found)
    return made[0], made[1]


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
