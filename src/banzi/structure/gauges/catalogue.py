"""The gauges: what each counts over a set of posts, with the persons behind it.

Most are indicators, so a figure here is the same object as in a report or a target. The rest rest on
departures, evidence and missed targets. A fact that is not known does not count, and `unknown` says
how many there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.dates import add_months, month_of
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law
from banzi.people.choices import ExpertField
from banzi.roster import Roster
from banzi.structure.conditions import AnyOf, Compare, Condition
from banzi.structure.counting.figures import BLANK, Figure, Unit, counted
from banzi.structure.gauges.thresholds import Measured
from banzi.structure.indicators import IndicatorResult, measure_all, measure_group
from banzi.structure.members import Group, Members
from banzi.structure.outlook.departures import Departure, Reason, departures, left_by
from banzi.structure.quality.evidence import MemberEvidence, evidence_of
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Indicator, Measure, Target


@dataclass(frozen=True)
class Situation:
    """One state of the teams with everything gauges ask; made once, asked often."""

    roster: Roster
    members: Members
    law: Law
    targets: tuple[Target, ...] = ()
    settings: ReportSettings = field(default_factory=ReportSettings)

    @cached_property
    def departures(self) -> tuple[Departure, ...]:
        return departures(self.roster, self.members, self.law.at(self.members.as_of))

    @cached_property
    def evidence(self) -> dict[str, MemberEvidence]:
        return evidence_of(self.roster, self.members, self.settings.evidence_years)

    @cached_property
    def results(self) -> tuple[IndicatorResult, ...]:
        return tuple(measure_all(self.targets, self.members))


Reading = Callable[[Situation, Group], Figure]


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure over the posts of a group.

    Attributes
    ----------
    about
        How it is counted, one sentence.
    only_too_few
        True for women and minorities: a threshold may ask for a minimum and nothing else.
    """

    id: str
    zh: str
    unit: Unit
    about: str
    read: Reading
    only_too_few: bool = False

    @property
    def measured(self) -> Measured:
        return Measured(self.id, self.zh, self.unit, self.only_too_few)


def _yes(column: str, wanted: bool = True) -> Condition:
    return Compare(column=column, value=wanted)


def _least(column: str, value: int) -> Condition:
    return Compare(column=column, operator=">=", value=value)


def _indicator(name: str, measure: Measure, where: Condition | None, value: str = "") -> Reading:
    indicator = Indicator(id=f"gauge/{name}", title=name, measure=measure, where=where, value=value)

    def read(state: Situation, group: Group) -> Figure:
        result = measure_group(indicator, state.members, group)
        if measure is Measure.MEAN:
            persons = tuple(each.person_id for each in result.entries if each.value is not None)
        else:
            persons = tuple(each.person_id for each in result.entries if each.value)
        if result.value is None:
            return Figure(None, is_open=bool(result.unknown))
        return Figure(result.value, persons, unknown=result.unknown)

    return read


def _whole(read: Reading) -> Reading:
    """A count as a whole number."""

    def counted_read(state: Situation, group: Group) -> Figure:
        figure = read(state, group)
        return replace(figure, value=int(figure.value or 0))

    return counted_read


def _count(name: str, where: Condition | None) -> Reading:
    return _whole(_indicator(name, Measure.COUNT, where))


def _vacancies(state: Situation, group: Group) -> Figure:
    vacant = tuple(post for post in group.post_ids if post not in state.members.filled)
    return Figure(len(vacant), posts=vacant)


def _leaving(years: int, reasons: frozenset[Reason]) -> Reading:
    def read(state: Situation, group: Group) -> Figure:
        today = month_of(state.members.as_of)
        then = month_of(add_months(state.members.as_of, 12 * years))
        own = set(group.post_ids)
        leaving = {
            each.person_id
            for each in left_by(state.departures, today, then)
            if each.reason in reasons and each.post_id in own
        }
        people = list(state.members.sitting(group.post_ids)["person_id"])
        persons = tuple(person for person in people if person in leaving)
        undated = {
            each.person_id
            for each in state.departures
            if each.month is None and each.reason in reasons and each.post_id in own
        }
        unknown = len(undated - set(persons))
        if not people:
            return BLANK
        return Figure(Fraction(len(persons), len(people)), persons, unknown=unknown)

    return read


def _fields(state: Situation, group: Group) -> Figure:
    """Fields of expertise with at least one member versed in them."""
    people = state.members.sitting(group.post_ids)
    known = [field for field in ExpertField if people[f"knows_{field.value}"].any()]
    return Figure(len(known))


def _without_evidence(state: Situation, group: Group) -> Figure:
    people = state.members.sitting(group.post_ids)["person_id"]
    return counted(person for person in people if state.evidence[person].missing)


