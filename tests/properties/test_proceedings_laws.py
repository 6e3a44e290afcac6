"""What always holds of rules about proceedings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.law_cases import file_of, proceeding_cases

from banzi.law import load_law
from banzi.rules.proceedings import PROCEEDINGS, reckon
from banzi.rules.proceedings.majorities import exceeds, least_exceeding, least_reaching, reaches
from banzi.rules.proceedings.winners import winners

BY_FILE = {file_of(rule.id): rule for rule in PROCEEDINGS}
FRACTIONS = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(
    lambda pair: {"numerator": min(pair), "denominator": max(pair)}
)
VOTES = st.dictionaries(
    st.text("甲乙丙丁戊己庚", min_size=1, max_size=2), st.integers(0, 60), max_size=8
)


EVERY_CASE = [
    pytest.param(BY_FILE[name], case["figures"], case["as_of"], id=f"{name}: {case['name']}")
    for name, case in proceeding_cases()
]


@pytest.mark.parametrize(("rule", "figures", "as_of"), EVERY_CASE)
def test_a_figure_that_is_not_known_never_turns_one_answer_into_another(
    rule: Any, figures: dict[str, Any], as_of: Any
) -> None:
    whole = reckon(rule, figures, as_of, load_law())
    if whole is None:
        return
    for name in figures:
        less = reckon(rule, {**figures, name: None}, as_of, load_law())
        assert less is not None
        assert less.verdict.value in ("unknown", whole.verdict.value), name


@given(FRACTIONS, st.integers(1, 3000))
def test_the_least_number_is_the_first_that_is_enough(fraction: dict[str, int], whole: int) -> None:
    more, enough = least_exceeding(fraction, whole), least_reaching(fraction, whole)
    assert exceeds(more, fraction, whole)
    assert not exceeds(more - 1, fraction, whole)
    assert reaches(enough, fraction, whole)
    assert not reaches(enough - 1, fraction, whole)


@given(VOTES, st.integers(0, 6), st.integers(0, 100))
def test_places_and_persons_add_up(votes: dict[str, int], seats: int, base: int) -> None:
    found = winners(votes, seats, base)
    assert len(found.elected) + found.places_left == seats
    assert not set(found.elected) & set(found.tied)
    assert all(2 * votes[name] > base for name in (*found.elected, *found.tied))
    assert not found.tied or len(found.tied) > found.places_left


@given(VOTES, st.integers(0, 6), st.integers(0, 100))
def test_nobody_with_fewer_votes_is_elected_before_one_with_more(
    votes: dict[str, int], seats: int, base: int
) -> None:
    found = winners(votes, seats, base)
    left_out = [name for name in votes if name not in found.elected and 2 * votes[name] > base]
    assert all(votes[won] > votes[lost] for won in found.elected for lost in left_out)


@given(VOTES, st.integers(0, 6), st.integers(0, 100), st.randoms())
def test_the_order_of_the_ballot_decides_nothing(
    votes: dict[str, int], seats: int, base: int, random: Any
) -> None:
    shuffled = list(votes.items())
    random.shuffle(shuffled)
    one, other = winners(votes, seats, base), winners(dict(shuffled), seats, base)
    assert set(one.elected) == set(other.elected)
    assert set(one.tied) == set(other.tied)
