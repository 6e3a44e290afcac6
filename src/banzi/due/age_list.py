"""The 到龄 list: who reaches which age when, up to a month, for a roster, a team or a part of it.

One line a person, dated by the earlier of the statutory retirement month and the month in which the
age limit of the post is reached. Whoever has no month that can be relied on, but may fall due
within the time asked for, stands in a group of their own at the end; nobody is left out silently.
What the form states (到龄年月, 改革前任职年龄界限) is compared and a disagreement said, never taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from banzi.codes.lookup import load
from banzi.due.catalogue import due_months
from banzi.due.entries import DueCase
from banzi.due.nomination import Nomination, nominations
from banzi.due.post_age import POST_AGE
from banzi.due.retiring import RETIREMENT
from banzi.due.scope import Scope, people_in, teams_of
from banzi.due.words import Certainty, Doubt
from banzi.facts.retirement import retirement_month
from banzi.kernel.dates import PartialDate, month_index, month_of, month_text
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.people.choices import RetirementTrack
from banzi.teams.choices import RegionTier

MISSING = MessageKind("due/missing", _("缺{columns}"))
BIRTH_MONTH = MessageKind("due/birth-month", _("出生月份"))
LIMIT_POSSIBLE = MessageKind(
    "due/limit-possible", _("可能在{earliest}至{latest}之间到任职年龄界限")
)
POSSIBLE = MessageKind("due/possible", _("可能在{earliest}至{latest}之间退休"))
BY_TRACK = MessageKind("due/by-track", _("按{track}为{month}"))
OTHER_POST = MessageKind("due/other-post", _("另一职务的界限到龄年月为{month}"))
STATED_DIFFERS = MessageKind(
    "due/stated-differs", _("表填到龄年月{stated}，与计算结果不一致，请核对")
)
STATED_REACHED = MessageKind("due/stated-reached", _("表填“{text}”，而计算的到龄年月未到，请核对"))
LIMIT_DIFFERS = MessageKind(
    "due/limit-differs", _("表填“{text}”，与所设任职年龄界限{age}不一致，请核对")
)
TRACK_DIFFERS = MessageKind(
    "due/track-differs", _("表填“{text}”，与退休年龄类别“{track}”不一致，请核对")
)
NO_NOMINATION_RULE = MessageKind("due/no-nomination-rule", _("提名年龄规定不能确定适用哪一条"))

_DOUBTS = {doubt.value: doubt for doubt in Doubt}
_TRACKS = {track.value: track for track in RetirementTrack}
_BASE_YEARS = {
    RetirementTrack.MEN: 60,
    RetirementTrack.WOMEN_CADRE: 55,
    RetirementTrack.WOMEN_COUNTY_LEADER: 60,
    RetirementTrack.WOMEN_WORKER: 50,
}
"""Age before the reform by which each table is called; the form's field speaks of the same ages."""


@dataclass(frozen=True, slots=True)
class AgeLine:
    """One person on the list.

    Attributes
    ----------
    due_month
        Month by which the line is sorted; None where none up to the month asked for can be relied
        on, though one may come by then.
    retirement_month, limit_month
        None where it is not known, or (`limit_month`) no limit is set.
    is_limit_set
        Whether a limit of age was found for a post the person holds.
    nomination
        The measure for the post that comes first, None without a post.
    tier
        Tier of the team, None for somebody in no team or a team whose organ has none.
    basis
        Clauses and titles of the office's rules that were used.
    notes
        What a person must look at.
    """

    person_id: str
    name: str
    posts: str
    birth: str
    due_month: int | None
    retirement_month: int | None
    is_retirement_certain: bool
    limit_month: int | None
    is_limit_set: bool
    nomination: Nomination | None
    in_team: bool
    tier: RegionTier | None
    basis: tuple[str, ...]
    notes: tuple[Message | Doubt, ...]


@dataclass(frozen=True, slots=True)
class AgeList:
    """The whole list up to and with month `until`; `lines` by date, `open_lines` without one."""

    case: DueCase
    scope: Scope
    until: int
    congress: int | None
    lines: tuple[AgeLine, ...]
    open_lines: tuple[AgeLine, ...]

    @property
    def every(self) -> tuple[AgeLine, ...]:
        return (*self.lines, *self.open_lines)

    def sources(self) -> dict[str, str]:
        """Title of each rule used → its source."""
        limits = self.case.limits
        known = {rule.title: rule.source for rule in (*limits.posts, *limits.nominations)}
        used = {title for line in self.every for title in line.basis}
        return {title: source for title, source in known.items() if title in used}


