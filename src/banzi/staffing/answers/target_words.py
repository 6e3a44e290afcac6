"""A target's bound, and how far it is missed, as people say them: persons, percent, years of age."""

from __future__ import annotations

from fractions import Fraction

from banzi.facts.times import AGE_MONTHS, is_time
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.problem import Measure, Target
from banzi.structure.gaps import mean_gap, persons_gap
from banzi.structure.indicators import mean_text

PLAIN = MessageKind("plan/bound", _("{number}"))
PERCENT = MessageKind("plan/bound-percent", _("{number}%"))
OF_AGE = MessageKind("plan/bound-of-age", _("{years}岁（{months}个月）"))
OF_TIME = MessageKind("plan/bound-of-time", _("{years}年（{months}个月）"))
REACHED = MessageKind("plan/target-reached", _("达到"))


def bound_said(target: Target, bound: int) -> Message:
    """A bound of a target; months also as they are, since years are rounded to a decimal."""
    if target.measure is Measure.SHARE_PERMILLE:
        return PERCENT(number=f"{bound / 10:g}")
    if target.measure is Measure.MEAN and is_time(target.feature):
        kind = OF_AGE if target.feature == AGE_MONTHS else OF_TIME
        return kind(years=mean_text(Fraction(bound), target.feature), months=bound)
    return PLAIN(number=bound)


def gap_said(target: Target, missing: int, members: int) -> Message:
    """What a target lacks with so many members in scope; that it holds where nothing is missing."""
    if not missing:
        return REACHED()
    over = target.op == "<="
    if target.measure is Measure.MEAN:
        return mean_gap(missing, members, target.feature, over=over)
    return persons_gap(missing, over=over)
