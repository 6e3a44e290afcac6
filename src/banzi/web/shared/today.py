"""The day a page speaks of: today where the site is, or the one its address names."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone


def as_of(request: HttpRequest) -> date:
    """`?on=2026-06-30`, else today; a text that is no day counts as none."""
    return day_of(request.GET.get("on", "")) or timezone.localdate()


def day_of(text: str) -> date | None:
    """The day that a text in the ISO form names; None for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
