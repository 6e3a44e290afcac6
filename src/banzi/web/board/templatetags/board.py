"""The mark over pages of a sealed project: who looks at them, and when."""

from __future__ import annotations

from typing import Any

from django import template

from banzi.web.board.marking import marked
from banzi.web.board.models import Project

register = template.Library()
_TIMES = 48
"""Marks on a page; more than fit are cut off."""


@register.inclusion_tag("board/mark.html", takes_context=True)
def watermark(context: dict[str, Any], project: Project) -> dict[str, Any]:
    """Over the whole page, on paper on each; nothing for a project that is not sealed."""
    text = marked(context["request"]) if project.sealed else ""
    return {"text": text, "times": range(_TIMES)}
