"""Names of lists and of truth values, for templates."""

from __future__ import annotations

from django import template

from banzi.kernel.logic import Truth
from banzi.web.queries.judging import Part
from banzi.web.shared.languages import current_language

register = template.Library()


@register.filter
def part_name(part: Part) -> str:
    return part.zh if current_language() == "zh" else part.en


@register.filter
def truth_name(truth: Truth) -> str:
    """How a person stands to one comparison, for those who do not see the sign."""
    return part_name({True: Part.MET, None: Part.UNKNOWN, False: Part.UNMET}[truth])
