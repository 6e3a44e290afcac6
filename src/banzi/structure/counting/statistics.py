"""党政班子和干部队伍统计, and the table by year of birth (formats.md 2.2), team by team.

A column is a yes-or-no question about one member; a partition asks it so that exactly one answer
is yes, and 不详 is one of the answers. In the total everybody counts once, however many teams he
or she sits in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    BLANK,
    Figure,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
    Unit,
    counted,
)
from banzi.structure.counting.officials import (
    NO_TEAMS,
    UNKNOWN,
    Official,
    categories_of_teams,
    each_once,
    full_time_class,
    highest_class,
    officials_of,
)
from banzi.structure.counting.places import principal_posts
from banzi.structure.counting.settings import Band, CountingSettings
from banzi.structure.members import Members
from banzi.structure.settling import condition
from banzi.structure.vocabulary import TEAM_WORDS

_TEAM, _PRESENT, _MEAN, _SHARE = _("班子"), _("实配"), _("平均年龄"), _("占比")
_AGE, _BORN, _GENERATION = _("年龄"), _("出生年份"), _("年代")
_PRINCIPALS, _PERSONS, _HEADS = _("正职"), _("人数"), _("其中正职")
_HIGHEST, _FULL_TIME = _("最高学历"), _("全日制教育")
_WOMEN, _OUTSIDE = _("女干部"), _("党外干部")
_SUBTOTAL, _TOTAL = _("小计"), _("合计")
_AND_BELOW = _("{around}及以下")
_OF = _("{what}（{who}）")

ONCE = MessageKind(
    "counting/each-once",
    _("小计、合计中每人只计一次：各班子相加为{seats}人次，实为{persons}人。"),
)
AROUND_MEANS = MessageKind("counting/around-means", _("{bands}。年龄按周岁计算，算到月。"))
AROUND_BAND = MessageKind("counting/around-band", _("“{label}”指{low}至{high}周岁"))
GENERATION_MEANS = MessageKind("counting/generation-means", _("{bands}。"))
GENERATION_BAND = MessageKind("counting/generation-band", _("“{label}”指{low}至{high}年出生"))
SINCE = MessageKind("counting/generation-since", _("“{label}”指{low}年及以后出生"))
UNTIL = MessageKind("counting/generation-until", _("“{label}”指{high}年及以前出生"))
AGE_UNKNOWN = MessageKind(
    "counting/age-unknown",
    _("{count}人出生年月不详，不计入平均年龄和各年龄段；占比以实配人数为分母。"),
)
FULL_TIME_UNKNOWN = MessageKind(
    "counting/full-time-unknown",
    _("全日制教育“不详”含没有全日制学历、研究生未注明学位的，共{count}人。"),
)
NO_SUCH_TEAMS = MessageKind(
    "counting/no-such-teams", _("没有班子符合设置中的条件“{where}”；请核对。")
)


Question = Callable[[Official], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of counts and its question; `only_if_any` leaves it out where nobody answers yes."""

    column: FigureColumn
    question: Question
    only_if_any: bool = False


PARTITIONS = ("age:", "born:", "highest:", "full_time:")
"""Beginnings of column keys; the columns with one of them take in every member exactly once."""


def statistics_table(roster: Roster, members: Members, settings: CountingSettings) -> FigureTable:
    """Rows by team id, subtotals of each kind of team, then the total.

    Columns `present`; `young_and_below`; `age:<label>`, `age:unknown`; `mean_age`;
    `generation:<label>`; `principals`, `principals_young`; `highest:<class>`, `full_time:<class>`
    and the same of the young as `young_highest:…`, `young_full_time:…`; `women`, `outside_party`,
    each with `_principals`. Unknown answers have columns (`…unknown`) where there are any.
    """
    around = settings.young_around
    young = _within(around.holds)
    who = around.label

    def young_and(question: Question) -> Question:
        return lambda each: young(each) and question(each)

    asked = [
        Asked(
            FigureColumn("young_and_below", render(_AND_BELOW, {"around": who})),
            _within(lambda age: age <= around.high),
        ),
        *_banded("age", _AGE, settings.age_bands, lambda each: each.age),
        *_generations(settings),
        Asked(FigureColumn("principals", _PERSONS, (_PRINCIPALS,)), _is_principal),
        Asked(FigureColumn("principals_young", who, (_PRINCIPALS,)), young_and(_is_principal)),
    ]
    for key, name, classes in (
        ("highest", _HIGHEST, _HIGHEST_CLASSES),
        ("full_time", _FULL_TIME, _FULL_TIME_CLASSES),
    ):
        asked += _classes(key, name, classes, lambda question: question)
        asked += _classes(
            f"young_{key}", render(_OF, {"what": name, "who": who}), classes, young_and
        )
    asked += [
        Asked(FigureColumn("women", _PERSONS, (_WOMEN,)), lambda each: each.is_woman is True),
        Asked(
            FigureColumn("women_principals", _HEADS, (_WOMEN,)),
            lambda each: each.is_woman is True and each.is_principal,
        ),
        Asked(
            FigureColumn("women_unknown", UNKNOWN, (_WOMEN,)),
            lambda each: each.is_woman is None,
            True,
        ),
        Asked(
            FigureColumn("outside_party", _PERSONS, (_OUTSIDE,)),
            lambda each: each.is_party_member is False,
        ),
        Asked(
            FigureColumn("outside_party_principals", _HEADS, (_OUTSIDE,)),
            lambda each: each.is_party_member is False and each.is_principal,
        ),
        Asked(
            FigureColumn("outside_party_unknown", UNKNOWN, (_OUTSIDE,)),
            lambda each: each.is_party_member is None,
            True,
        ),
    ]
    table = _table(roster, members, settings, asked, mean_after="age:")
    notes = [*_around_notes(settings, (settings.young,)), *_generation_notes(settings)]
    if rows := table.rows:
        missing = rows[-1].figures.get("full_time:unknown")
        if missing is not None and missing.value:
            notes.append(FULL_TIME_UNKNOWN(count=missing.value))
    return _noted(table, notes)


