"""A token sees what both it and its account do: never more, and no less."""

from datetime import date, timedelta

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.support.accounts import account, grant
from tests.support.small_region import ORGANS, small_region
from tests.support.tokens import token_for

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import Rights
from banzi.web.api.narrowing import TokenRights

DAY = timezone.localdate()
organ = st.none() | st.sampled_from(sorted(ORGANS))
fields = st.sets(st.sampled_from(FieldClass))
granted = st.tuples(
    st.sampled_from(Verb),
    organ,
    st.sets(st.sampled_from(("1A21", "1A31", "1A41"))),
    fields,
    st.sampled_from((None, DAY - timedelta(days=1), DAY + timedelta(days=1))),
)


def below(root: str | None) -> set[str]:
    """The organ and all below; every organ for None."""

    def within(each: str | None) -> bool:
        return each is not None and (each == root or within(ORGANS[each]))

    return {each for each in ORGANS if root is None or within(each)}


class TokensWithinAccounts(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(granted, max_size=3),
        st.sets(st.sampled_from(Verb)),
        organ,
        fields,
        st.sampled_from((-1, 0, 1)),
    )
    def test_a_token_never_sees_more_than_its_account(
        self,
        grants: list[tuple[Verb, str | None, set[str], set[FieldClass], date | None]],
        verbs: set[Verb],
        root: str | None,
        classes: set[FieldClass],
        days: int,
    ) -> None:
        small_region()
        holder = account()
        for verb, where, levels, held, until in grants:
            grant(holder, verb, organ=where, fields=tuple(held), until=until,
                  levels=" ".join(sorted(levels)))  # fmt: skip
        made = token_for(holder, verbs=verbs, organ=root, fields=classes,
                         until=DAY + timedelta(days=days))  # fmt: skip
        whole, cut = Rights(holder, DAY), TokenRights(made.token, DAY)
        for verb in Verb:
            open_here = verb in verbs and days > 0
            expected = set(whole.organs(verb)) & below(root) if open_here else set()
            assert set(cut.organs(verb)) == expected
            for each in FieldClass:
                mine, all_his = set(cut.persons(verb, each)), set(whole.persons(verb, each))
                assert mine <= all_his
                if not open_here or (each is not FieldClass.BASIC and each not in classes):
                    assert mine == set()
                elif root is None:
                    assert mine == all_his
