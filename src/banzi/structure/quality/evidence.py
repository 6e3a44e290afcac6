"""素质依据: which records stand behind a member, beside whether the counts are met.

    annual       annual assessments with an outcome, of the last years (settings)
    special      assessments of a term or of a special task, of the same years
    conclusion   conclusions recorded by people, in force on the day
    award        awards
    expertise    fields of expertise with a written basis

A kind with no row is missing; a member who has none of the kinds the settings require stands on
counts only. Whether a record speaks for or against the member is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from banzi.kernel.columns import Labelled
from banzi.kernel.date_columns import on_or_before
from banzi.kernel.few_rows import are_few
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.steps import Step
from banzi.people.choices import AssessmentKind
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    Figure,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
    Unit,
    counted,
)
from banzi.structure.counting.officials import NO_TEAMS
from banzi.structure.counting.ordering import AND_OTHER_PERSONS, shortened
from banzi.structure.indicators import IndicatorResult
from banzi.structure.members import Members


class Evidence(Labelled):
    """Kinds of record; the value is the key of a column."""

    ANNUAL = "annual", "年度考核", "annual assessments"
    SPECIAL = "special", "任期、专项考核", "assessments of terms and special tasks"
    CONCLUSION = "conclusion", "考察等结论", "recorded conclusions"
    AWARD = "award", "奖励", "awards"
    EXPERTISE = "expertise", "专业领域依据", "expertise with a basis"


REQUIRED = (Evidence.ANNUAL, Evidence.SPECIAL, Evidence.CONCLUSION)
"""Without these a member's place rests on counts only (assessments, task records, conclusions)."""

_NAME, _POST, _MISSING = _("姓名"), _("职务"), _("缺少")
_NONE = _("无任何依据：{kinds}")
_SOME = _("{kinds}")
_TOTAL, _WITH = _("有依据的人数"), _("记录件数")

WINDOW = MessageKind(
    "quality/window",
    _("年度、任期、专项考核只计{first}至{last}年度有结论的；结论只计在有效期内的；件数不是评分。"),
)
COUNTS_ONLY = MessageKind(
    "quality/counts-only",
    _("只满足数量：{team}所设数量目标均已达到，但{count}人缺少依据：{names}。"),
)
NO_EVIDENCE = MessageKind("quality/no-evidence", _("{count}人没有{kinds}的记录：{names}。"))
_BETWEEN = _("；")
_LACKS = _("缺{kinds}：{names}")


@dataclass(frozen=True, slots=True)
class MemberEvidence:
    """Records of one person by kind."""

    person_id: str
    name: str
    counts: Mapping[Evidence, int]

    @property
    def missing(self) -> tuple[Evidence, ...]:
        """Required kinds without a record."""
        return tuple(kind for kind in REQUIRED if not self.counts.get(kind))

    @property
    def on_counts_only(self) -> bool:
        """None of the required kinds has a record."""
        return len(self.missing) == len(REQUIRED)


@dataclass(frozen=True, slots=True)
class CountsOnly:
    """A team whose count targets are met while members lack required evidence."""

    team_id: str
    team_name: str
    members: tuple[MemberEvidence, ...]

    def message(self) -> Message:
        """Names together by what they lack."""
        lacking: dict[tuple[Evidence, ...], list[str]] = {}
        for each in self.members:
            lacking.setdefault(each.missing, []).append(each.name)
        parts = [
            render(_LACKS, {"kinds": [kind.zh for kind in kinds], "names": names})
            for kinds, names in lacking.items()
        ]
        said = _BETWEEN.join(parts)
        return COUNTS_ONLY(team=self.team_name, count=len(self.members), names=said)


def evidence_of(roster: Roster, members: Members, years: int) -> dict[str, MemberEvidence]:
    """Person id → records, for everybody with a seat, in order of display."""
    people = members.sitting(members.all_posts())
    found = {kind: _counts(roster, members.as_of, years, kind) for kind in Evidence}
    return {
        person: MemberEvidence(
            person, name, {kind: found[kind].get(person, 0) for kind in Evidence}
        )
        for person, name in people.select("person_id", "name").iter_rows()
    }


def counts_only(
    members: Members,
    evidence: Mapping[str, MemberEvidence],
    results: Sequence[IndicatorResult],
) -> tuple[CountsOnly, ...]:
    """Teams that meet every target measured in them, with members who lack required evidence.

    A team without a target of its own is measured by those over several teams, if there are any.
    """
    found = []
    for team, name in members.all_teams().items():
        own = [result for result in results if result.team_id == team and result.target]
        own = own or [result for result in results if result.team_id is None and result.target]
        if not own or any(result.met is not True for result in own):
            continue
        persons = members.sitting(members.posts_of(team))["person_id"]
        lacking = tuple(evidence[person] for person in persons if evidence[person].missing)
        if lacking:
            found.append(CountsOnly(team, name, lacking))
    return tuple(found)