def birth_year_table(roster: Roster, members: Members, settings: CountingSettings) -> FigureTable:
    """Rows as in `statistics_table`; `present`, `born:<label>`, `mean_age`, then for each around
    `around:<label>` and `around_share:<label>` (of all present)."""
    asked = [
        *_banded("born", _BORN, settings.birth_years, lambda each: each.birth_year),
        *(
            Asked(
                FigureColumn(f"around:{each.label}", _PERSONS, (each.label,)), _within(each.holds)
            )
            for each in settings.around
        ),
    ]
    table = _table(roster, members, settings, asked, mean_after="born:")
    labels = tuple(each.label for each in settings.around)
    return _noted(table, _around_notes(settings, labels))


def _within(holds: Callable[[int], bool]) -> Question:
    return lambda each: each.age is not None and holds(each.age)


def _is_principal(each: Official) -> bool:
    return each.is_principal


def _banded(
    key: str, above: str, bands: Sequence[Band], value: Callable[[Official], int | None]
) -> list[Asked]:
    def inside(band: Band) -> Question:
        def question(each: Official) -> bool:
            years = value(each)
            return years is not None and band.holds(years)

        return question

    return [
        *(
            Asked(FigureColumn(f"{key}:{band.label}", band.label, (above,)), inside(band))
            for band in bands
        ),
        Asked(
            FigureColumn(f"{key}:unknown", UNKNOWN, (above,)),
            lambda each: value(each) is None,
            only_if_any=True,
        ),
    ]


def _generations(settings: CountingSettings) -> list[Asked]:
    banded = _banded("generation", _GENERATION, settings.generations, lambda each: each.birth_year)
    return banded[:-1]  # who has no year of birth stands among the unknown ages


Classes = tuple[Callable[[Official], str], dict[str, str]]
_HIGHEST_CLASSES: Classes = (
    highest_class,
    {"postgraduate": _("研究生"), "university": _("本科"), "college": _("大专及以下")},
)
_FULL_TIME_CLASSES: Classes = (
    full_time_class,
    {
        "doctor": _("博士"),
        "master": _("硕士"),
        "university": _("本科"),
        "college": _("大专及以下"),
    },
)


def _classes(
    key: str, above: str, classes: Classes, among: Callable[[Question], Question]
) -> list[Asked]:
    class_of, names = classes

    def belongs(name: str) -> Question:
        return among(lambda each: class_of(each) == name)

    return [
        *(
            Asked(FigureColumn(f"{key}:{name}", label, (above,)), belongs(name))
            for name, label in names.items()
        ),
        Asked(FigureColumn(f"{key}:unknown", UNKNOWN, (above,)), belongs("unknown"), True),
    ]


@dataclass(frozen=True, slots=True)
class _Team:
    team_id: str
    name: str
    category: str
    officials: tuple[Official, ...]


