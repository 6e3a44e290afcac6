"""The outcome paragraph of a change of term, each number traceable to the members behind it.

The kind of paragraph that reports on a change of term print (systems.md, section 1): mean age
against the last term, each at its own date; members around 45; post-80s in every team and in all;
heads of government born in the seventies; county leadership and grassroots experience. Says only
what the figures bear out: a team without a post-80s is named, facts that are missing are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.messages import Language, Message, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.conditions import AllOf, Compare
from banzi.structure.indicators import (
    IndicatorResult,
    mean_text,
    measure,
    percent_text,
    years_text,
)
from banzi.structure.members import Members
from banzi.structure.report_settings import ReportSettings
from banzi.structure.settling import condition
from banzi.structure.targets import Each, Indicator, Measure, ScopeKind
from banzi.structure.vocabulary import POST_WORDS, TEAM_WORDS

MEMBERS = MessageKind("paragraph/members", _("{teams}个班子共有成员{count}人"))
AGE = MessageKind("paragraph/age", _("平均年龄{new}岁（截至{new_on}）{unknown}"))
AGE_LOWER = MessageKind(
    "paragraph/age-lower",
    _(
        "平均年龄{new}岁（截至{new_on}），较上届的{old}岁（截至{old_on}）降低{difference}岁{unknown}"
    ),
)
AGE_HIGHER = MessageKind(
    "paragraph/age-higher",
    _(
        "平均年龄{new}岁（截至{new_on}），较上届的{old}岁（截至{old_on}）提高{difference}岁{unknown}"
    ),
)
AGE_SAME = MessageKind(
    "paragraph/age-same",
    _("平均年龄{new}岁（截至{new_on}），与上届的{old}岁（截至{old_on}）持平{unknown}"),
)
AROUND = MessageKind(
    "paragraph/around", _("{centre}岁左右（{low}至{high}周岁）干部{count}人，占{share}{unknown}")
)
YOUNG_IN_EACH = MessageKind(
    "paragraph/young-in-each",
    _("每个班子至少配备{least}名“{decade}后”干部，共配备{count}名{unknown}"),
)
YOUNG_NOT_IN_EACH = MessageKind(
    "paragraph/young-not-in-each",
    _("共配备“{decade}后”干部{count}名，尚无“{decade}后”干部的班子：{teams}{unknown}"),
)
HEADS = MessageKind(
    "paragraph/heads", _("政府正职{heads}人中“{decade}后”{count}人，占{share}{unknown}")
)
COUNTY = MessageKind("paragraph/county", _("具有旗县领导经历的{count}人，占{share}{unknown}"))
GRASSROOTS = MessageKind("paragraph/grassroots", _("具有基层经历的{count}人，占{share}{unknown}"))
UNKNOWN = MessageKind("paragraph/unknown", _("（另有{count}人情况不明）"))
_BETWEEN, _END = _("；"), _("。")

_TITLES = {
    "members": _("班子成员"),
    "age": _("平均年龄"),
    "around": _("年龄在{centre}岁左右"),
    "young": _("“{decade}后”干部"),
    "heads": _("政府正职中的“{decade}后”"),
    "county": _("具有旗县领导经历"),
    "grassroots": _("具有基层经历"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement and the results its numbers come from."""

    message: Message
    results: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True)
class OutcomeParagraph:
    sentences: tuple[Sentence, ...]

    def text(self, language: Language = "zh") -> str:
        between, end = (translate(mark, language) for mark in (_BETWEEN, _END))
        return between.join(each.message.text(language) for each in self.sentences) + end


@dataclass(frozen=True, slots=True)
class OutcomeIndicators:
    """The indicators of the paragraph; `listed` in the order of the sentences."""

    members: Indicator
    age: Indicator
    around: Indicator
    young: Indicator
    young_each: Indicator
    heads: Indicator
    county: Indicator
    grassroots: Indicator

    @property
    def listed(self) -> tuple[Indicator, ...]:
        """Without the per-team copy of `young`."""
        return (
            self.members,
            self.age,
            self.around,
            self.young,
            self.heads,
            self.county,
            self.grassroots,
        )