def evidence_table(roster: Roster, members: Members, years: int) -> FigureTable:
    """Rows by `team/person` under their team, then `persons` and `records` in total.

    Columns as `Evidence` has them; a person in two teams has a row in each.
    """
    evidence = evidence_of(roster, members, years)
    posts = dict(members.posts.select("post_id", "post_name").iter_rows())
    rows = []
    for team, team_name in members.all_teams().items():
        people = members.sitting(members.posts_of(team))
        for person, name, post in people.select("person_id", "name", "post_id").iter_rows():
            own = evidence[person]
            kinds = [kind.zh for kind in own.missing]
            lack = render(_NONE if own.on_counts_only else _SOME, {"kinds": kinds})
            texts = {"name": name, "post": posts[post], "missing": lack if kinds else ""}
            figures = {
                kind.value: Figure(count, (person,) if count else ())
                for kind, count in own.counts.items()
            }
            rows.append(FigureRow(f"{team}/{person}", texts, figures, group=team_name))
    columns = (
        FigureColumn("name", _NAME, unit=Unit.TEXT),
        FigureColumn("post", _POST, unit=Unit.TEXT),
        *(FigureColumn(kind.value, kind.zh, (_WITH,)) for kind in Evidence),
        FigureColumn("missing", _MISSING, unit=Unit.TEXT),
    )
    if not rows:
        return FigureTable(members.as_of, columns, (), (NO_TEAMS(),))
    totals = {
        kind.value: counted(each.person_id for each in evidence.values() if each.counts[kind])
        for kind in Evidence
    }
    texts = {"name": _TOTAL, "post": "", "missing": ""}
    rows.append(FigureRow("persons", texts, totals, RowKind.TOTAL))
    first, last = _window(members.as_of, years)
    notes: list[Message] = [WINDOW(first=first, last=last)]
    for kind in REQUIRED:
        names = [each.name for each in evidence.values() if not each.counts[kind]]
        if names:
            notes.append(
                NO_EVIDENCE(
                    count=len(names), kinds=kind.zh, names=shortened(names, AND_OTHER_PERSONS)
                )
            )
    return FigureTable(members.as_of, columns, tuple(rows), tuple(notes))


def _window(as_of: date, years: int) -> tuple[int, int]:
    """First and last assessment year; the year that is running has none yet."""
    return as_of.year - years, as_of.year - 1


def _counts(roster: Roster, as_of: date, years: int, kind: Evidence) -> dict[str, int]:
    persons = _rows(roster, as_of, years, kind).get_column("person_id")
    return Counter(persons.to_list()) if are_few(persons) else _counted(persons)


def _counted(persons: pl.Series) -> dict[str, int]:
    return dict(persons.value_counts(name="rows").iter_rows())


def _rows(roster: Roster, as_of: date, years: int, kind: Evidence) -> pl.DataFrame:
    first, last = _window(as_of, years)
    match kind:
        case Evidence.ANNUAL:
            return _ANNUAL.filter(roster["assessments"], first=first, last=last)
        case Evidence.SPECIAL:
            return _SPECIAL.filter(roster["assessments"], first=first, last=last)
        case Evidence.CONCLUSION:
            return _CONCLUDED.filter(roster["conclusions"], as_of=as_of)
        case Evidence.AWARD:
            return _AWARDED.filter(roster["awards"], as_of=as_of)
        case _:
            return _WITH_BASIS.filter(roster["expertise"])


def _assessed(is_annual: pl.Expr, first: int | pl.Expr, last: int | pl.Expr) -> dict[str, pl.Expr]:
    year = pl.col("year")
    in_window = (year >= first) & (year <= last)
    return {"is_kept": is_annual & pl.col("outcome").is_not_null() & in_window}


def _concluded(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    begun = (pl.col("concluded_on") <= as_of).fill_null(True)
    over = (pl.col("valid_until") < as_of).fill_null(False)
    return {"is_kept": begun & ~over}


_IS_ANNUAL = pl.col("assessment_kind") == AssessmentKind.ANNUAL.value
_ANNUAL = Step(partial(_assessed, _IS_ANNUAL))
_SPECIAL = Step(partial(_assessed, ~_IS_ANNUAL))
_CONCLUDED = Step(_concluded)
_AWARDED = Step(
    lambda as_of: {"is_kept": on_or_before(pl.col("awarded_on"), as_of).fill_null(True)}
)
_WITH_BASIS = Step(
    lambda: {"is_kept": pl.col("holds").fill_null(False) & pl.col("basis").is_not_null()}
)
