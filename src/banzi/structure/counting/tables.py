"""The tables of figures by name: what a paper prints and a page shows, made from one request."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from banzi.facts.derive import derive, some_facts
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law
from banzi.roster import Roster
from banzi.rules import screen
from banzi.structure.counting.area_teams import area_table
from banzi.structure.counting.establishments import establishment_table
from banzi.structure.counting.figures import FigureTable
from banzi.structure.counting.institutions import institution_table
from banzi.structure.counting.quotas import quota_table
from banzi.structure.counting.settings import CountingSettings
from banzi.structure.counting.statistics import birth_year_table, statistics_table
from banzi.structure.counting.structural import structural_table
from banzi.structure.gauges.catalogue import Situation
from banzi.structure.gauges.tables import State, area_groups, gauge_table, team_groups
from banzi.structure.gauges.thresholds import Threshold
from banzi.structure.members import Members, members_of
from banzi.structure.outlook.bench import bench_table
from banzi.structure.outlook.forecasting import Forecast, forecast
from banzi.structure.outlook.tables import forecast_table, ladder_table, wave_table
from banzi.structure.quality.customs import custom_table, customs
from banzi.structure.quality.evidence import evidence_table
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Target


@dataclass(frozen=True)
class Asked:
    """What a table is to be made from.

    Attributes
    ----------
    law
        For facts about persons; loaded once by the caller.
    targets, thresholds
        Structure targets, and the thresholds of the lights.
    report
        Bands and other settings of reports.
    """

    roster: Roster
    as_of: date
    settings: CountingSettings
    law: Law = field(repr=False)
    targets: tuple[Target, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    report: ReportSettings = field(default_factory=ReportSettings)

    @cached_property
    def members(self) -> Members:
        return members_of(self.roster, self.facts_at(self.as_of), self.as_of)

    @cached_property
    def situation(self) -> Situation:
        return Situation(self.roster, self.members, self.law, self.targets, self.report)

    @cached_property
    def forecast(self) -> Forecast:
        found = self.situation.departures
        return forecast(self.members, found, self.facts_of, self.targets, self.report)

    def facts_at(self, day: date) -> pl.DataFrame:
        return derive(self.roster, day, self.law)

    def facts_of(self, day: date, names: Collection[str]) -> pl.DataFrame:
        """`person_id` and those of the columns named that `facts_at` has."""
        return some_facts(self.roster, day, self.law, names)


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A table by the name a user types, its title, what it tells, and how it is made."""

    id: str
    title: str
    purpose: str
    make: Callable[[Asked], FigureTable]
    needs_targets: bool = False


def _gauges_by_team(asked: Asked) -> FigureTable:
    states = (State("", asked.situation),)
    return gauge_table(states, team_groups(asked.members), asked.thresholds)


def _gauges_by_area(asked: Asked) -> FigureTable:
    states = (State("", asked.situation),)
    return gauge_table(states, area_groups(asked.members), asked.thresholds, by_area=True)


def _customs(asked: Asked) -> FigureTable:
    least = asked.report.custom_holders
    found = customs(asked.roster, asked.members, least)
    return custom_table(found, asked.as_of, least)


def _bench(asked: Asked) -> FigureTable:
    return bench_table(asked.members, screen(asked.roster, asked.as_of, law=asked.law))


