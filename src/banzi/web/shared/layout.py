"""What the layout of every page needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from banzi.web.shared.languages import current_language
from banzi.web.shared.navigation import ENTRIES


def layout(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: language, navigation, whether only a fragment is wanted."""
    return {
        "language": current_language(),
        "navigation": ENTRIES,
        "base": "shared/fragment.html" if getattr(request, "htmx", False) else "shared/page.html",
    }
