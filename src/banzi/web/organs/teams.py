"""The page of one team as data: members, ladder, fields, targets, what becomes of it, its bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from banzi.codes.lookup import name_of
from banzi.facts.levels import seats_at
from banzi.kernel.dates import PartialDate, month_text
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import Sex
from banzi.structure.counting.figures import FigureTable
from banzi.structure.gaps import gap_message, with_unit
from banzi.structure.gauges.thresholds import Threshold
from banzi.structure.indicators import IndicatorResult, years_text
from banzi.structure.members import Group
from banzi.structure.outlook.departures import Departure
from banzi.structure.report import AgeBand, TeamPicture, age_bands, team_picture
from banzi.web.organs.asking import Seen, bench_of, gauges_of
from banzi.web.people.photos import kept
from banzi.web.records.sight import Sight

Person = tuple[str, str]
"""Person id and name."""

_BAR = 14
HELD = MessageKind("organs/held-months", _("{years}年{months}个月"))
HELD_ABOUT = MessageKind("organs/held-about", _("约{years}年"))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One post of the team with its holder; texts are "" where nothing is known or may be told."""

    post_id: str
    post: str
    person_id: str
    name: str
    sex: str
    ethnicity: str
    born: str
    age: str
    education: str
    since: str
    held: Message | str
    retires: str
    level: str
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class BandRow:
    label: Message
    people: tuple[Person, ...]

    @property
    def bar(self) -> int:
        """Width in pixels of the bar that stands for the chart on paper."""
        return _BAR * len(self.people)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of expertise: who of the members, in their order, is versed in it (None: not known)."""

    field: str
    marks: tuple[bool | None, ...]

    @property
    def count(self) -> int:
        return sum(mark is True for mark in self.marks)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target measured in the team, with the persons on either side."""

    result: IndicatorResult
    value: Message
    bound: Message
    gap: Message | str
    met: tuple[Person, ...]
    unmet: tuple[Person, ...]
    unknown: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who leaves, with every reason once and its month, "" where it cannot be told."""

    person_id: str
    name: str
    why: tuple[tuple[Departure, str], ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The team some years on, and who has left by then, the first first."""

    years: int
    day: date
    picture: TeamPicture
    left: tuple[Leaver, ...]
    mean_age: str
    missed: int


@dataclass(frozen=True)
class TeamPage:
    """Everything on the page of a team that does not take long."""

    team_id: str
    team: Mapping[str, Any]
    organ: Mapping[str, Any]
    picture: TeamPicture
    mean_age: str
    members: tuple[MemberRow, ...]
    bands: tuple[BandRow, ...]
    age_unknown: tuple[Person, ...]
    fields: tuple[FieldRow, ...]
    targets: tuple[TargetRow, ...]
    gauges: FigureTable
    thresholds: tuple[Threshold, ...]

    @property
    def has_photos(self) -> bool:
        return any(row.has_photo for row in self.members)

    @property
    def chart(self) -> dict[str, Any]:
        """The age ladder as an ECharts option: oldest on top."""
        return ladder_chart([(band.label.text(), len(band.people)) for band in self.bands])


def ladder_chart(bars: Sequence[tuple[str, int]]) -> dict[str, Any]:
    return {
        "grid": {"left": 90, "right": 30, "top": 8, "bottom": 24},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": [label for label, _count in bars]},
        "series": [
            {
                "type": "bar",
                "data": [count for _label, count in bars],
                "itemStyle": {"color": "#1b4f8a"},
                "label": {"show": True, "position": "right"},
                "barMaxWidth": 22,
            }
        ],
    }


def team_page(asked: Seen, team_id: str) -> TeamPage | None:
    """The page of a team; None where it is not in sight."""
    members = asked.members
    found = asked.roster["teams"].filter(team_id=team_id).to_dicts()
    if not found:
        return None
    team = found[0]
    organs = asked.roster["organs"].filter(organ_id=team["organ_id"]).to_dicts()
    posts = members.posts_of(team_id)
    bands = age_bands(asked.report)
    picture = team_picture(team_id, team["team_name"], posts, members, bands, asked.report)
    group = Group(team_id, team["team_name"], posts)
    return TeamPage(
        team_id,
        team,
        organs[0] if organs else {},
        picture,
        _years(picture),
        _members(asked, posts),
        tuple(_band(band, picture) for band in bands),
        tuple((line.person_id, line.name) for line in picture.members if line.age_months is None),
        _fields(asked, posts),
        tuple(target_row(each) for each in asked.situation.results if each.team_id == team_id),
        gauges_of(asked, [group]),
        asked.thresholds,
    )


def ahead_of(asked: Seen, team_id: str) -> tuple[Ahead, ...]:
    """The team now and in one, three and five years, if nobody is appointed and nobody moves."""
    own = set(asked.members.posts_of(team_id))
    made = []
    for horizon in asked.forecast.horizons:
        picture = next(each for each in horizon.teams if each.team_id == team_id)
        left = leavers(each for each in horizon.left if each.post_id in own)
        missed = sum(each.met is False for each in horizon.results if each.team_id == team_id)
        made.append(Ahead(horizon.years, horizon.day, picture, left, _years(picture), missed))
    return tuple(made)