def age_list(case: DueCase, scope: Scope, until: int, congress: int | None = None) -> AgeList:
    """The list for a scope.

    Parameters
    ----------
    until
        Last month index that is listed; earlier ones, past months among them, all are.
    congress
        Month index that stands for whatever the settings say of congresses.
    """
    wanted = people_in(case, scope)
    rows = _rows(case, wanted, until)
    builder = _Builder(case, nominations(case, congress), until)
    lines = [builder.line(row) for row in rows.iter_rows(named=True)]
    order = {person: place for place, person in enumerate(wanted)}
    lines.sort(key=lambda line: (line.due_month or 0, order[line.person_id]))
    return AgeList(
        case,
        scope,
        until,
        congress if congress is not None else case.limits.congress,
        tuple(line for line in lines if line.due_month is not None),
        tuple(line for line in lines if line.due_month is None),
    )


def _rows(case: DueCase, wanted: Sequence[str], until: int) -> pl.DataFrame:
    """One row a person who falls, or may fall, due in time."""
    found = due_months(case, (RETIREMENT, POST_AGE)).filter(pl.col("person_id").is_in(list(wanted)))
    parts = []
    for kind, name in ((RETIREMENT, "retirement"), (POST_AGE, "limit")):
        part = (
            found.filter(pl.col("due_kind") == kind.id)
            .sort("person_id", "due_month", nulls_last=True, maintain_order=True)
            .group_by("person_id", maintain_order=True)
            .agg(
                pl.col("due_month").first().alias(f"{name}_due"),
                pl.col("due_month").drop_nulls().unique().sort().alias(f"{name}_months"),
                pl.col("due_earliest").min().alias(f"{name}_earliest"),
                pl.col("due_latest").max().alias(f"{name}_latest"),
                pl.col("certainty").first().alias(f"{name}_certainty"),
                pl.col("basis").first().alias(f"{name}_basis"),
                pl.col("missing").first().alias(f"{name}_missing"),
                pl.col("doubts").drop_nulls().unique().sort().str.join(" ").alias(f"{name}_doubts"),
            )
        )
        parts.append(part)
    joined = parts[0].join(parts[1], on="person_id", how="left")
    due = pl.min_horizontal("retirement_due", "limit_due")
    may = pl.min_horizontal("retirement_earliest", "limit_earliest")
    nothing_known = pl.col("retirement_due").is_null() & pl.col("retirement_earliest").is_null()
    return joined.with_columns(due=due).filter(
        (pl.col("due") <= until).fill_null(False) | (may <= until).fill_null(False) | nothing_known
    )


