"""The value of a tier and the difference of two in the words of an office: persons and posts.

One wording for terminal and pages. Points, in which the solver adds things up, stand behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.answers.counting import Count, Counting, Thing
from banzi.staffing.answers.standing import Standing
from banzi.staffing.tier_titles import tier_title

TIER_VALUE = MessageKind("plan/tier-value", _("{tier}：{parts}（{points}分）"))
TIER_CHANGE = MessageKind("plan/tier-change", _("{tier}：{parts}（{before}→{after}分）"))
PARTS = MessageKind("plan/tier-parts", _("{parts}"))

FILLED = MessageKind("plan/all-filled", _("职位全部配齐"))
MET = MessageKind("plan/all-met", _("全部达到"))
NOTHING = MessageKind("plan/nothing-counted", _("没有可计的项目"))
OTHERWISE = MessageKind("plan/made-up-otherwise", _("各项合计不变，具体构成不同"))


@dataclass(frozen=True, slots=True)
class Words:
    """How many there are; so many more, and fewer, than in another plan. Each takes `count`."""

    have: MessageKind
    more: MessageKind
    fewer: MessageKind


_WORDS = {
    Thing.VACANT: Words(
        MessageKind("plan/vacant", _("空缺{count}职")),
        MessageKind("plan/vacant-more", _("少配{count}职")),
        MessageKind("plan/vacant-fewer", _("多配{count}职")),
    ),
    Thing.DISPLACED: Words(
        MessageKind("plan/displaced", _("须安排的{count}人未安排")),
        MessageKind("plan/displaced-more", _("须安排的少安排{count}人")),
        MessageKind("plan/displaced-fewer", _("须安排的多安排{count}人")),
    ),
    Thing.UNMET: Words(
        MessageKind("plan/unmet", _("{count}项未达到")),
        MessageKind("plan/unmet-more", _("未达到的目标多{count}项")),
        MessageKind("plan/unmet-fewer", _("未达到的目标少{count}项")),
    ),
    Thing.SHORT_PERSONS: Words(
        MessageKind("plan/short-persons", _("缺口合计{count}人")),
        MessageKind("plan/short-persons-more", _("目标缺口多{count}人")),
        MessageKind("plan/short-persons-fewer", _("目标缺口少{count}人")),
    ),
    Thing.SHORT_MONTHS: Words(
        MessageKind("plan/short-months", _("平均数缺口合计{count}个月")),
        MessageKind("plan/short-months-more", _("平均数缺口多{count}个月")),
        MessageKind("plan/short-months-fewer", _("平均数缺口少{count}个月")),
    ),
    Thing.SHORT_UNITS: Words(
        MessageKind("plan/short-units", _("缺口合计{count}")),
        MessageKind("plan/short-units-more", _("目标缺口多{count}")),
        MessageKind("plan/short-units-fewer", _("目标缺口少{count}")),
    ),
    Thing.CONDITIONS: Words(
        MessageKind("plan/conditions", _("岗位条件符合{count}项")),
        MessageKind("plan/conditions-more", _("岗位条件多符合{count}项")),
        MessageKind("plan/conditions-fewer", _("岗位条件少符合{count}项")),
    ),
    Thing.COVERED: Words(
        MessageKind("plan/covered", _("班子专业领域覆盖{count}项")),
        MessageKind("plan/covered-more", _("专业领域多覆盖{count}项")),
        MessageKind("plan/covered-fewer", _("专业领域少覆盖{count}项")),
    ),
    Thing.DEEPER: Words(
        MessageKind("plan/deeper", _("同领域另有{count}人")),
        MessageKind("plan/deeper-more", _("同领域人员多{count}人")),
        MessageKind("plan/deeper-fewer", _("同领域人员少{count}人")),
    ),
    Thing.CROWDED: Words(
        MessageKind("plan/crowded", _("同一年龄段过于集中{count}人")),
        MessageKind("plan/crowded-more", _("同一年龄段过于集中的多{count}人")),
        MessageKind("plan/crowded-fewer", _("同一年龄段过于集中的少{count}人")),
    ),
}
_CROWDED = Words(
    MessageKind("plan/crowded-column", _("“{column}”同一段超出{count}人")),
    MessageKind("plan/crowded-column-more", _("“{column}”同一段超出的多{count}人")),
    MessageKind("plan/crowded-column-fewer", _("“{column}”同一段超出的少{count}人")),
)
"""Bands of anything but age."""
_COLUMNS = {
    "fit": Words(
        MessageKind("plan/fit", _("岗位条件计{count}分")),
        MessageKind("plan/fit-more", _("岗位条件多计{count}分")),
        MessageKind("plan/fit-fewer", _("岗位条件少计{count}分")),
    ),
    "moves": Words(
        MessageKind("plan/moves", _("调整现职{count}人")),
        MessageKind("plan/moves-more", _("多调整现职{count}人")),
        MessageKind("plan/moves-fewer", _("少调整现职{count}人")),
    ),
    "short_term": Words(
        MessageKind("plan/short-term", _("任不满一届{count}人")),
        MessageKind("plan/short-term-more", _("任不满一届的多{count}人")),
        MessageKind("plan/short-term-fewer", _("任不满一届的少{count}人")),
    ),
    "from_other_region": Words(
        MessageKind("plan/from-elsewhere", _("来自外地区{count}人")),
        MessageKind("plan/from-elsewhere-more", _("来自外地区的多{count}人")),
        MessageKind("plan/from-elsewhere-fewer", _("来自外地区的少{count}人")),
    ),
    "review": Words(
        MessageKind("plan/to-study", _("有须研究事项{count}人")),
        MessageKind("plan/to-study-more", _("有须研究事项的多{count}人")),
        MessageKind("plan/to-study-fewer", _("有须研究事项的少{count}人")),
    ),
}
_COLUMN = Words(
    MessageKind("plan/column", _("“{column}”合计{count}")),
    MessageKind("plan/column-more", _("“{column}”合计多{count}")),
    MessageKind("plan/column-fewer", _("“{column}”合计少{count}")),
)
"""A pair column that `build` did not make."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of which two plans have a different number; `good`: the second has the better."""

    text: Message
    good: bool


