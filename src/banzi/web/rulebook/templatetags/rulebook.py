"""Bounds of targets as people write them."""

from __future__ import annotations

from fractions import Fraction

from django import template

from banzi.structure.indicators import mean_text, percent_text
from banzi.structure.targets import Measure, Target

register = template.Library()


@register.filter
def bound(target: Target) -> str:
    """`3`, `35.0%`, `50.0` (years for ages)."""
    if target.measure is Measure.SHARE:
        return percent_text(Fraction(target.bound, 1000))
    if target.measure is Measure.MEAN:
        return mean_text(Fraction(target.bound), target.value)
    return str(target.bound)
