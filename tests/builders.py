"""Small rosters for tests: write out only what the test is about.

    roster(persons=[person("甲", birth=197503)], sanctions=[...])

Every person gets an id from the name; dates are the integers of `kernel.dates`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from banzi.kernel.dates import month_index
from banzi.roster import Roster

AS_OF = date(2026, 6, 30)


def person(name: str, **facts: Any) -> dict[str, Any]:
    """A row of `persons`; nothing is known of the person but what is given."""
    return {"person_id": name, "name": name, **facts}


def of(name: str, no: str = "", **facts: Any) -> dict[str, Any]:
    """A row about a person in another table; `no` names its running-number column."""
    return {"person_id": name, **({no: facts.pop("number", 1)} if no else {}), **facts}


def month(text: str) -> int:
    """`"2016.06"` as a month index."""
    year, number = text.split(".")
    return month_index(int(year), int(number))


def segment(
    name: str, number: int, start: str, end: str | None, text: str = "工作", **facts: Any
) -> dict[str, Any]:
    """A row of `career_segments` from `"2010.07"` to `"2016.06"`; end None means up to now."""
    return {
        "person_id": name,
        "segment_no": number,
        "segment_kind": "main",
        "started": month(start),
        "ended": None if end is None else month(end),
        "is_open": end is None,
        "text": text,
        **facts,
    }


def roster(as_of: date = AS_OF, **tables: list[dict[str, Any]]) -> Roster:
    return Roster.of(as_of, **tables)
