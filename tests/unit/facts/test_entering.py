"""From what kind of work a person came into the teams: the line before the first seat."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import AS_OF, of, person, roster, segment

from banzi.facts.entering import entering_facts


def came(tag: str, *, seats: list[dict[str, Any]], lines: list[dict[str, Any]]) -> bool | None:
    tags = [
        of("甲", segment_no=1, tag="enterprise", holds=True),
        of("甲", segment_no=1, tag="grassroots", holds=False),
        of("甲", segment_no=2, tag="university", holds=True),
    ]
    facts = entering_facts(
        roster(
            persons=[person("甲")],
            career_segments=lines,
            career_tags=tags,
            seats=[{"seat_no": n, "person_id": "甲", "post_id": "p", **each}
                   for n, each in enumerate(seats, start=1)],
        ),
        AS_OF,
    )  # fmt: skip
    found = facts.filter(person_id="甲")[f"came_from_{tag}"]
    return found[0] if len(found) else None


LINES = [segment("甲", 1, "2005.07", "2016.06"), segment("甲", 2, "2016.06", None)]


@pytest.mark.parametrize(
    ("seats", "tag", "expected"),
    [
        ([{"started_on": 20160600}], "enterprise", True),
        ([{"started_on": 20160600}], "grassroots", False),
        ([{"started_on": 20160600}], "university", None),  # nobody judged the first line for it
        ([{"started_on": 20200300}, {"started_on": 20160600}], "enterprise", True),
        ([{"started_on": 20200300}], "university", True),
        ([], "university", True),  # not seated: the line that is running
        ([{"started_on": 20160000}], "enterprise", None),  # which month is not known
        ([{"started_on": 20200300}, {"started_on": None}], "university", None),
    ],
)
def test_the_line_before_the_first_seat_is_the_channel(
    seats: list[dict[str, Any]], tag: str, expected: bool | None
) -> None:
    assert came(tag, seats=seats, lines=LINES) is expected


def test_two_lines_at_once_leave_the_channel_open() -> None:
    both = [segment("甲", 1, "2005.07", "2018.06"), segment("甲", 2, "2010.06", None)]
    assert came("enterprise", seats=[{"started_on": 20160600}], lines=both) is None
