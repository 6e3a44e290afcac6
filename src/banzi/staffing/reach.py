"""From where a post may draw its candidates: the setting 人选来源 as a column over pairs.

Officials work in a division (GB/T 2260), and so does a post. Seen from the post a person is at home
(`own`: works in the division of the post or in one inside it), comes from `above` (an organ of a
wider area that takes the post's area in: the province for a city, the city for a county) or from
`elsewhere`. Where a person works is read from the organ of the post held, else from the place that
the name of the organ begins with; who works nowhere that can be told is in no rule's reach.

What a transfer needs beyond this (level, terms, recusal of place) the rules judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import polars as pl

from banzi.codes.divisions import division, find_place, level_of, province_of, within
from banzi.staffing.settings import PlanSettings, Reach
from banzi.structure.compiling import expression
from banzi.structure.members import Members
from banzi.structure.vocabulary import PERSON_WORDS

_HEADS = ("中国共产党", "中共", "中国人民政治协商会议", "政协")
"""What the names of organs put before the place."""

_LONGEST_PLACE = 16


def within_reach(
    pairs: pl.DataFrame,
    members: Members,
    settings: PlanSettings,
    divisions: Mapping[str, str] | None = None,
) -> pl.Series:
    """For each pair whether it is in reach of a source; all true when the settings name none.

    Parameters
    ----------
    pairs
        `post_id`, `person_id`, `region` of the post.
    divisions
        Post → code of its division; for a post left out the place that its region names.
    """
    if not settings.reach:
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, pairs.height)
    posts = pairs.select("post_id", "region").unique("post_id", maintain_order=True)
    places = _places(posts, divisions or {})
    homes = _homes(members, places)
    joined = pairs.select("post_id", "person_id")
    for facts, key in (
        (places, ["post_id"]),
        (homes, ["person_id"]),
        (_relations(places, homes, settings.exchange, posts), ["place", "home"]),
        (_persons_meant(members, settings.reach), ["person_id"]),
        (_posts_meant(members, settings.reach), ["post_id"]),
    ):
        joined = joined.join(facts, on=key, how="left", maintain_order="left")
    meets = [
        (pl.col("source") == rule.source) & pl.col(f"post_{n}") & pl.col(f"person_{n}")
        for n, rule in enumerate(settings.reach)
    ]
    return joined.select(pl.any_horizontal(meets).fill_null(False)).to_series()


def _places(posts: pl.DataFrame, divisions: Mapping[str, str]) -> pl.DataFrame:
    """`post_id`, `place`: the division of each post that is known."""
    rows = []
    for post, region in posts.select("post_id", "region").iter_rows():
        match = None if region is None else find_place(region)
        code = divisions.get(post) or (match.division.code if match else None)
        if code is not None:
            rows.append((post, code))
    return _frame(rows, "post_id", "place")


def _homes(members: Members, places: pl.DataFrame) -> pl.DataFrame:
    """`person_id`, `home`: the division where each person works, where that can be told."""
    held = dict(
        members.seats.join(places, on="post_id").select("person_id", "place").iter_rows()
    )  # one who holds several posts works in the last
    provinces = tuple(sorted({province_of(code) for code in places["place"]}))
    rows = []
    texts = ("person_id", "reporting_organ", "current_posts_text")
    for person, *named in members.people.select(texts).iter_rows():
        home = held.get(person) or next(
            filter(None, (_place_of(t, provinces) for t in named)), None
        )
        if home is not None:
            rows.append((person, home))
    return _frame(rows, "person_id", "home")


def _place_of(text: str | None, provinces: tuple[str, ...]) -> str | None:
    return None if not text else place_of_organ(text, provinces)


@lru_cache(maxsize=65_536)
def place_of_organ(name: str, provinces: tuple[str, ...]) -> str | None:
    """Code of the division that an organ's name begins with, in one of some provinces; else None.

    The longest beginning counts: `云岭市望麓区…` is the district. A name without the province is
    looked for in `provinces` (codes) only, since names of counties recur across the country.
    """
    for head in _HEADS:
        name = name.removeprefix(head)
    for length in range(min(len(name), _LONGEST_PLACE), 1, -1):
        found = {
            match.division.code
            for code in provinces
            for words in _with_province(name[:length], code)
            if (match := find_place(words)) and province_of(match.division.code) == code
        }
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _with_province(words: str, code: str) -> tuple[str, ...]:
    """The words, and the words after the province's short name."""
    province = division(code)
    if province is None or words.startswith(province.short):
        return (words,)
    return (province.short + words,)


def relation(home: str, place: str) -> str:
    """own, above or elsewhere: where a person who works in `home` comes from, seen from `place`."""
    if within(home, place):
        return "own"
    return "above" if level_of(home) != "county" and within(place, home) else "elsewhere"


def _relations(
    places: pl.DataFrame,
    homes: pl.DataFrame,
    exchange: Sequence[Sequence[str]],
    posts: pl.DataFrame,
) -> pl.DataFrame:
    """`place`, `home`, `source` for every two divisions; without those that may not exchange."""
    named = posts.join(places, on="post_id").select("region", "place").unique()
    groups = [set(named.filter(pl.col("region").is_in(list(each)))["place"]) for each in exchange]
    rows = []
    for place in places["place"].unique().sort():
        open_to = [group for group in groups if place in group]
        for home in homes["home"].unique().sort():
            source = relation(home, place)
            inside = any(within(home, other) for group in open_to for other in group)
            if source != "elsewhere" or not exchange or inside:
                rows.append((place, home, source))
    return _frame(rows, "place", "home", "source")


def _persons_meant(members: Members, rules: Sequence[Reach]) -> pl.DataFrame:
    return members.people.select(
        "person_id",
        *(
            (
                pl.lit(True)
                if rule.where is None
                else expression(rule.where, PERSON_WORDS).fill_null(False)
            ).alias(f"person_{n}")
            for n, rule in enumerate(rules)
        ),
    )


def _posts_meant(members: Members, rules: Sequence[Reach]) -> pl.DataFrame:
    return pl.DataFrame({"post_id": list(members.all_posts())}).with_columns(
        pl.col("post_id").is_in(list(members.all_posts(rule.post_where))).alias(f"post_{n}")
        for n, rule in enumerate(rules)
    )


def _frame(rows: Iterable[tuple[str, ...]], *names: str) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema={name: pl.String() for name in names}, orient="row")