def _missed(state: Situation, group: Group) -> Figure:
    """Targets of the group's teams that are missed; of everything for the group of all posts."""
    if not state.targets:
        return BLANK
    own = set(group.post_ids)
    whole = own == set(state.members.all_posts())
    missed = 0
    for result in state.results:
        if result.met is not False:
            continue
        if result.team_id is None:
            missed += whole
        else:
            missed += set(state.members.posts_of(result.team_id)) <= own
    return Figure(missed)


def _any_of(*columns: str) -> Condition:
    return AnyOf(parts=tuple(_yes(column) for column in columns))


ARTICLE_FIELDS = (
    ExpertField.TECHNOLOGY,
    ExpertField.FINANCE,
    ExpertField.SOCIAL_GOVERNANCE,
    ExpertField.ECOLOGY,
)
"""科技、金融、社会治理、生态环保 (systems.md row 26)."""

_ALL = frozenset(Reason)

GAUGES: tuple[Gauge, ...] = (
    Gauge("members", _("人数"), Unit.COUNT, _("在任成员"), _count("members", None)),
    Gauge("vacancies", _("空缺"), Unit.COUNT, _("没有人任职的职位"), _vacancies),
    Gauge(
        "mean_age",
        _("平均年龄"),
        Unit.MEAN_AGE,
        _("年龄明确的成员"),
        _indicator("mean_age", Measure.MEAN, None, AGE_MONTHS),
    ),
    *(
        Gauge(
            f"born_{year}",
            label,
            Unit.COUNT,
            _("按出生年份，本档及以后出生"),
            _count(label, _least("birth_year", year)),
        )
        for year, label in ((1980, _("80后")), (1985, _("85后")), (1990, _("90后")))
    ),
    Gauge("women", _("女干部"), Unit.COUNT, _("性别为女"), _count("women", _yes("is_woman")), True),
    Gauge(
        "minority",
        _("少数民族干部"),
        Unit.COUNT,
        _("民族不是汉族"),
        _count("minority", _yes("is_minority")),
        True,
    ),
    Gauge(
        "outside_party",
        _("党外干部"),
        Unit.COUNT,
        _("不是中共党员"),
        _count("outside_party", _yes("is_party_member", False)),
    ),
    Gauge(
        "university_share",
        _("大学以上占比"),
        Unit.SHARE,
        _("最高学历大学及以上"),
        _indicator("university", Measure.SHARE, _least("education_tier", 2)),
    ),
    Gauge(
        "full_time_share",
        _("全日制大学以上占比"),
        Unit.SHARE,
        _("全日制学历大学及以上"),
        _indicator("full_time", Measure.SHARE, _least("full_time_education_tier", 2)),
    ),
    Gauge(
        "experts",
        _("专业干部"),
        Unit.COUNT,
        _("熟悉科技、金融、社会治理、生态环保之一"),
        _count("experts", _any_of(*(f"knows_{field.value}" for field in ARTICLE_FIELDS))),
    ),
    Gauge("fields", _("覆盖领域数"), Unit.COUNT, _("至少一名成员熟悉的专业领域"), _fields),
    Gauge(
        "county_share",
        _("旗县领导经历占比"),
        Unit.SHARE,
        _("有县（旗）领导经历"),
        _indicator("county", Measure.SHARE, _yes("has_county_leadership")),
    ),
    Gauge(
        "grassroots_share",
        _("基层经历占比"),
        Unit.SHARE,
        _("有基层工作经历"),
        _indicator("grassroots", Measure.SHARE, _yes("has_grassroots")),
    ),
    Gauge(
        "channels",
        _("来自基层、企业、高校"),
        Unit.COUNT,
        _("进入班子前在基层、企业、高校工作"),
        _count(
            "channels",
            _any_of("came_from_grassroots", "came_from_enterprise", "came_from_university"),
        ),
    ),
    *(
        Gauge(
            f"leaving_{years}",
            label,
            Unit.SHARE,
            _("按法定退休年月和同一职务任职期限推算"),
            _leaving(years, _ALL),
        )
        for years, label in (
            (1, _("一年内离任占比")),
            (3, _("三年内离任占比")),
            (5, _("五年内离任占比")),
        )
    ),
    Gauge(
        "without_evidence",
        _("缺素质依据"),
        Unit.COUNT,
        _("没有年度考核、任期或专项考核、考察结论之一的成员"),
        _without_evidence,
    ),
    Gauge("missed", _("未达目标"), Unit.COUNT, _("目标文件中未达到的目标数"), _missed),
)


def gauge(name: str) -> Gauge:
    """The gauge of an id; KeyError when there is none."""
    for each in GAUGES:
        if each.id == name:
            return each
    raise KeyError(name)
