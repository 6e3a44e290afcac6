"""Conditions of any shape over given comparisons, for laws that hold of every tree."""

from __future__ import annotations

from hypothesis import strategies as st

from banzi.structure.conditions import AllOf, AnyOf, Compare, Not, Tree


def trees(leaves: st.SearchStrategy[Compare], max_leaves: int) -> st.SearchStrategy[Tree]:
    """Comparisons under all, any and not, up to so many of them."""
    return st.recursive(leaves, _grown, max_leaves=max_leaves)


def _grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda parts: AllOf(parts=parts)),
        several.map(lambda parts: AnyOf(parts=parts)),
        inner.map(lambda part: Not(part=part)),
    )
