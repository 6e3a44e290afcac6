"""What the layout of every page needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import resolve, reverse

from banzi.web.shared.demands import Demand, demand_of
from banzi.web.shared.languages import current_language
from banzi.web.shared.navigation import ENTRIES


def layout(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: language, navigation, whether only a fragment is wanted."""
    return {
        "language": current_language(),
        "here": here(request),
        "navigation": navigation(request) if request.user.is_authenticated else [],
        "base": "shared/fragment.html" if getattr(request, "htmx", False) else "shared/page.html",
    }


def here(request: HttpRequest) -> str:
    """The address to come back to: of what was posted, the page with the form, which one can open."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return urlunsplit(("", "", came_from.path, came_from.query, "")) or "/"


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries whose page one may open, with their addresses; where one is, is marked."""
    found = []
    for entry in ENTRIES:
        url = reverse(entry.address)
        demand = demand_of(resolve(url).func)
        if demand is None or not _meets(request, demand):
            continue
        here = request.path == url if url == "/" else request.path.startswith(url)
        found.append({"title": entry.title, "url": url, "current": here})
    return found


def _meets(request: HttpRequest, demand: Demand) -> bool:
    """Whether the page would open; `accounts` answers, above this package."""
    meets = getattr(request, "meets", None)
    return meets is not None and bool(meets(demand))
