"""Kin of a few persons, worked out without the rest of the roster."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_rosters import Maker

from banzi.facts.relatives import kin_circle, kin_pairs, kin_seated
from banzi.law import load_law

DAY = date(2026, 6, 30)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sets(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=2))
def test_the_circle_of_some_persons_says_what_the_whole_roster_says_of_them(
    seed: int, chosen: set[str]
) -> None:
    roster, law = Maker(random.Random(seed), DAY).roster(), load_law().at(DAY)
    circle = kin_circle(roster, chosen)

    def of_chosen(of: pl.DataFrame) -> pl.DataFrame:
        return of.filter(pl.col("person_id").is_in(chosen))

    whole = kin_seated(roster, kin_pairs(roster, law), DAY, law)
    posts = roster["posts"]["post_id"].head(2)
    asked = whole.filter(pl.col("post_id").is_in(posts.implode()))
    if circle is None:
        assert of_chosen(asked).is_empty()
        return
    alone = kin_seated(circle, kin_pairs(circle, law), DAY, law, posts)
    assert of_chosen(alone).equals(of_chosen(asked))