class _Builder:
    """Makes lines; looks up what they share once."""

    def __init__(
        self, case: DueCase, measured: Mapping[tuple[str, str], Nomination], until: int
    ) -> None:
        self._case, self._until = case, until
        self._measured = measured
        self._persons = {row["person_id"]: row for row in case.people.iter_rows(named=True)}
        self._teams = teams_of(case)
        self._limit_ages = {rule.title: rule.age_months for rule in case.limits.posts}

    def line(self, row: dict[str, Any]) -> AgeLine:
        person = self._persons[row["person_id"]]
        held = self._teams.get(row["person_id"], ())
        first = held[0] if held else None
        nomination = self._measured.get((row["person_id"], first.post_id)) if first else None
        basis = [text for text in (row["retirement_basis"], row["limit_basis"]) if text]
        if nomination is not None and nomination.rule is not None:
            basis.append(nomination.rule.title)
        # Known to come later, but listed because the other date may come sooner: that decides nothing.
        due = row["due"] if row["due"] is not None and row["due"] <= self._until else None
        return AgeLine(
            person_id=row["person_id"],
            name=person["name"],
            posts=person["current_posts_text"] or "；".join(seat.title for seat in held),
            birth=PartialDate(person["birth"]).dotted() if person["birth"] else "",
            due_month=due,
            retirement_month=row["retirement_due"],
            is_retirement_certain=row["retirement_certainty"] == Certainty.CERTAIN,
            limit_month=row["limit_due"],
            is_limit_set=row["limit_basis"] is not None,
            nomination=nomination,
            in_team=bool(held),
            tier=first.tier if first else None,
            basis=tuple(basis),
            notes=tuple(self._notes(row, person, nomination)),
        )

    def _notes(
        self, row: dict[str, Any], person: dict[str, Any], nomination: Nomination | None
    ) -> list[Message | Doubt]:
        notes: list[Message | Doubt] = []
        missing = dict.fromkeys(
            f"{row['retirement_missing'] or ''} {row['limit_missing'] or ''}".split()
        )
        if missing:
            year_only = BIRTH_MONTH() if person["birth"] else None
            names = (
                (year_only if name == "birth" else None) or PERSONS[name].zh for name in missing
            )
            notes.append(MISSING(columns=list(names)))
        for name in ("retirement", "limit"):
            given = dict.fromkeys((row[f"{name}_doubts"] or "").split())
            notes += [_DOUBTS[each] for each in given if each != Doubt.NO_LIMIT_SET]
        if row["retirement_due"] is None:
            notes += self._possible(row, person)
        if row["limit_due"] is None and row["limit_earliest"] is not None:
            earliest, latest = (month_text(row[f"limit_{edge}"]) for edge in ("earliest", "latest"))
            notes.append(LIMIT_POSSIBLE(earliest=earliest, latest=latest))
        others = [month for month in row["limit_months"] or () if month != row["limit_due"]]
        notes += [OTHER_POST(month=month_text(month)) for month in others]
        if nomination is not None and nomination.doubt not in (None, Doubt.NO_LIMIT_SET):
            notes.append(NO_NOMINATION_RULE())
        return notes + self._stated(row, person)

    def _possible(self, row: dict[str, Any], person: dict[str, Any]) -> list[Message | Doubt]:
        """What it would be: by each table for a woman without one, else the span."""
        birth = person["birth"]
        if birth and birth // 100 % 100 and person["sex"] == "female":
            if person["retirement_track"] is not None:
                return []
            born = month_index(birth // 10000, birth // 100 % 100)
            months = {
                track: retirement_month(born, track, self._case.then)
                for track in RetirementTrack
                if track.sex == person["sex"]
            }
            return [
                BY_TRACK(track=track.zh, month=month_text(month))
                for track, month in months.items()
                if month is not None
            ]
        if row["retirement_earliest"] is None:
            return []
        earliest, latest = month_text(row["retirement_earliest"]), row["retirement_latest"]
        return [POSSIBLE(earliest=earliest, latest=month_text(latest))]

    def _stated(self, row: dict[str, Any], person: dict[str, Any]) -> list[Message | Doubt]:
        """Where the form's own statements disagree with what was computed."""
        found: list[Message | Doubt] = []
        stated, text = person["retirement_month_stated"], person["retirement_limit_text"]
        computed = {row["retirement_due"], *(row["limit_months"] or ())} - {None}
        if stated is not None and computed:
            month = month_index(stated // 10000, stated // 100 % 100 or 1)
            if month not in computed or not stated // 100 % 100:
                found.append(STATED_DIFFERS(stated=PartialDate(stated).dotted()))
        entry = load("retire_limit_nllb").find(text) if text else None
        if entry is None:
            return found
        if not entry.code.isdigit():  # 已到龄人员
            if row["due"] is not None and row["due"] > month_of(self._case.as_of):
                found.append(STATED_REACHED(text=text))
            return found
        age = self._limit_ages.get(row["limit_basis"] or "")
        if age is not None and age != int(entry.code) * 12:
            found.append(LIMIT_DIFFERS(text=text, age=age_text(age)))
        track = person["retirement_track"]
        # 63, 65 and 66 are limits of high posts; they say nothing about a table.
        if track is not None and int(entry.code) in (55, 60):
            known = _TRACKS[track]
            if _BASE_YEARS[known] != int(entry.code):
                found.append(TRACK_DIFFERS(text=text, track=known.zh))
        return found


def age_text(months: int) -> str:
    """`58岁`, `58岁6个月`."""
    years, rest = divmod(months, 12)
    return f"{years}岁{rest}个月" if rest else f"{years}岁"
