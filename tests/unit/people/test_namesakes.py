"""Namesakes: birth month, then post, and the id only where neither tells them apart."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from banzi.people.namesakes import Bearer, told_apart


def test_whoever_has_the_name_alone_is_called_by_it() -> None:
    assert told_apart([Bearer("a", "江一", 19750300), Bearer("b", "江二", 19750300)]) == {}


def test_the_birth_month_tells_apart_and_the_day_is_nobodys_business() -> None:
    found = told_apart([Bearer("a", "江一", 19750312), Bearer("b", "江一", 19800000)])
    assert found == {"a": ("1975.03",), "b": ("1980",)}


def test_of_one_month_the_post_tells_apart_and_the_id_only_where_it_does_not() -> None:
    found = told_apart(
        [
            Bearer("a", "江一", 19750300, "云岭市副市长"),
            Bearer("b", "江一", 19750300, "龙泉县县长"),
            Bearer("c", "江一", 19750300, ""),
            Bearer("d", "江一", None, "龙泉县县长"),
            Bearer("e", "江一", None),
        ]
    )
    assert found == {
        "a": ("1975.03", "云岭市副市长"),
        "b": ("1975.03", "龙泉县县长"),
        "c": ("1975.03", "c"),
        "d": ("龙泉县县长",),
        "e": ("e",),
    }


BEARERS = st.lists(
    st.builds(
        Bearer,
        st.sampled_from("abcdef"),
        st.sampled_from(["江一", "江二"]),
        st.sampled_from([None, 19750300, 19750312, 19750000, 19800000]),
        st.sampled_from(["", "县长", "书记"]),
    ),
    unique_by=lambda each: each.person_id,
)


@given(BEARERS)
def test_no_two_of_a_name_are_called_the_same_and_order_does_not_matter(
    persons: list[Bearer],
) -> None:
    found = told_apart(persons)
    assert found == told_apart(reversed(persons))
    called = defaultdict(list)
    for each in persons:
        called[each.name].append(found.get(each.person_id))
    for marks in called.values():
        assert (marks == [None]) if len(marks) == 1 else (None not in marks)
        assert len(set(marks)) == len(marks)