def outcome_indicators(settings: ReportSettings) -> OutcomeIndicators:
    """The indicators behind the paragraph, for the teams that the settings name."""
    teams = condition(settings.paragraph_teams, TEAM_WORDS)
    low, high = settings.around_months

    def over_teams(name: str, measure: Measure, **more: object) -> Indicator:
        facts = {"id": f"outcome/{name}", "title": _title(name, settings), "measure": measure}
        return Indicator.model_validate(
            {"scope": ScopeKind.TEAMS, "scope_where": teams, **facts, **more}
        )

    born_young, born_heads = (
        AllOf(
            parts=(
                Compare(column="birth_year", operator=">=", value=first),
                Compare(column="birth_year", operator="<=", value=first + 9),
            )
        )
        for first in (settings.young_decade, settings.heads_decade)
    )
    around = AllOf(
        parts=(
            Compare(column=AGE_MONTHS, operator=">=", value=low),
            Compare(column=AGE_MONTHS, operator="<", value=high),
        )
    )
    county = Compare(column="has_county_leadership", value=True)
    grassroots = Compare(column="has_grassroots", value=True)
    young = over_teams("young", Measure.COUNT, where=born_young)
    return OutcomeIndicators(
        members=over_teams("members", Measure.COUNT),
        age=over_teams("age", Measure.MEAN, value=AGE_MONTHS),
        around=over_teams("around", Measure.SHARE, where=around),
        young=young,
        young_each=young.model_copy(update={"each": Each.TEAM}),
        heads=over_teams(
            "heads",
            Measure.SHARE,
            where=born_heads,
            scope=ScopeKind.POSTS,
            scope_where=condition(settings.heads, POST_WORDS),
        ),
        county=over_teams("county", Measure.SHARE, where=county),
        grassroots=over_teams("grassroots", Measure.SHARE, where=grassroots),
    )


def outcome_paragraph(
    new: Members, settings: ReportSettings, old: Members | None = None
) -> OutcomeParagraph:
    """The paragraph for a term, compared with the last one where that is given."""
    indicators = outcome_indicators(settings)
    (members,) = measure(indicators.members, new)
    per_team = measure(indicators.young_each, new)
    sentences = [
        Sentence(MEMBERS(teams=len(per_team), count=members.numerator), (members,)),
        _age_sentence(indicators.age, new, old),
    ]
    (around,) = measure(indicators.around, new)
    half = settings.around_half_width_years
    centre = settings.around_centre_years
    sentences.append(_share(around, AROUND, centre=centre, low=centre - half, high=centre + half))
    (young,) = measure(indicators.young, new)
    sentences.append(_young_sentence(young, per_team, settings))
    (heads,) = measure(indicators.heads, new)
    if heads.denominator:
        sentences.append(
            _share(heads, HEADS, heads=heads.denominator, decade=_decade(settings.heads_decade))
        )
    (county,), (grassroots,) = (
        measure(each, new) for each in (indicators.county, indicators.grassroots)
    )
    sentences += [_share(county, COUNTY), _share(grassroots, GRASSROOTS)]
    return OutcomeParagraph(tuple(sentences))


def _age_sentence(age: Indicator, new: Members, old: Members | None) -> Sentence:
    (now,) = measure(age, new)
    before = measure(age, old)[0] if old else None
    shown = {"new": now.shown, "new_on": now.as_of, "unknown": _unknown(now)}
    if before is None or before.value is None or now.value is None:
        return Sentence(AGE(**shown), (now,))
    change = now.value - before.value
    shown |= {"old": mean_text(before.value, age.value), "old_on": before.as_of}
    difference = years_text(abs(change))
    if difference == "0.0":
        return Sentence(AGE_SAME(**shown), (now, before))
    kind = AGE_LOWER if change < 0 else AGE_HIGHER
    return Sentence(kind(**shown, difference=difference), (now, before))


def _young_sentence(
    young: IndicatorResult, per_team: list[IndicatorResult], settings: ReportSettings
) -> Sentence:
    without = [result.team_name for result in per_team if result.numerator == 0]
    facts = {
        "decade": _decade(settings.young_decade),
        "count": young.numerator,
        "unknown": _unknown(young),
    }
    if without or not per_team:
        message = YOUNG_NOT_IN_EACH(teams=without, **facts)
    else:
        message = YOUNG_IN_EACH(least=min(r.numerator for r in per_team), **facts)
    return Sentence(message, (young, *per_team))


def _share(result: IndicatorResult, kind: MessageKind, **more: object) -> Sentence:
    share = "—" if result.value is None else percent_text(result.value)
    message = kind(count=result.numerator, share=share, unknown=_unknown(result), **more)
    return Sentence(message, (result,))


def _unknown(result: IndicatorResult) -> Message | str:
    return UNKNOWN(count=result.unknown) if result.unknown else ""


def _decade(first_year: int) -> str:
    """80 for 1980, 00 for 2000."""
    return f"{first_year % 100:02d}"


def _title(name: str, settings: ReportSettings) -> str:
    decade = settings.heads_decade if name == "heads" else settings.young_decade
    text = _TITLES[name]
    return text.format(centre=settings.around_centre_years, decade=_decade(decade))