COUNTED_TABLES: tuple[CountedTable, ...] = (
    CountedTable(
        "quota-table",
        _("领导职数配备情况表"),
        _("各机构正副职应配、实配、超配、缺配。"),
        lambda asked: quota_table(asked.roster, asked.as_of, asked.settings),
    ),
    CountedTable(
        "establishment-table",
        _("编制与人员配备表"),
        _("各机构各类编制的编制数、实有人数、超配、缺配。"),
        lambda asked: establishment_table(asked.roster, asked.as_of, asked.settings),
    ),
    CountedTable(
        "area-teams",
        _("区县四套班子职数统计表"),
        _("各区县四套班子和法检两长的职数、实配、缺配职数和缺配岗位。"),
        lambda asked: area_table(asked.roster, asked.as_of, asked.settings),
    ),
    CountedTable(
        "institution-quotas",
        _("国有企业和事业单位领导职数汇总表"),
        _("国企和事业单位正职、副职、三总师的核定和实配，空缺岗位和超配情况。"),
        lambda asked: institution_table(asked.roster, asked.as_of, asked.settings),
    ),
    CountedTable(
        "structural-members",
        _("班子结构性干部配备情况表"),
        _("各类班子女干部、党外干部（及目标所列少数民族干部）应配、实配、缺配。"),
        lambda asked: structural_table(asked.members, asked.targets),
        needs_targets=True,
    ),
    CountedTable(
        "team-statistics",
        _("党政班子和干部队伍统计表"),
        _("各班子年龄段、平均年龄、年代、学历、女干部、党外干部；年龄段等口径可设置。"),
        lambda asked: statistics_table(asked.roster, asked.members, asked.settings),
    ),
    CountedTable(
        "birth-year-table",
        _("班子成员出生年份统计表"),
        _("各班子按出生年份一年一列，另列45、40、35岁左右及占比；口径可设置。"),
        lambda asked: birth_year_table(asked.roster, asked.members, asked.settings),
    ),
    CountedTable(
        "team-forecast",
        _("领导班子任职前景表"),
        _("各班子现在和一、三、五年后（不作调整时）的在任、离任人数和平均年龄。"),
        lambda asked: forecast_table(asked.forecast),
    ),
    CountedTable(
        "ladder-forecast",
        _("班子成员年龄梯次前景表"),
        _("全部班子成员现在和一、三、五年后的年龄梯次，附图。"),
        lambda asked: ladder_table(asked.forecast, asked.report),
    ),
    CountedTable(
        "retirement-wave",
        _("班子成员到龄退休分布表"),
        _("按职务层次和班子，逐半年到法定退休年龄的人数，附图。"),
        lambda asked: wave_table(asked.members, asked.situation.departures),
    ),
    CountedTable(
        "bench-depth",
        _("职位后备厚度表"),
        _("每个职位未任班子成员而符合任职规定、可列入考虑的人数。"),
        _bench,
    ),
    CountedTable(
        "team-comparison",
        _("领导班子对比表"),
        _("各班子主要指标并列；设了有依据的界限的，标红黄绿。"),
        _gauges_by_team,
        needs_targets=True,
    ),
    CountedTable(
        "area-dashboard",
        _("地区班子建设情况一览表"),
        _("各地区全部班子的主要指标并列；设了有依据的界限的，标红黄绿。"),
        _gauges_by_area,
        needs_targets=True,
    ),
    CountedTable(
        "member-evidence",
        _("班子成员素质依据情况表"),
        _("逐人列考核、结论、奖励和专业依据的件数，缺什么。"),
        lambda asked: evidence_table(asked.roster, asked.members, asked.report.evidence_years),
    ),
    CountedTable(
        "post-customs",
        _("职位配备惯例情况表"),
        _("历任的共同点和登记的惯例，现任是否改变；供研究，不作限制。"),
        _customs,
    ),
)


def counted_table(name: str) -> CountedTable:
    """The table with this id; KeyError when there is none."""
    for table in COUNTED_TABLES:
        if table.id == name:
            return table
    raise KeyError(name)


def within_teams(roster: Roster, team_ids: Collection[str]) -> Roster:
    """The roster with these teams only, the organs they belong to and the posts of either."""
    teams = roster["teams"].filter(pl.col("team_id").is_in(list(team_ids)))
    organs = roster["organs"].join(teams.select("organ_id").unique(), on="organ_id", how="semi")
    links = roster["post_teams"].join(teams.select("team_id"), on="team_id", how="semi")
    ours = pl.col("post_id").is_in(links["post_id"].to_list()) | pl.col("organ_id").is_in(
        organs["organ_id"].to_list()
    )
    posts = roster["posts"].filter(ours)
    held = pl.col("post_id").is_in(posts["post_id"].to_list())
    return roster.with_tables(
        teams=teams,
        organs=organs,
        post_teams=links,
        posts=posts,
        seats=roster["seats"].filter(held),
        appointments=roster["appointments"].filter(held),
    )
