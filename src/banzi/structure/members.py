"""Who sits where at a date, and which posts a scope takes in.

A scope is a set of posts, so a holder of a concurrent post is a member of both its teams and still
counts once wherever both are in scope. A person with two posts in one scope counts once too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from banzi.facts.levels import seats_at
from banzi.kernel.few_rows import are_few, first_of_each, joined, taken
from banzi.roster import Roster
from banzi.structure.compiling import expression
from banzi.structure.conditions import Tree
from banzi.structure.placement import holdings, placements
from banzi.structure.vocabulary import POST_WORDS, TEAM_WORDS

_GROUPS_KEPT = 16
"""Groups whose holders are kept: every gauge of a team asks for the same ones, one after another."""


@dataclass(frozen=True)
class Group:
    """Posts that are measured together; `team_id` None when it is not one team."""

    team_id: str | None
    team_name: str
    post_ids: tuple[str, ...]


@dataclass(frozen=True)
class Members:
    """Seats at a date with everything known about people, posts and teams.

    Attributes
    ----------
    as_of
        The day that ages and tenures in `people` are counted to.
    people
        One row per person: `persons` columns and derived facts.
    seats
        `post_id`, `person_id`: one row per filled post.
    posts
        One row per post and team of it, in order of display: the words a condition on posts
        may use, `team_order`, `team_name`.
    teams
        One row per team in order of display: the words of teams.
    before
        Who held what in the state this one is compared with (`placement.holdings`); None when
        there is none.
    """

    as_of: date
    people: pl.DataFrame
    seats: pl.DataFrame
    posts: pl.DataFrame
    teams: pl.DataFrame
    before: pl.DataFrame | None = None

    def sitting(self, post_ids: tuple[str, ...]) -> pl.DataFrame:
        """Rows of `people` for the holders of these posts, once each, with `post_id` and placement."""
        kept = self._sitting
        found = kept.get(post_ids)
        if found is None:
            found = self._found_sitting(post_ids)
            if len(kept) >= _GROUPS_KEPT:
                kept.clear()  # by another request at the same time as well: nobody reads it twice
            kept[post_ids] = found
        return found

    def _found_sitting(self, post_ids: tuple[str, ...]) -> pl.DataFrame:
        if are_few(self._placed, self.people):
            holding: dict[str, list[int]] = {}
            for place, post in enumerate(self._placed.get_column("post_id").to_list()):
                holding.setdefault(post, []).append(place)
            places = [place for post in post_ids for place in holding.get(post, ())]
            held = first_of_each(taken(self._placed, places), "person_id")
            return joined(held, self.people, "person_id", how="inner")
        order = {post: place for place, post in enumerate(post_ids)}
        held = self._placed.filter(pl.col("post_id").is_in(list(order)))
        held = held.sort(pl.col("post_id").replace_strict(order, return_dtype=pl.Int64))
        held = held.unique("person_id", keep="first", maintain_order=True)
        return held.join(self.people, on="person_id", how="inner", maintain_order="left")

    def all_posts(self, where: Tree | None = None) -> tuple[str, ...]:
        """Posts that meet the condition with one of their teams, in order of display."""
        frame = self.posts if where is None else self.posts.filter(expression(where, POST_WORDS))
        return tuple(frame["post_id"].unique(maintain_order=True))

    def all_teams(self, where: Tree | None = None) -> dict[str, str]:
        """Team id → name for teams that meet the condition, in order of display."""
        frame = self.teams if where is None else self.teams.filter(expression(where, TEAM_WORDS))
        return dict(frame.select("team_id", "team_name").iter_rows())

    def posts_of(self, team_id: str) -> tuple[str, ...]:
        return self._posts_by_team.get(team_id, ())

    def with_plan(self, assignments: Mapping[str, str | None], as_of: date) -> Members:
        """The same house with the seats of a plan (post → person, None for a vacancy)."""
        rows = [(post, person) for post, person in assignments.items() if person is not None]
        return replace(self, as_of=as_of, seats=seat_frame(rows), before=self.holdings)

    def compared_with(self, old: Members) -> Members:
        """The same members, with who stayed and who moved since an earlier state known."""
        return replace(self, before=old.holdings)

    @property
    def holdings(self) -> pl.DataFrame:
        """Who holds what, as a later state is compared with it."""
        return holdings(self.seats, self.posts)

    @cached_property
    def _sitting(self) -> dict[tuple[str, ...], pl.DataFrame]:
        return {}

    @cached_property
    def filled(self) -> frozenset[str]:
        """Ids of posts that somebody holds."""
        return frozenset(self.seats["post_id"].to_list())

    @cached_property
    def post_names(self) -> dict[str, str]:
        """Post id → name."""
        return dict(self.posts.select("post_id", "post_name").iter_rows())

    @cached_property
    def _placed(self) -> pl.DataFrame:
        return placements(self.seats, self.posts, self.before)

    @cached_property
    def _posts_by_team(self) -> dict[str, tuple[str, ...]]:
        grouped = self.posts.group_by("team_id", maintain_order=True).agg("post_id")
        return {team: tuple(posts) for team, posts in grouped.iter_rows()}


def members_of(
    roster: Roster, people: pl.DataFrame, as_of: date, seats: pl.DataFrame | None = None
) -> Members:
    """Members at a date; `people` is what `facts.derive` gives for the same date.

    `seats` (post_id, person_id) replaces the seats of the roster when a plan is looked at.
    """
    sitting = _seats_at(roster, as_of) if seats is None else seats
    return Members(as_of, people, sitting, post_frame(roster), team_frame(roster))


def seat_frame(rows: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows, schema={"post_id": pl.String(), "person_id": pl.String()}, orient="row"
    )


def _seats_at(roster: Roster, day: date) -> pl.DataFrame:
    return seats_at(roster, day).select("post_id", "person_id").sort("post_id", "person_id")


def team_frame(roster: Roster) -> pl.DataFrame:
    """Teams with the tier of their organ, in order of display."""
    tiers = roster["organs"].select("organ_id", "region_tier")
    ordered = roster["teams"].sort("display_order", "team_id", nulls_last=True, maintain_order=True)
    tiered = ordered.join(tiers, on="organ_id", how="left", maintain_order="left")
    return tiered.select(*[field.name for field in TEAM_WORDS], "superior_team_id")


def post_frame(roster: Roster) -> pl.DataFrame:
    """One row per post and team: posts in the order of teams, then of posts."""
    teams = team_frame(roster).with_row_index("team_place")
    own = [field.name for field in POST_WORDS if field.name in roster["posts"].columns]
    placed = (
        roster["posts"]
        .select(*own, "display_order")
        .join(roster["post_teams"].select("post_id", "team_id", "team_order"), on="post_id")
        .join(teams, on="team_id")
    )
    first = pl.col("team_place").sort_by("team_order").first().over("post_id")
    ordered = placed.sort(first, "display_order", "post_id", "team_order", nulls_last=True)
    return ordered.select(*[field.name for field in POST_WORDS], "team_order")