@dataclass(frozen=True, slots=True)
class TierValue:
    """What a plan has of a tier; `points` is its value to the solver."""

    title: Message | str
    parts: tuple[Message, ...]
    points: int

    @property
    def said(self) -> Message:
        """The parts alone, for where title and points have places of their own."""
        return PARTS(parts=list(self.parts))

    @property
    def text(self) -> Message:
        return TIER_VALUE(tier=self.title, parts=list(self.parts), points=self.points)


@dataclass(frozen=True, slots=True)
class TierChange:
    """How two plans differ in a tier; `before`, `after`: its values to the solver."""

    title: Message | str
    parts: tuple[Part, ...]
    before: int
    after: int

    @property
    def said(self) -> Message:
        """The parts alone."""
        return PARTS(parts=[part.text for part in self.parts])

    @property
    def text(self) -> Message:
        parts = [part.text for part in self.parts]
        return TIER_CHANGE(tier=self.title, parts=parts, before=self.before, after=self.after)


def tier_values(counting: Counting, standing: Standing) -> list[TierValue]:
    """Every tier of a plan."""
    tiers = zip(counting.problem.tiers, counting.of(standing), standing.tiers, strict=True)
    return [TierValue(tier_title(t.name), _have(counts), value) for t, counts, value in tiers]


def tier_changes(counting: Counting, before: Standing, after: Standing) -> list[TierChange]:
    """The tiers in which a second plan is worth more or less than a first."""
    return [change for change in tier_differences(counting, before, after) if change is not None]


def tier_differences(
    counting: Counting, before: Standing, after: Standing
) -> list[TierChange | None]:
    """The same tier by tier, None where the two are worth as much."""
    if before.tiers == after.tiers:
        return [None] * len(before.tiers)
    tiers = zip(
        counting.problem.tiers,
        zip(counting.of(before), counting.of(after), strict=True),
        zip(before.tiers, after.tiers, strict=True),
        strict=True,
    )
    return [
        None if old == new else TierChange(tier_title(tier.name), _parts(*counts), old, new)
        for tier, counts, (old, new) in tiers
    ]


def _have(counts: Sequence[Count]) -> tuple[Message, ...]:
    whole = {Thing.VACANT: FILLED, Thing.UNMET: MET}
    said = []
    for count in counts:
        if count.number:
            said.append(_said(_words(count).have, count, count.number))
        elif count.thing in whole:
            said.append(whole[count.thing]())
    return tuple(said) or (NOTHING(),)


def _parts(before: Sequence[Count], after: Sequence[Count]) -> tuple[Part, ...]:
    parts = []
    for old, new in zip(before, after, strict=True):
        more, points = new.number - old.number, new.points - old.points
        words = _words(new)
        if new.thing is Thing.CONDITIONS and more * points <= 0:
            words, more = _COLUMNS["fit"], points  # conditions of different weight
        if more:
            kind = words.more if more > 0 else words.fewer
            good = points > 0 if points else new.thing is Thing.UNMET and more < 0
            parts.append(Part(_said(kind, new, abs(more)), good))
    changed = sum(count.points for count in after) > sum(count.points for count in before)
    return tuple(parts) or (Part(OTHERWISE(), changed),)


def _words(count: Count) -> Words:
    if count.thing is Thing.COLUMN:
        return _COLUMNS.get(count.column, _COLUMN)
    if count.thing is Thing.CROWDED and count.column != AGE_MONTHS:
        return _CROWDED
    return _WORDS[count.thing]


def _said(kind: MessageKind, count: Count, number: int) -> Message:
    named = {"column": count.column} if "{column}" in kind.template else {}
    return kind(count=number, **named)
