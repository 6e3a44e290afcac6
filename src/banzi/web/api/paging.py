"""Lists by page: how many there are, which page this is, and its items. Beyond the last: no items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field, create_model

from banzi.kernel.messages import gettext_noop as _
from banzi.web.api.shapes import Day, Plain

ABSENT: Any = None
"""Default of a parameter that may be left out but not be given as nothing."""


class Dated(Schema):
    """The day a list speaks of."""

    on: Day = Field(ABSENT, description=_("基准日；不填为今天"))


class Paged(Dated):
    """Which page of a list is wanted, how long pages are, and whether texts are."""

    page: int = Field(1, ge=1, le=1_000_000, description=_("第几页"))
    size: int = Field(50, ge=1, le=200, description=_("每页多少条"))
    texts: bool = Field(False, description=_("是否附各列在页面上的写法"))


def paged_shape(item: type[Plain], name: str) -> type[Plain]:
    """The shape of one page of such items."""
    given: dict[str, Any] = {
        "as_of": (str, Field(description=_("基准日"))),
        "count": (int, Field(description=_("共多少条；只计有权看到的"))),
        "page": (int, ...),
        "pages": (int, ...),
        "items": (list[item], ...),  # type: ignore[valid-type]  # made at start
    }
    return create_model(name, __base__=Plain, **given)


def page_json(
    found: QuerySet[Any] | Sequence[Any],
    asked: Paged,
    as_of: date,
    told: Callable[[Sequence[Any]], list[dict[str, Any]]],
) -> dict[str, Any]:
    """The page asked for; only its items are told."""
    count = found.count() if isinstance(found, QuerySet) else len(found)
    start = (asked.page - 1) * asked.size
    items = list(found[start : start + asked.size])
    return {
        "as_of": as_of.isoformat(),
        "count": count,
        "page": asked.page,
        "pages": -(-count // asked.size),
        "items": told(items) if items else [],
    }
