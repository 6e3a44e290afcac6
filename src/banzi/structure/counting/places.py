"""Leadership places of organs and teams at a day: which post takes up what, and who holds it.

A place is a post seen from an organ or a team. The posts of an organ are its own and those of its
teams, so 市长 takes up a place of the government and, as a deputy, one of the Party committee: the
quotas of both were fixed with that place in them. A person with two posts of one organ counts
once, in the higher place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from banzi.facts.levels import seats_at
from banzi.kernel.columns import Labelled
from banzi.people.choices import SeatRole
from banzi.roster import Roster
from banzi.structure.counting.filling import Filling, together


class Part(Labelled):
    """What a place takes up. A member's place that counts takes up a deputy's."""

    PRINCIPAL = "principal", "正职", "principal"
    DEPUTY = "deputy", "副职", "deputy"
    TECHNICAL_HEAD = "technical_head", "三总师", "technical head"


_ORDER = {part.value: place for place, part in enumerate(Part)}


@dataclass(frozen=True, slots=True)
class Places:
    """The filling of one organ or team.

    Attributes
    ----------
    parts
        One filling a part; 三总师 stand apart only where the organ has a quota for them.
    outside
        Persons who hold posts that are known to take up no quota, and no other post here.
    posts
        How many posts there are, filled or not.
    """

    parts: dict[Part, Filling]
    outside: tuple[str, ...]
    posts: int

    @property
    def whole(self) -> Filling:
        """All parts as one allowance."""
        return together(list(self.parts.values()))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Persons of whom it is not known whether they take up a quota."""
        return self.whole.doubtful


def places_of_organs(
    roster: Roster, as_of: date, technical_head_words: Iterable[str]
) -> dict[str, Places]:
    """Every organ with its own posts and those of its teams, held against its quotas."""
    linked = _links(roster).select("organ_id", "post_id", "role_in_team", scope="organ_id")
    own = roster["posts"].select(
        "organ_id", "post_id", role_in_team=pl.lit(None, pl.String()), scope=pl.col("organ_id")
    )
    organs = {organ: organ for organ in roster["organs"]["organ_id"]}
    return _places(roster, as_of, pl.concat([linked, own]), organs, tuple(technical_head_words))


def places_of_teams(
    roster: Roster, as_of: date, technical_head_words: Iterable[str]
) -> dict[str, Places]:
    """Every team with its posts, held against the quotas of its organ."""
    linked = _links(roster).select("organ_id", "post_id", "role_in_team", scope="team_id")
    organs = dict(roster["teams"].select("team_id", "organ_id").iter_rows())
    return _places(roster, as_of, linked, organs, tuple(technical_head_words))


def principal_posts(roster: Roster) -> dict[str, frozenset[str]]:
    """Team id → its posts whose holder is the team's principal."""
    linked = _links(roster).select("organ_id", "post_id", "role_in_team", scope="team_id")
    heads = _with_parts(roster, linked, ()).filter(pl.col("part") == Part.PRINCIPAL.value)
    found: dict[str, set[str]] = {team: set() for team in roster["teams"]["team_id"]}
    for team, post in heads.select("scope", "post_id").iter_rows():
        found[team].add(post)
    return {team: frozenset(posts) for team, posts in found.items()}


def _links(roster: Roster) -> pl.DataFrame:
    teams = roster["teams"].select("team_id", "organ_id")
    return roster["post_teams"].join(teams, on="team_id")


def _places(
    roster: Roster,
    as_of: date,
    links: pl.DataFrame,
    organ_of: dict[str, str],
    technical_head_words: tuple[str, ...],
) -> dict[str, Places]:
    places = _with_parts(roster, links, technical_head_words)
    held = places.join(seats_at(roster, as_of), on="post_id").sort(
        "scope", "rank", "display_order", "post_id", "person_id", nulls_last=True
    )
    taken = held.unique(["scope", "person_id"], keep="first", maintain_order=True)
    vacant = places.join(held.select("post_id").unique(), on="post_id", how="anti").filter(
        pl.col("counts_against_quota").fill_null(True)
    )
    quotas = _quotas(roster)
    people: dict[tuple[str, str | None, bool | None], list[str]] = {}
    for scope, person, part, counts in taken.select(
        "scope", "person_id", "part", "counts_against_quota"
    ).iter_rows():
        people.setdefault((scope, part if counts is not False else None, counts), []).append(person)
    empty: dict[tuple[str, str], list[str]] = {}
    for scope, post, part in vacant.select("scope", "post_id", "part").iter_rows():
        empty.setdefault((scope, part), []).append(post)
    heights = dict(places.group_by("scope").len().iter_rows())
    found = {}
    for scope, organ in organ_of.items():
        allowed = quotas.get(organ, {})
        parts = {
            part: Filling(
                allowed.get(part),
                tuple(people.get((scope, part.value, True), ())),
                tuple(people.get((scope, part.value, None), ())),
                tuple(empty.get((scope, part.value), ())),
            )
            for part in Part
            if part is not Part.TECHNICAL_HEAD or allowed.get(part) is not None
        }
        outside = tuple(people.get((scope, None, False), ()))
        found[scope] = Places(parts, outside, heights.get(scope, 0))
    return found


def _with_parts(
    roster: Roster, links: pl.DataFrame, technical_head_words: tuple[str, ...]
) -> pl.DataFrame:
    """One row per scope and post: `part`, `counts_against_quota`, `rank` (the lower counts first)."""
    posts = roster["posts"].select(
        "post_id",
        "post_name",
        "role",
        "counts_against_quota",
        "display_order",
        own_organ="organ_id",
    )
    separate = roster["organs"].select(
        "organ_id", separate=pl.col("technical_head_quota").is_not_null()
    )
    named = pl.any_horizontal(
        pl.lit(False),
        *(pl.col("post_name").str.contains(word, literal=True) for word in technical_head_words),
    )
    own = pl.col("organ_id") == pl.col("own_organ")
    role = pl.coalesce(
        "role_in_team", pl.when(own).then("role").otherwise(pl.lit(SeatRole.DEPUTY.value))
    )
    part = (
        pl.when(role == SeatRole.PRINCIPAL.value)
        .then(pl.lit(Part.PRINCIPAL.value))
        .when(named & pl.col("separate").fill_null(False))
        .then(pl.lit(Part.TECHNICAL_HEAD.value))
        .otherwise(pl.lit(Part.DEPUTY.value))
    )
    counts = pl.col("counts_against_quota")
    certainty = pl.when(counts).then(0).when(counts.is_null()).then(1).otherwise(2)
    return (
        links.join(posts, on="post_id")
        .join(separate, on="organ_id", how="left")
        .with_columns(part=part)
        .with_columns(
            rank=certainty * 10 + pl.col("part").replace_strict(_ORDER, return_dtype=pl.Int32)
        )
        # What a team says of the role goes before what the post says by itself.
        .sort("scope", "post_id", pl.col("role_in_team").is_null(), "rank")
        .unique(["scope", "post_id"], keep="first", maintain_order=True)
        .sort("scope", "rank", "display_order", "post_id", nulls_last=True)
    )


def _quotas(roster: Roster) -> dict[str, dict[Part, int | None]]:
    columns = {
        Part.PRINCIPAL: "principal_quota",
        Part.DEPUTY: "deputy_quota",
        Part.TECHNICAL_HEAD: "technical_head_quota",
    }
    return {
        row["organ_id"]: {part: row[name] for part, name in columns.items()}
        for row in roster["organs"].select("organ_id", *columns.values()).iter_rows(named=True)
    }
