"""班子结构分析报告 as PDF: the outcome paragraph with what stands behind each number, charts, tables.

Figures come from `structure.report`; here they are only put into words and set by typst with the
vendored fonts, so the same data give the same bytes on every machine. The document is dated by
the figures, not by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banzi.documents.papers.charts import ladder, svg
from banzi.documents.papers.typesetting import typeset
from banzi.documents.papers.wording import ADVICE, day_text
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.structure.counting.figures import RowKind
from banzi.structure.gaps import gap_message, with_unit
from banzi.structure.indicators import IndicatorResult, mean_text, tenths_text, years_text
from banzi.structure.report import BeforeAfter, ReportData, TeamPicture
from banzi.structure.targets import Force, Measure

TITLE = _("班子结构分析报告")
TEMPLATE = Path(__file__).with_name("structure_report.typ")

_AS_OF_COMPARED = _("{now_label}{now}，{before_label}{before}")
_ALL_TEAMS = _("全部班子")
_SUMMARY = _("{people}人，空缺{vacant}，平均{mean}岁")
_SUMMARY_FULL = _("{people}人，平均{mean}岁")
_LADDER_NOTE = _("每档人数，由年轻到年长；年龄不明的不计入各档。")
_LADDER_NOTE_COMPARED = _(
    "每档人数，由年轻到年长：实心为{now_label}，空心为{before_label}；年龄不明的不计入各档。"
)
_ALT = _("{team}年龄梯次")
_UNKNOWN_AGE = _("，年龄不明{count}人")
_TITLE_OF = _("{title}（{of}）")
_OF = _("{numerator}/{denominator}")
_SUM_OF = _("{count}人平均")
_WITH_UNKNOWN = _("{figure}，不明{count}人")
_FIELD_NAMES = _("{field}：{names}")
_BETWEEN, _END = _("；"), _("。")
_COMPARED_TITLE, _TARGETS_TITLE = _("三、指标前后对比"), _("三、目标完成情况")
_MET, _MISSED = _("达到"), _("未达到")
_HARD, _SOFT = _("必须"), _("尽量")

_WORDS: dict[str, str | tuple[str, ...]] = {
    "outcome": _("一、总体情况"),
    "outcome_note": _("文中各数据的计算依据按编号列于下表：分子、分母、不明人数及所涉人员。"),
    "basis_head": (
        _("编号"),
        _("指标"),
        _("数值"),
        _("分子/分母"),
        _("截至"),
        _("所涉人员"),
    ),
    "ladders": _("二、年龄梯次"),
    "no_figures": _("没有设定目标，也没有对比数据。"),
    "coverage": _("四、专业覆盖"),
    "coverage_note": _("各班子熟悉该领域的成员人数，“—”表示没有；同一人可熟悉多个领域。"),
    "team": _("班子"),
    "shortages": _("五、未达到的目标"),
    "quality": _("六、职数、素质依据和配备惯例"),
    "quality_note": _("数量之外的情况：依据只列缺什么，不评分；惯例只作提示，由有权机关研究决定。"),
    "no_shortages": _("所设各项目标均已达到。"),
    "shortage_note": _("情况不明的按未达到计；“必须”为必须达到的目标，“尽量”为尽量达到的目标。"),
    "shortage_head": (
        _("性质"),
        _("目标"),
        _("班子"),
        _("现状"),
        _("要求"),
        _("差额"),
        _("依据及情况不明的人员"),
    ),
}
_QUOTA = _("职数：{organ}超配{over}名，缺配{short}名。")
_CUSTOM = _("惯例：{post}（{custom}：{past}），{holder}，{flag}。")
_NOTHING = _("职数没有超配、缺配，没有只满足数量的班子，没有改变配备惯例的职位。")
_INDICATOR, _TEAM, _CHANGE, _BOUND = _("指标"), _("班子"), _("增减"), _("要求")
_TARGETS_HEAD = (_("目标"), _("班子"), _("现状"), _("要求"), _("结果"), _("依据"))
_POINTS = _("{points}个百分点")
_UNKNOWN_NAMES = _("情况不明：{names}")


@dataclass(frozen=True, slots=True)
class Labels:
    """What the two compared states are called."""

    now: str = _("现状")
    before: str = _("对比数据")


OF_PLAN = Labels(_("方案实施后"), _("现任班子"))
"""For the report of a plan against the seats as they are."""


def write_pdf(
    data: ReportData,
    path: Path,
    before: ReportData | None = None,
    labels: Labels | None = None,
) -> None:
    """Print the report.

    Parameters
    ----------
    before
        The report of the compared state, for the outlined bars of the ladders; matched by team.
        None draws the present state alone.
    labels
        Names of the two states; those of `Labels` when None.
    """
    path.write_bytes(typeset(TEMPLATE, page_data(data, before, labels), data.as_of))


def page_data(
    data: ReportData, before: ReportData | None = None, labels: Labels | None = None
) -> dict[str, Any]:
    """Everything the page shows, as texts; tested as data."""
    labels = labels or Labels()
    called = {"now_label": labels.now, "before_label": labels.before}
    as_of = day_text(data.as_of)
    if data.compared_as_of:
        values = {"now": as_of, "before": day_text(data.compared_as_of), **called}
        as_of = render(_AS_OF_COMPARED, values)
    pairs = data.before_after
    return {
        "title": TITLE,
        "as_of": as_of,
        "date": [data.as_of.year, data.as_of.month, data.as_of.day],
        "advice": ADVICE,
        "words": _WORDS,
        "outcome": _outcome(data),
        "basis": _basis(data, labels),
        "ladder_note": render(_LADDER_NOTE_COMPARED, called) if before else _LADDER_NOTE,
        "ladders": _ladders(data, before),
        "figures": _compared(pairs, labels) if pairs else _targets(data.results),
        "coverage": _coverage(data),
        "shortages": [_shortage(result) for result in data.shortages],
        "quality": _quality(data),
    }


def _quality(data: ReportData) -> list[str]:
    """The second panel in sentences: quotas, evidence, customs; [] where no roster was given."""
    if data.quality is None:
        return []
    said = []
    quotas = data.quality.quotas
    for row in quotas.rows if quotas else ():
        over, short = row.figures["all_over"].value, row.figures["all_short"].value
        if row.kind is RowKind.ROW and (over or short):
            values: dict[str, object] = {
                "organ": row.texts["organ_name"],
                "over": over or 0,
                "short": short or 0,
            }
            said.append(render(_QUOTA, values))
    said += [each.message().text() for each in data.quality.counts_only]
    for custom in data.quality.customs:
        values = {
            "post": custom.post_name,
            "custom": custom.custom_text(),
            "past": list(custom.past),
            "holder": [name for _id, name in custom.holders],
            "flag": custom.flag_text(),
        }
        said.append(render(_CUSTOM, values))
    return said or [_NOTHING]


def _outcome(data: ReportData) -> list[dict[str, Any]]:
    sentences = data.paragraph.sentences
    return [
        {
            "text": sentence.message.text(),
            "number": number,
            "after": _END if number == len(sentences) else _BETWEEN,
        }
        for number, sentence in enumerate(sentences, start=1)
    ]


def _basis(data: ReportData, labels: Labels) -> list[list[str]]:
    rows = []
    for number, sentence in enumerate(data.paragraph.sentences, start=1):
        seen: set[tuple[str, str | None]] = set()
        for result in sentence.results:
            key = (result.indicator.id, result.team_id)
            more = result.team_name or (labels.before if key in seen else "")
            seen.add(key)
            title = result.indicator.title
            where = render(_TITLE_OF, {"title": title, "of": more}) if more else title
            names = render("{names}", {"names": list(result.met_names)})
            rows.append(
                [str(number), where, result.shown, figure(result), f"{result.as_of}", names]
            )
    return rows


def figure(result: IndicatorResult) -> str:
    """`59/165`, for a mean `163人平均`, and how many are unknown."""
    if result.indicator.measure is Measure.MEAN:
        text = render(_SUM_OF, {"count": result.denominator})
    else:
        values = {"numerator": result.numerator, "denominator": result.denominator}
        text = render(_OF, values)
    if result.unknown:
        text = render(_WITH_UNKNOWN, {"figure": text, "count": result.unknown})
    return text


def _ladders(data: ReportData, before: ReportData | None) -> list[dict[str, str]]:
    old = {team.team_id: team for team in (before.overall, *before.teams)} if before else {}
    bands = [band.label.text() for band in data.bands]
    whole = [data.overall, *([before.overall] if before else [])]
    parts = [*data.teams, *(before.teams if before else ())]
    drawn = []
    for team in (data.overall, *data.teams):
        compared = old.get(team.team_id)
        title = team.team_name or _ALL_TEAMS
        most = _highest(whole if team.team_id is None else parts)
        chart = ladder(bands, team.ladder, compared.ladder if compared else None, most)
        drawn.append(
            {
                "title": title,
                "summary": _summary(team),
                "svg": svg(chart),
                "alt": render(_ALT, {"team": title}),
            }
        )
    return drawn


def _highest(teams: Sequence[TeamPicture]) -> int:
    return max((count for team in teams for count in team.ladder), default=0)


def _summary(team: TeamPicture) -> str:
    mean = "—" if team.mean_age_months is None else years_text(team.mean_age_months)
    values: dict[str, object] = {"people": len(team.members), "mean": mean}
    text = render(_SUMMARY_FULL, values)
    if team.vacancies:
        text = render(_SUMMARY, {**values, "vacant": team.vacancies})
    unknown = render(_UNKNOWN_AGE, {"count": team.age_unknown}) if team.age_unknown else ""
    return text + unknown


def _compared(pairs: Iterable[BeforeAfter], labels: Labels) -> dict[str, Any]:
    rows = [
        [
            pair.after.indicator.title,
            pair.after.team_name or _ALL_TEAMS,
            f"{pair.before.shown}\n{figure(pair.before)}",
            f"{pair.after.shown}\n{figure(pair.after)}",
            change_text(pair),
            pair.after.bound_shown or "—",
        ]
        for pair in pairs
    ]
    widths = [0, 30, 26, 26, 23, 14]
    head = (_INDICATOR, _TEAM, labels.before, labels.now, _CHANGE, _BOUND)
    return {"title": _COMPARED_TITLE, "head": head, "columns": widths, "rows": rows}


def _targets(results: Iterable[IndicatorResult]) -> dict[str, Any]:
    rows = [
        [
            result.indicator.title,
            result.team_name or _ALL_TEAMS,
            f"{result.shown}\n{figure(result)}",
            result.bound_shown or "—",
            _MET if result.met else _MISSED,
            result.target.citation if result.target else "",
        ]
        for result in results
        if result.target
    ]
    widths = [0, 32, 28, 16, 14, 34]
    return {"title": _TARGETS_TITLE, "head": _TARGETS_HEAD, "columns": widths, "rows": rows}


def change_text(pair: BeforeAfter) -> str:
    """`+2`, `-2.4`, or for a share the difference in percentage points; "—" when not known."""
    change = pair.difference
    if change is None:
        return "—"
    measure = pair.after.indicator.measure
    if measure is Measure.COUNT:
        text = str(int(change))
    elif measure is Measure.SHARE:
        text = tenths_text(change * 100)
    else:
        text = mean_text(change, pair.after.indicator.value)
    if measure is Measure.SHARE:
        text = render(_POINTS, {"points": text})
    return f"+{text}" if change > 0 and not text.startswith("0.0") else text


def _coverage(data: ReportData) -> dict[str, Any]:
    fields = [field.zh for field in data.fields]
    rows = []
    for team in data.teams:
        named = [
            render(_FIELD_NAMES, {"field": field, "names": list(names)})
            for field, names in zip(fields, team.coverage, strict=True)
            if names
        ]
        counts = [len(names) for names in team.coverage]
        rows.append({"team": team.team_name, "counts": counts, "names": _BETWEEN.join(named)})
    return {"fields": fields, "rows": rows}


def _shortage(result: IndicatorResult) -> dict[str, Any]:
    target = result.target
    hard = target is not None and target.force is Force.HARD
    unknown = (
        render(_UNKNOWN_NAMES, {"names": list(result.unknown_names)}) if result.unknown else ""
    )
    citation = target.citation if target else ""
    return {
        "hard": hard,
        "mark": _HARD if hard else _SOFT,
        "cells": [
            result.indicator.title,
            result.team_name or _ALL_TEAMS,
            with_unit(result, result.shown).text(),
            with_unit(result, result.bound_shown).text(),
            gap_message(result).text(),
            _BETWEEN.join(text for text in (citation, unknown) if text),
        ],
    }
