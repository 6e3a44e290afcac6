"""Scope worked out by the database against its definition, one person at a time."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.support.accounts import account, administrator
from tests.support.small_region import add

from banzi.web.accounts.models import Account, Grant, Management
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act

DAY, EARLIER, LATER = date(2026, 6, 15), date(2025, 1, 1), date(2026, 12, 1)
LEVELS = ("1A31", "1A41")
ORGANS = tuple(range(5))
level = st.sampled_from(LEVELS)
starts = st.sampled_from((EARLIER, DAY, LATER))
until = st.sampled_from((None, date(2026, 1, 1), DAY, date(2027, 1, 1)))
partial = st.sampled_from((None, 20250000, 20260600, 20260615, 20260616, 20270000))
organ = st.sampled_from(ORGANS)
person = st.sampled_from((0, 1, 2))
world = st.fixed_dictionaries(
    {
        "superiors": st.tuples(*(st.sampled_from((None, *range(number))) for number in ORGANS)),
        "posts": st.tuples(*(st.tuples(organ, st.none() | level) for _post in range(3))),
        "levels": st.tuples(*(st.none() | level for _person in range(3))),
        "seats": st.lists(
            st.tuples(st.sampled_from((0, 1, 2)), person, partial, partial), max_size=4
        ),
        "posted": st.lists(
            st.tuples(
                person, st.none() | organ, st.none() | level, st.booleans(), partial, partial
            ),
            max_size=3,
        ),
        "managed": st.lists(
            st.tuples(person, organ, st.none() | level, starts, until).filter(
                lambda row: row[4] is None or row[4] > row[3]
            ),
            max_size=3,
        ),
        "grants": st.lists(
            st.tuples(st.none() | organ, st.sets(level), starts, until), min_size=1, max_size=3
        ),
    }
)


def within(place: int | None, root: int | None, superiors: tuple[int | None, ...]) -> bool:
    if root is None:
        return True
    while place is not None:
        if place == root:
            return True
        place = superiors[place]
    return False


def places(who: int, given: dict[str, list[tuple]]) -> list[tuple[int | None, str | None]]:
    """Where a person belongs on the day, by the definition."""
    managed = [
        (where, at) for whom, where, at, begun, ended in given["managed"]
        if whom == who and begun <= DAY and (ended is None or ended > DAY)
    ]  # fmt: skip
    if managed:
        return managed
    number = 20260615
    seated = [
        given["posts"][post] for post, whom, begun, ended in given["seats"]
        if whom == who and (begun is None or begun <= number) and (ended is None or ended > number)
    ]  # fmt: skip
    posted = [
        (where, at) for whom, where, at, in_office, begun, ended in given["posted"]
        if whom == who and in_office and where is not None
        and (begun is None or begun <= number) and (ended is None or ended > number)
    ]  # fmt: skip
    return [*seated, *posted] or [(None, given["levels"][who])]


def covered(given: dict[str, list[tuple]]) -> set[str]:
    found = set()
    for who in range(3):
        for root, levels, begun, ended in given["grants"]:
            if begun > DAY or (ended is not None and ended <= DAY):
                continue
            for where, at in places(who, given):
                in_organ = root is None or (
                    where is not None and within(where, root, given["superiors"])
                )
                if in_organ and (not levels or at in levels):
                    found.add(f"p{who}")
    return found


def build(given: dict[str, list[tuple]]) -> Account:
    holder, giver = account(), administrator()
    with act("test.world", by=None):
        for number, above in enumerate(given["superiors"]):
            add("organs", organ_id=f"o{number}", organ_name="机构",
                superior_organ_id=None if above is None else f"o{above}")  # fmt: skip
        for number, (where, at) in enumerate(given["posts"]):
            add("posts", post_id=f"q{number}", post_name="职位", organ_id=f"o{where}",
                post_level=at, role="deputy")  # fmt: skip
        for number, at in enumerate(given["levels"]):
            add("persons", person_id=f"p{number}", name="人", post_level=at)
        for number, (post, who, begun, ended) in enumerate(given["seats"]):
            add("seats", seat_no=number, post_id=f"q{post}", person_id=f"p{who}",
                started_on=begun, ended_on=ended)  # fmt: skip
        for number, (who, where, at, in_office, begun, ended) in enumerate(given["posted"]):
            add("appointments", person_id=f"p{who}", appointment_no=number, organ_name="机构",
                organ_code=None if where is None else f"o{where}", post_level=at,
                in_office=in_office, appointed_on=begun, removed_on=ended,
                is_main_post=False)  # fmt: skip
        for who, where, at, begun, ended in given["managed"]:
            Management.objects.create(person_id=f"p{who}", organ_id=f"o{where}", level=at,
                                      starts=begun, until=ended, basis="分工")  # fmt: skip
        for root, levels, begun, ended in given["grants"]:
            Grant.objects.create(
                account=holder, verb=Verb.VIEW, organ_id=None if root is None else f"o{root}",
                levels=" ".join(sorted(levels)), starts=begun, until=ended, given_by=giver,
                why="分工",
            )  # fmt: skip
    return holder


class ScopeLaws(TestCase):  # type: ignore[misc]
    @settings(max_examples=60, deadline=None)
    @given(world)
    def test_the_database_covers_whom_the_definition_covers(self, given: dict) -> None:  # type: ignore[type-arg]
        holder = build(given)
        assert set(Rights(holder, DAY).persons(Verb.VIEW)) == covered(given)
