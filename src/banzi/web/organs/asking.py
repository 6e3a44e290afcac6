"""What the tables of figures are made from, for one account: its sight of the records.

The tables are those of `structure.counting.tables`; only where everybody must be looked at to tell
something about one person (who is free for a post) does this differ from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl
from django.http import HttpRequest

from banzi.structure.counting.figures import FigureTable, RowKind
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.counting.tables import COUNTED_TABLES, Asked, CountedTable, counted_table
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.gauges.tables import State, area_groups, gauge_table, team_groups
from banzi.structure.members import Group
from banzi.structure.outlook.bench import bench_table
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.records.sight import Sight, sight
from banzi.web.shared.today import as_of
from banzi.web.targets.keeping import NOTHING, in_force, read_set

_OF_FINDINGS, _GAUGE_OF_FINDINGS = "member-evidence", "without_evidence"


@dataclass(frozen=True)
class Seen(Asked):
    """A request for tables by somebody who may see `sight`."""

    sight: Sight | None = field(default=None, repr=False)

    def facts_at(self, day: date) -> pl.DataFrame:
        assert self.sight is not None  # noqa: S101 - always given; the base has fields with defaults
        return self.sight.facts_at(day)


def seen(request: HttpRequest, verb: Verb = Verb.VIEW) -> Seen:
    """What the account of a request may count (or take out), on the day the page speaks of."""
    found = sight(rights_of(request), as_of(request), verb)
    kept = in_force()
    file = NOTHING if kept is None else read_set(kept)
    return found.roster.keep(
        ("seen", None if kept is None else kept.pk),
        lambda: Seen(
            found.roster,
            found.as_of,
            default_settings(),
            found.law,
            file.targets,
            file.thresholds,
            file.settings,
            sight=found,
        ),
    )


def table_of(asked: Seen, name: str) -> FigureTable:
    """A table by its id, made once; KeyError when there is none of that name, or none to be seen."""
    if name not in {each.id for each in tables_for(asked)}:
        raise KeyError(name)
    return asked.roster.keep(("table", name, id(asked)), lambda: _made(asked, name))


def _made(asked: Seen, name: str) -> FigureTable:
    match name:
        case "bench-depth":
            return bench_of(asked)
        case "team-comparison":
            return gauges_of(asked, team_groups(asked.members))
        case "area-dashboard":
            return gauges_of(asked, area_groups(asked.members), by_area=True)
    return counted_table(name).make(asked)


def tables_for(asked: Seen) -> list[CountedTable]:
    """The tables an account may see: one of them is about findings and nothing else."""
    return [each for each in COUNTED_TABLES if each.id != _OF_FINDINGS or sees_findings(asked)]


def sees_findings(asked: Seen) -> bool:
    """Whether findings may be seen of everybody in sight."""
    mine = asked.sight
    return mine is not None and len(mine.open_to) == len(mine.persons)


def gauges_of(asked: Seen, groups: Sequence[Group], by_area: bool = False) -> FigureTable:
    """Gauges of these groups; those that rest on findings only where these may be seen."""
    told = [each for each in GAUGES if each.id != _GAUGE_OF_FINDINGS or sees_findings(asked)]
    states = (State("", asked.situation),)
    return gauge_table(states, groups, asked.thresholds, by_area, told)


def bench_of(asked: Seen) -> FigureTable:
    """后备厚度 of the posts in sight: everybody was judged, those in sight are counted."""
    assert asked.sight is not None  # noqa: S101 - always given
    mine = asked.sight  # a verdict tells of findings, so only those are counted whose may be seen
    whole = mine.whole.keep("site-bench", lambda: bench_table(mine.whole_members, mine.screening))
    posts = set(asked.roster["posts"]["post_id"])
    rows = []
    for row in whole.rows:
        if row.kind is RowKind.ROW and row.key in posts:
            figures = {}
            for key, figure in row.figures.items():
                persons = tuple(each for each in figure.persons if each in mine.open_to)
                figures[key] = replace(figure, value=len(persons), persons=persons)
            rows.append(replace(row, figures=figures))
    notes = whole.notes if len(mine.open_to) == mine.whole["persons"].height else whole.notes[:1]
    return replace(whole, rows=tuple(rows), notes=notes)
