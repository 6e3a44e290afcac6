"""Holders of a group: a few are put together row by row, many by Polars; both ways say the same."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from banzi.kernel import few_rows
from banzi.structure.members import Members, seat_frame

POSTS, PERSONS = ("a", "b", "c", "d", "e"), ("甲", "乙", "丙", "丁")
SEATS = st.dictionaries(st.sampled_from(POSTS), st.sampled_from(PERSONS))
GROUPS = st.lists(st.sampled_from([*POSTS, "of nobody"]), unique=True).map(tuple)


def house(seats: dict[str, str], known: list[str]) -> Members:
    return Members(
        date(2026, 6, 30),
        pl.DataFrame({"person_id": known}, schema={"person_id": pl.String()}),
        seat_frame(list(seats.items())),
        pl.DataFrame({"post_id": POSTS, "team_id": "team"}),
        pl.DataFrame({"team_id": ["team"]}),
    )


@given(seats=SEATS, known=st.permutations(PERSONS), missing=st.integers(0, 1), group=GROUPS)
def test_few_and_many_holders_are_the_same_in_the_order_of_the_posts(
    seats: dict[str, str], known: list[str], missing: int, group: tuple[str, ...]
) -> None:
    """Somebody in two posts stands once, at the first; who is not among the people is left out."""
    known = known[missing:]
    found = house(seats, known).sitting(group)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_rows, "FEW", -1)
        assert_frame_equal(house(seats, known).sitting(group), found)
    holders = [seats[post] for post in group if seats.get(post) in known]
    assert found["person_id"].to_list() == list(dict.fromkeys(holders))
