"""Who looks at a sealed project, and when: the words of the mark on screen, paper and files."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from banzi.web.accounts.rights import rights_of


def marked(request: HttpRequest) -> str:
    """`部长甲 leader 2026-11-22 20:41`."""
    who = rights_of(request).holder
    return f"{who.name} {who.username} {timezone.localtime():%Y-%m-%d %H:%M}"
