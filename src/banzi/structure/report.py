"""Everything a structure report shows, as data; `documents.papers.structure_report` prints it.

Ladder of ages, coverage of fields, targets with names, shortages, before and after, and the
outcome paragraph. Texts are in the reader's language only where they come from the programme
(`Message`); titles of targets are as the department wrote them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from banzi.facts.levels import seats_at
from banzi.kernel.messages import Language, Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ExpertField
from banzi.roster import Roster
from banzi.structure.counting.figures import FigureTable
from banzi.structure.counting.quotas import quota_table
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.indicators import (
    IndicatorResult,
    mean_text,
    measure,
    measure_all,
    shortages,
    tenths_text,
)
from banzi.structure.members import Members
from banzi.structure.paragraph import OutcomeParagraph, outcome_indicators, outcome_paragraph
from banzi.structure.quality.customs import PostCustom, customs
from banzi.structure.quality.evidence import (
    CountsOnly,
    MemberEvidence,
    counts_only,
    evidence_of,
)
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Measure, Target

UP_TO = MessageKind("structure/age-band-up-to", _("{high}岁及以下"))
BETWEEN = MessageKind("structure/age-band-between", _("{low}至{high}岁"))
FROM = MessageKind("structure/age-band-from", _("{low}岁及以上"))
_POINTS = _("{change}个百分点")


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Members from `low` months of age (None: no lower end) to below `high` (None: no upper end)."""

    label: Message
    low: int | None
    high: int | None

    def holds(self, age_months: int) -> bool:
        above = self.low is None or age_months >= self.low
        return above and (self.high is None or age_months < self.high)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of a team; `age_months` None when the birth month is not known."""

    person_id: str
    name: str
    post_id: str
    post_name: str
    age_months: int | None


@dataclass(frozen=True, slots=True)
class TeamPicture:
    """One team, or (`team_id` None) all of them with every person once.

    Attributes
    ----------
    seats, vacancies
        Posts of the team, and how many of them are empty.
    ladder
        Members in each band of `ReportData.bands`.
    age_unknown
        Members whose age is not known; they are in no band.
    mean_age_months
        None when no age is known.
    coverage
        Names of members versed in each field of `ReportData.fields`.
    """

    team_id: str | None
    team_name: str
    seats: int
    vacancies: int
    members: tuple[MemberLine, ...]
    ladder: tuple[int, ...]
    age_unknown: int
    mean_age_months: Fraction | None
    coverage: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The same indicator over the same scope before and after; each keeps its own date."""

    before: IndicatorResult
    after: IndicatorResult

    @property
    def difference(self) -> Fraction | None:
        """After minus before, in the unit of `IndicatorResult.value`."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    def difference_shown(self, language: Language = "zh") -> str:
        """`+3`, `-2.4` (years for ages in months), `+5.1个百分点`; "" when it is not known."""
        change = self.difference
        if change is None:
            return ""
        indicator = self.after.indicator
        if indicator.measure is Measure.COUNT:
            text = str(int(change))
        elif indicator.measure is Measure.SHARE:
            text = tenths_text(change * 100)
        else:
            text = mean_text(change, indicator.value)
        signed = text if text.startswith("-") or not text.strip("0.") else f"+{text}"
        if indicator.measure is Measure.SHARE:
            return render(_POINTS, {"change": signed}, language)
        return signed


@dataclass(frozen=True, slots=True)
class ReportData:
    """The structure report. Stable: printed by `documents`, shown by the site.

    Attributes
    ----------
    as_of, compared_as_of
        Day of the figures, and of the state they are compared with (None: no comparison).
    bands, fields
        Bands of the ladder, youngest first, and columns of the coverage matrix.
    overall, teams
        All teams together, then each in order of display.
    results
        Every target, for each group it is measured in.
    shortages
        The missed ones, hard ones first.
    outcome
        The indicators of the paragraph.
    before_after
        Outcome indicators and targets, compared; empty without a comparison.
    paragraph
        The outcome paragraph.
    quality
        What stands beside the counts; None where no roster was given.
    """

    as_of: date
    compared_as_of: date | None
    settings: ReportSettings
    bands: tuple[AgeBand, ...]
    fields: tuple[ExpertField, ...]
    overall: TeamPicture
    teams: tuple[TeamPicture, ...]
    results: tuple[IndicatorResult, ...]
    shortages: tuple[IndicatorResult, ...]
    outcome: tuple[IndicatorResult, ...]
    before_after: tuple[BeforeAfter, ...]
    paragraph: OutcomeParagraph
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """The second panel of a report: quotas, evidence, customs.

    Attributes
    ----------
    quotas
        应配、实配、超配、缺配 organ by organ, of the roster; None for a plan.
    evidence
        Person id → records on file.
    counts_only
        Teams whose count targets are met while members lack evidence.
    customs
        Customs of posts that the members change, or where that is not known.
    """

    quotas: FigureTable | None
    evidence: Mapping[str, MemberEvidence]
    counts_only: tuple[CountsOnly, ...]
    customs: tuple[PostCustom, ...]


def report_data(
    members: Members,
    targets: Sequence[Target],
    settings: ReportSettings,
    before: Members | None = None,
    roster: Roster | None = None,
) -> ReportData:
    """Measure everything a report shows; `members` are the seats of a roster or of a plan.

    `roster` brings the second panel: quotas, evidence and customs.
    """
    bands = age_bands(settings)
    results = measure_all(targets, members)
    outcome = measure_all(outcome_indicators(settings).listed, members)
    pictures = [
        team_picture(team, name, members.posts_of(team), members, bands, settings)
        for team, name in members.all_teams().items()
    ]
    return ReportData(
        as_of=members.as_of,
        compared_as_of=before.as_of if before else None,
        settings=settings,
        bands=bands,
        fields=settings.fields,
        overall=team_picture(None, "", members.all_posts(), members, bands, settings),
        teams=tuple(pictures),
        results=tuple(results),
        shortages=tuple(shortages(results)),
        outcome=tuple(outcome),
        before_after=_compared([*outcome, *results], before) if before else (),
        paragraph=outcome_paragraph(members, settings, before),
        quality=None if roster is None else _quality(roster, members, results, settings),
    )


def _quality(
    roster: Roster, members: Members, results: Sequence[IndicatorResult], settings: ReportSettings
) -> Quality:
    evidence = evidence_of(roster, members, settings.evidence_years)
    present = set(seats_at(roster, members.as_of).select("post_id", "person_id").iter_rows())
    is_present = present == set(members.seats.select("post_id", "person_id").iter_rows())
    flagged = tuple(
        each
        for each in customs(roster, members, settings.custom_holders)
        if each.changed is not False and each.holders
    )
    return Quality(
        quota_table(roster, members.as_of, default_settings()) if is_present else None,
        evidence,
        counts_only(members, evidence, results),
        flagged,
    )


def age_bands(settings: ReportSettings) -> tuple[AgeBand, ...]:
    """The bands of the age ladder, youngest first."""
    starts, edges = settings.age_band_starts, settings.age_edges_months
    first = AgeBand(UP_TO(high=starts[0] - 1), None, edges[0])
    between = [
        AgeBand(BETWEEN(low=starts[k], high=starts[k + 1] - 1), edges[k], edges[k + 1])
        for k in range(len(starts) - 1)
    ]
    return (first, *between, AgeBand(FROM(low=starts[-1]), edges[-1], None))


def picture_columns(settings: ReportSettings) -> tuple[str, ...]:
    """What `team_picture` reads about persons."""
    return ("name", "age_months", *(f"knows_{field}" for field in settings.fields))


def team_picture(
    team_id: str | None,
    team_name: str,
    post_ids: tuple[str, ...],
    members: Members,
    bands: tuple[AgeBand, ...],
    settings: ReportSettings,
) -> TeamPicture:
    """Members, ladder, mean age and coverage over the holders of these posts."""
    people = members.sitting(post_ids)
    names = people["name"].to_list()
    lines = tuple(
        MemberLine(person, name, post, members.post_names[post], age)
        for person, name, post, age in zip(
            people["person_id"].to_list(),
            names,
            people["post_id"].to_list(),
            people["age_months"].to_list(),
            strict=True,
        )
    )
    ages = [line.age_months for line in lines if line.age_months is not None]
    filled = len(members.filled.intersection(post_ids))
    return TeamPicture(
        team_id=team_id,
        team_name=team_name,
        seats=len(post_ids),
        vacancies=len(post_ids) - filled,
        members=lines,
        ladder=tuple(sum(band.holds(age) for age in ages) for band in bands),
        age_unknown=len(lines) - len(ages),
        mean_age_months=Fraction(sum(ages), len(ages)) if ages else None,
        coverage=tuple(
            tuple(
                name for name, knows in zip(names, people[f"knows_{field}"], strict=True) if knows
            )
            for field in settings.fields
        ),
    )


def _compared(after: list[IndicatorResult], before: Members) -> tuple[BeforeAfter, ...]:
    pairs = []
    measured: dict[str, list[IndicatorResult]] = {}
    for result in after:
        key = result.indicator.id
        if key not in measured:
            measured[key] = measure(result.indicator, before)
        match = [old for old in measured[key] if old.team_id == result.team_id]
        if match:
            pairs.append(BeforeAfter(match[0], result))
    return tuple(pairs)
