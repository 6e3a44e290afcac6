"""The forecast as tables of figures: teams by horizon, the ladder by horizon, retirement by half-year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from banzi.codes.lookup import name_of
from banzi.kernel.dates import month_of, month_parts
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
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
from banzi.structure.counting.officials import NO_TEAMS
from banzi.structure.counting.ordering import AND_OTHER_PERSONS, shortened
from banzi.structure.members import Members
from banzi.structure.outlook.departures import Departure, Reason
from banzi.structure.outlook.forecasting import Forecast, Horizon
from banzi.structure.report import TeamPicture, age_bands
from banzi.structure.report_settings import ReportSettings

_TEAM, _SEATS, _NOW, _IN_YEARS = _("班子"), _("职位数"), _("现在"), _("{years}年后")
_PRESENT, _LEFT, _MEAN = _("在任"), _("离任"), _("平均年龄")
_TOTAL, _BAND, _UNKNOWN = _("合计"), _("年龄段"), _("不明")
_LEVEL, _NO_LEVEL, _BY_LEVEL, _BY_TEAM = _("分组"), _("层次不详"), _("按职务层次"), _("按班子")
_FIRST_HALF, _SECOND_HALF = _("{year}上半年"), _("{year}下半年")
_DUE, _LATER = _("已到龄"), _("以后")

ASSUMED = MessageKind(
    "outlook/assumed",
    _(
        "假定不新任、不调整，仅按规定离任推算：{reasons}；不预测个人意愿和健康。离任数自基准日累计。"
    ),
)
UNDATED = MessageKind(
    "outlook/undated", _("离任年月不能确定（{reason}），各列按仍在任计：{names}。")
)
TO_CONFIRM = MessageKind(
    "outlook/to-confirm", _("{count}人的离任年月依据尚未与原文核对，须核实：{names}。")
)
ONCE = MessageKind("outlook/once", _("合计中每人只计一次，交叉任职的在各班子分别计。"))
WAVE = MessageKind(
    "outlook/wave",
    _("按法定退休年月（{basis}）分半年计；每人在一行中只计一次，各列之和等于在任人数。"),
)
_REASON = _("{reason}（{basis}）")


def forecast_table(made: Forecast) -> FigureTable:
    """Rows by team id, then the total; columns `seats` and, for each horizon of n years,
    `present_n`, `left_n` (not for 0) and `mean_n`."""
    columns = [FigureColumn("team", _TEAM, unit=Unit.TEXT), FigureColumn("seats", _SEATS)]
    for horizon in made.horizons:
        above = (horizon_label(horizon),)
        columns.append(FigureColumn(f"present_{horizon.years}", _PRESENT, above))
        if horizon.years:
            columns.append(FigureColumn(f"left_{horizon.years}", _LEFT, above))
        columns.append(FigureColumn(f"mean_{horizon.years}", _MEAN, above, Unit.MEAN_AGE))
    now = made.horizons[0]
    if not now.teams:
        return FigureTable(made.as_of, tuple(columns), (), (NO_TEAMS(),))
    rows = []
    for place, team in enumerate(now.teams):
        figures = _figures([(each, each.teams[place]) for each in made.horizons])
        rows.append(FigureRow(str(team.team_id), {"team": team.team_name}, figures))
    figures = _figures([(each, each.overall) for each in made.horizons])
    rows.append(FigureRow("total", {"team": _TOTAL}, figures, RowKind.TOTAL))
    return FigureTable(made.as_of, tuple(columns), tuple(rows), tuple(_notes(made)))


def ladder_table(made: Forecast, settings: ReportSettings) -> FigureTable:
    """Rows `band_0`, `band_1` … youngest first, `unknown`, then the total; columns `present_n`."""
    columns = (
        FigureColumn("band", _BAND, unit=Unit.TEXT),
        *(
            FigureColumn(f"present_{horizon.years}", horizon_label(horizon))
            for horizon in made.horizons
        ),
    )
    rows = []
    for place, band in enumerate(age_bands(settings)):
        figures = {
            f"present_{each.years}": counted(
                line.person_id
                for line in each.overall.members
                if line.age_months is not None and band.holds(line.age_months)
            )
            for each in made.horizons
        }
        rows.append(FigureRow(f"band_{place}", {"band": band.label.text()}, figures))
    if any(each.overall.age_unknown for each in made.horizons):
        figures = {
            f"present_{each.years}": counted(
                line.person_id for line in each.overall.members if line.age_months is None
            )
            for each in made.horizons
        }
        rows.append(FigureRow("unknown", {"band": _UNKNOWN}, figures))
    figures = {
        f"present_{each.years}": counted(line.person_id for line in each.overall.members)
        for each in made.horizons
    }
    rows.append(FigureRow("total", {"band": _TOTAL}, figures, RowKind.TOTAL))
    return FigureTable(made.as_of, columns, tuple(rows), tuple(_notes(made)))


def wave_table(members: Members, found: Iterable[Departure], years: int = 5) -> FigureTable:
    """到龄退休分布: rows by post level, then by team, then the total of persons.

    Columns `due` (already reached), `half_0` … for each half-year from the present one, `later` and
    `unknown`; the figures of a row add up to its members.
    """
    retiring = {each.person_id: each for each in found if each.reason is Reason.RETIREMENT}
    today = month_of(members.as_of)
    first = today // 6 * 6
    starts = [first + 6 * place for place in range(2 * years + 1)]
    labels = {"due": _DUE} | {
        f"half_{place}": half_label(start) for place, start in enumerate(starts)
    }
    labels |= {"later": _LATER, "unknown": _UNKNOWN}
    columns = (
        FigureColumn("group", _LEVEL, unit=Unit.TEXT),
        *(FigureColumn(key, label) for key, label in labels.items()),
        FigureColumn("all", _PRESENT),
    )

    def row(key: str, name: str, posts: Sequence[str], group: str) -> FigureRow:
        persons = list(members.sitting(tuple(posts))["person_id"])
        places = {person: _place(retiring.get(person), today, starts) for person in persons}
        figures = {
            column: counted(person for person in persons if places[person] == column)
            for column in labels
        }
        return FigureRow(key, {"group": name}, figures | {"all": counted(persons)}, group=group)

    rows = [
        row(f"level/{level or ''}", _level_name(level), posts, _BY_LEVEL)
        for level, posts in _by_level(members).items()
    ]
    rows += [
        row(team, name, members.posts_of(team), _BY_TEAM)
        for team, name in members.all_teams().items()
    ]
    total = row("total", _TOTAL, members.all_posts(), "")
    rows.append(FigureRow("total", total.texts, total.figures, RowKind.TOTAL))
    basis = "；".join(dict.fromkeys(each.basis for each in retiring.values()))
    notes: list[Message] = [WAVE(basis=basis)] if retiring else []
    doubtful = [each.name for each in retiring.values() if each.to_confirm and each.month]
    if doubtful:
        notes.append(TO_CONFIRM(count=len(doubtful), names=shortened(doubtful, AND_OTHER_PERSONS)))
    notes.append(ONCE())
    if not members.seats.height:
        return FigureTable(members.as_of, columns, (), (NO_TEAMS(),))
    return FigureTable(members.as_of, columns, tuple(rows), tuple(notes))


def horizon_label(horizon: Horizon) -> str:
    """`现在`, `3年后`."""
    return render(_IN_YEARS, {"years": horizon.years}) if horizon.years else _NOW


def half_label(start: int) -> str:
    """`2027上半年` for the month index of its January."""
    year, month = month_parts(start)
    return render(_FIRST_HALF if month == 1 else _SECOND_HALF, {"year": year})


def _place(departure: Departure | None, today: int, starts: Sequence[int]) -> str:
    """The column a person stands in."""
    if departure is None or departure.month is None:
        return "unknown"
    if departure.month < today:
        return "due"
    if departure.month >= starts[-1] + 6:
        return "later"
    return f"half_{(departure.month - starts[0]) // 6}"


def _figures(pictures: Sequence[tuple[Horizon, TeamPicture]]) -> dict[str, Figure]:
    now = pictures[0][1]
    figures = {"seats": Figure(now.seats)}
    for horizon, team in pictures:
        present = [line.person_id for line in team.members]
        known = tuple(line.person_id for line in team.members if line.age_months is not None)
        mean = team.mean_age_months
        figures[f"present_{horizon.years}"] = counted(present)
        figures[f"mean_{horizon.years}"] = BLANK if mean is None else Figure(mean, known)
        if horizon.years:
            still = set(present)
            gone = (line.person_id for line in now.members if line.person_id not in still)
            figures[f"left_{horizon.years}"] = counted(gone)
    return figures


def _notes(made: Forecast) -> Iterable[Message]:
    basis: dict[Reason, dict[str, None]] = {}
    for each in made.departures:
        basis.setdefault(each.reason, {})[each.basis] = None
    reasons = [
        render(_REASON, {"reason": reason.zh, "basis": "；".join(clauses)})
        for reason, clauses in basis.items()
    ]
    if reasons:
        yield ASSUMED(reasons=reasons)
    for reason in Reason:
        names = dict.fromkeys(each.name for each in made.undated if each.reason is reason)
        if names:
            yield UNDATED(reason=reason.zh, names=shortened(list(names), AND_OTHER_PERSONS))
    doubtful = dict.fromkeys(each.name for each in made.to_confirm)
    if doubtful:
        names_shown = shortened(list(doubtful), AND_OTHER_PERSONS)
        yield TO_CONFIRM(count=len(doubtful), names=names_shown)
    yield ONCE()


def _by_level(members: Members) -> dict[str | None, list[str]]:
    """Post level → posts, the highest level first."""
    rows = members.posts.select("post_id", "post_level").unique("post_id", maintain_order=True)
    found: dict[str | None, list[str]] = {}
    for post, level in rows.iter_rows():
        found.setdefault(level, []).append(post)
    return dict(sorted(found.items(), key=lambda each: (each[0] is None, each[0] or "")))


def _level_name(level: str | None) -> str:
    return _NO_LEVEL if level is None else (name_of("post_level_zb09", level) or level)
