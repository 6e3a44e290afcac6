"""Names of truth values, for templates."""

from __future__ import annotations

from django import template

from banzi.kernel.logic import Truth
from banzi.web.queries.judging import Part
from banzi.web.shared.templatetags.banzi import label

register = template.Library()


@register.filter
def truth_name(truth: Truth) -> str:
    """How a person stands to one comparison, for those who do not see the sign."""
    return label({True: Part.MET, None: Part.UNKNOWN, False: Part.UNMET}[truth])