def undated_of(asked: Seen, team_id: str) -> tuple[Leaver, ...]:
    """Who leaves the team in a month that cannot be told; counted as staying."""
    own = set(asked.members.posts_of(team_id))
    return leavers(each for each in asked.forecast.undated if each.post_id in own)


def leavers(departures: Iterable[Departure]) -> tuple[Leaver, ...]:
    """Each person once, by the first month, with what ends the same seat or another one together."""
    whose: dict[str, dict[tuple[object, ...], Departure]] = {}
    for each in sorted(departures, key=lambda each: each.month or 0):
        reason = (each.reason, each.month, each.basis)
        whose.setdefault(each.person_id, {}).setdefault(reason, each)
    found = []
    for person, reasons in whose.items():
        why = [(each, month_text(each.month) if each.month else "") for each in reasons.values()]
        found.append(Leaver(person, why[0][0].name, tuple(why)))
    return tuple(found)


def bench_table_of(mine: Sight, team: Sight) -> FigureTable:
    """后备厚度 of the posts of one team."""
    whole = mine.roster.keep(("bench", id(team)), lambda: bench_of(mine, team))
    return replace(whole, rows=tuple(replace(row, group="") for row in whole.rows))


def target_row(result: IndicatorResult) -> TargetRow:
    """A result with the persons on either side of it, as ids and names."""
    mean = not result.counts_people
    return TargetRow(
        result,
        with_unit(result, result.shown),
        with_unit(result, result.bound_shown),
        "" if result.met else gap_message(result),
        tuple(
            (each.person_id, each.name)
            for each in result.entries
            if (each.value is not None if mean else each.value == 1)
        ),
        ()
        if mean
        else tuple((each.person_id, each.name) for each in result.entries if each.value == 0),
        tuple((each.person_id, each.name) for each in result.entries if each.value is None),
    )


def _years(picture: TeamPicture) -> str:
    mean = picture.mean_age_months
    return "" if mean is None else years_text(mean)


def _band(band: AgeBand, picture: TeamPicture) -> BandRow:
    people = tuple(
        (line.person_id, line.name)
        for line in picture.members
        if line.age_months is not None and band.holds(line.age_months)
    )
    return BandRow(band.label, people)


_TIERS = {3: _("研究生"), 2: _("大学"), 1: _("大专"), 0: _("大专以下")}
_SEXES = {each.value: each.zh for each in Sex}


def _members(asked: Seen, posts: Sequence[str]) -> tuple[MemberRow, ...]:
    sitting = asked.members.sitting(tuple(posts))
    people = {row["person_id"]: row for row in sitting.iter_rows(named=True)}
    held = seats_at(asked.roster, asked.as_of).select("post_id", "person_id", "started_on")
    seats: dict[str, list[tuple[str, int | None]]] = {}
    for post, person, started in held.iter_rows():
        seats.setdefault(post, []).append((person, started))
    names = dict(asked.members.posts.select("post_id", "post_name").iter_rows())
    levels = dict(asked.members.posts.select("post_id", "post_level").iter_rows())
    rows = []
    for post in posts:
        level = name_of("post_level_zb09", levels[post]) or "" if levels[post] else ""
        for person, started in seats.get(post, []) or [("", None)]:
            rows.append(_member(post, names[post], level, person, started, people.get(person)))
    return tuple(rows)


def _member(
    post: str, title: str, level: str, person: str, started: int | None, row: dict[str, Any] | None
) -> MemberRow:
    if row is None:
        return MemberRow(post, title, person, "", "", "", "", "", "", "", "", "", level)
    low, high = row["months_in_post_low"], row["months_in_post_high"]
    held: Message | str = ""
    if low is not None and low == high:
        held = HELD(years=low // 12, months=low % 12)
    elif low is not None:
        held = HELD_ABOUT(years=low // 12)
    return MemberRow(
        post,
        title,
        person,
        row["name"],
        _SEXES.get(row["sex"], ""),
        (name_of("ethnic_gbt3304", row["ethnicity"]) or "") if row["ethnicity"] else "",
        PartialDate(row["birth"]).dotted()[:7] if row["birth"] else "",
        "" if row["age_months"] is None else str(row["age_months"] // 12),
        _TIERS.get(row["education_tier"], ""),
        PartialDate(started).dotted() if started else "",
        held,
        "" if row["retirement_month"] is None else month_text(row["retirement_month"]),
        level,
        has_photo=kept("photos", row["photo_sha256"] or "") is not None,
    )


def _fields(asked: Seen, posts: Sequence[str]) -> tuple[FieldRow, ...]:
    people = asked.members.sitting(tuple(posts))
    return tuple(
        FieldRow(each.zh, tuple(people[f"knows_{each.value}"].to_list()))
        for each in asked.report.fields
    )
