"""How far a result is from its target, in the measure people use: persons, or years and months.

The solver counts a mean as a sum over all persons (“441 months to lose”); a reader thinks in the
difference of the means. Both are said. Not here: whether a target is met (`indicators`).
"""

from __future__ import annotations

from fractions import Fraction

from banzi.facts.times import AGE_MONTHS, is_time
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.indicators import IndicatorResult, mean_text
from banzi.structure.targets import Measure

PERSONS = MessageKind("structure/gap-persons", _("差{count}人"))
PERSONS_OVER = MessageKind("structure/gap-persons-over", _("超{count}人"))
YEARS_OVER = MessageKind("structure/gap-years-over", _("高{years}岁（合计需减少{months}个月）"))
YEARS_UNDER = MessageKind("structure/gap-years-under", _("低{years}岁（合计需增加{months}个月）"))
TIME_OVER = MessageKind("structure/gap-time-over", _("高{years}年（合计需减少{months}个月）"))
TIME_UNDER = MessageKind("structure/gap-time-under", _("低{years}年（合计需增加{months}个月）"))
SUM_OVER = MessageKind("structure/gap-over", _("高{mean}（合计需减少{sum}）"))
SUM_UNDER = MessageKind("structure/gap-under", _("低{mean}（合计需增加{sum}）"))
ALONE = MessageKind("structure/figure", _("{figure}"))
YEARS = MessageKind("structure/figure-years", _("{figure}岁"))


def with_unit(result: IndicatorResult, figure: str) -> Message:
    """A figure of the result with its unit where the figure alone does not tell it."""
    indicator = result.indicator
    in_years = indicator.measure is Measure.MEAN and indicator.value == AGE_MONTHS
    return (YEARS if in_years and result.value is not None else ALONE)(figure=figure)


def gap_message(result: IndicatorResult) -> Message:
    """What a missed target lacks; the mean difference counts the unknown against the target."""
    target, short = result.target, result.shortfall
    if target is None or short is None:
        return ALONE(figure="")
    over = target.op == "<="
    if result.counts_people:
        return persons_gap(short, over=over)
    return mean_gap(short, len(result.entries), target.value, over=over)


def persons_gap(short: int, *, over: bool) -> Message:
    """So many persons too few, or too many."""
    return (PERSONS_OVER if over else PERSONS)(count=short)


def mean_gap(short: int, members: int, value: str, *, over: bool) -> Message:
    """A mean too high or too low, from what the sum over the members lacks.

    `value`: what is averaged; a time is told in years.
    """
    mean = mean_text(Fraction(short, max(1, members)), value)
    if value == AGE_MONTHS:
        return (YEARS_OVER if over else YEARS_UNDER)(years=mean, months=short)
    if is_time(value):
        return (TIME_OVER if over else TIME_UNDER)(years=mean, months=short)
    return (SUM_OVER if over else SUM_UNDER)(mean=mean, sum=short)