def _table(
    roster: Roster,
    members: Members,
    settings: CountingSettings,
    asked: Sequence[Asked],
    mean_after: str,
) -> FigureTable:
    """Teams in order of display, with subtotals where a kind has several teams."""
    where = condition(settings.teams, TEAM_WORDS) if settings.teams else None
    teams = _teams(roster, members, members.all_teams(where))
    if not teams:
        message = NO_SUCH_TEAMS(where=settings.teams) if settings.teams else NO_TEAMS()
        return FigureTable(
            members.as_of, (FigureColumn("team", _TEAM, unit=Unit.TEXT),), (), (message,)
        )
    everybody = each_once([official for team in teams for official in team.officials])
    kept = [each for each in asked if not each.only_if_any or any(map(each.question, everybody))]
    columns = _columns(kept, mean_after)
    several = len({team.category for team in teams}) < len(teams)
    rows: list[FigureRow] = []
    for category, run in groupby(teams, key=lambda team: team.category):
        own = list(run)
        group = category if several else ""
        rows += [
            FigureRow(
                team.team_id,
                {"team": team.name},
                _figures(team.officials, kept, columns),
                group=group,
            )
            for team in own
        ]
        if len(own) > 1:
            people = each_once([official for team in own for official in team.officials])
            figures = _figures(people, kept, columns)
            texts = {"team": _SUBTOTAL}
            rows.append(FigureRow(f"subtotal:{category}", texts, figures, RowKind.SUBTOTAL, group))
    figures = _figures(everybody, kept, columns)
    rows.append(FigureRow("total", {"team": _TOTAL}, figures, RowKind.TOTAL))
    notes: list[Message] = []
    seats = sum(len(team.officials) for team in teams)
    if seats != len(everybody):
        notes.append(ONCE(seats=seats, persons=len(everybody)))
    if unknown := sum(each.age_months is None for each in everybody):
        notes.append(AGE_UNKNOWN(count=unknown))
    return FigureTable(members.as_of, columns, tuple(rows), tuple(notes))


def _columns(asked: Sequence[Asked], mean_after: str) -> tuple[FigureColumn, ...]:
    """The columns asked for, the mean age behind its bands, a share behind each figure of around."""
    columns = [FigureColumn("team", _TEAM, unit=Unit.TEXT), FigureColumn("present", _PRESENT)]
    last = max(place for place, each in enumerate(asked) if each.column.key.startswith(mean_after))
    for place, each in enumerate(asked):
        columns.append(each.column)
        if each.column.key.startswith("around:"):
            label = each.column.key.removeprefix("around:")
            columns.append(
                FigureColumn(f"around_share:{label}", _SHARE, each.column.above, Unit.SHARE)
            )
        if place == last:
            columns.append(FigureColumn("mean_age", _MEAN, unit=Unit.MEAN_AGE))
    return tuple(columns)


def _figures(
    officials: Sequence[Official], asked: Sequence[Asked], columns: Sequence[FigureColumn]
) -> dict[str, Figure]:
    figures = {"present": counted(each.person_id for each in officials)}
    for each in asked:
        yes = (one.person_id for one in officials if each.question(one))
        figures[each.column.key] = counted(yes)
    for column in columns:
        if column.unit is Unit.SHARE:
            part = figures[f"around:{column.key.partition(':')[2]}"]
            share = Fraction(len(part.persons), len(officials)) if officials else None
            figures[column.key] = Figure(share, part.persons)
    known = [(one.person_id, one.age_months) for one in officials if one.age_months is not None]
    figures["mean_age"] = BLANK
    if known:
        mean = Fraction(sum(age for _person, age in known), len(known))
        figures["mean_age"] = Figure(mean, tuple(person for person, _age in known))
    return figures


def _teams(roster: Roster, members: Members, names: dict[str, str]) -> list[_Team]:
    """Teams grouped by kind, kinds in the order in which they first appear."""
    heads = principal_posts(roster)
    by_category = categories_of_teams(members)
    categories = {team: category for category, own in by_category.items() for team in own}
    order = {category: place for place, category in enumerate(by_category)}
    listed = sorted(names.items(), key=lambda team: order[categories[team[0]]])
    return [
        _Team(team, name, categories[team], officials_of(members, team, heads[team]))
        for team, name in listed
    ]


def _around_notes(settings: CountingSettings, labels: Sequence[str]) -> list[Message]:
    bands = [
        AROUND_BAND(label=each.label, low=each.low, high=each.high)
        for each in settings.around
        if each.label in labels
    ]
    return [AROUND_MEANS(bands=bands)]


def _generation_notes(settings: CountingSettings) -> list[Message]:
    bands = []
    for each in settings.generations:
        values = {"label": each.label}
        if each.low is None:
            bands.append(UNTIL(**values, high=each.high))
        elif each.high is None:
            bands.append(SINCE(**values, low=each.low))
        else:
            bands.append(GENERATION_BAND(**values, low=each.low, high=each.high))
    return [GENERATION_MEANS(bands=bands)] if bands else []


def _noted(table: FigureTable, notes: Sequence[Message]) -> FigureTable:
    if not table.rows:
        return table
    return FigureTable(table.as_of, table.columns, table.rows, (*notes, *table.notes))
