"""Whom a list is about: everybody on the roster, a team, or an organ with all below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from banzi.due.entries import DueCase
from banzi.roster import Roster
from banzi.structure.members import post_frame
from banzi.teams.choices import RegionTier

_TIERS = {tier.value: tier for tier in RegionTier}


@dataclass(frozen=True, slots=True)
class Scope:
    """At most one of team, organ and persons (in the order of a list); none: the whole roster."""

    team_id: str | None = None
    organ_id: str | None = None
    person_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds, with the tier of its team (None: no team, or no tier recorded)."""

    post_id: str
    title: str
    tier: RegionTier | None


def organs_below(roster: Roster, organ_id: str) -> set[str]:
    """The organ and every organ under it, however deep; a circle of superiors does no harm."""
    below: dict[str, list[str]] = {}
    for organ, superior in roster["organs"].select("organ_id", "superior_organ_id").iter_rows():
        below.setdefault(superior, []).append(organ)
    found, waiting = set[str](), [organ_id]
    while waiting:
        organ = waiting.pop()
        if organ not in found:
            found.add(organ)
            waiting += below.get(organ, ())
    return found


def posts_in(roster: Roster, scope: Scope) -> set[str]:
    """Posts of the scope; a team's organ counts for its posts as the post's own does."""
    if scope.team_id is not None:
        links = roster["post_teams"].filter(pl.col("team_id") == scope.team_id)
        return set(links["post_id"])
    if scope.organ_id is None:
        return set(roster["posts"]["post_id"])
    organs = list(organs_below(roster, scope.organ_id))
    teams = roster["teams"].filter(pl.col("organ_id").is_in(organs))["team_id"].to_list()
    own = roster["posts"].filter(pl.col("organ_id").is_in(organs))["post_id"]
    linked = roster["post_teams"].filter(pl.col("team_id").is_in(teams))["post_id"]
    return {*own, *linked}


def people_in(case: DueCase, scope: Scope) -> list[str]:
    """Persons of the scope: holders in order of their posts, then (whole roster) everybody else."""
    if scope.person_ids is not None:
        return list(dict.fromkeys(scope.person_ids))
    order = {post: place for place, post in enumerate(_post_order(case.roster))}
    posts = posts_in(case.roster, scope)
    held = sorted(
        ((order.get(post, len(order)), person) for person, post in case.held.iter_rows()
         if post in posts),
    )  # fmt: skip
    people = dict.fromkeys(person for _place, person in held)
    if scope == Scope():
        people.update(dict.fromkeys(case.roster["persons"]["person_id"]))
    return list(people)


def teams_of(case: DueCase) -> Mapping[str, tuple[HeldPost, ...]]:
    """Person → posts held, in order of display."""
    frame = post_frame(case.roster).unique("post_id", keep="first", maintain_order=True)
    tiers = dict(frame.select("post_id", "region_tier").iter_rows())
    organs = dict(case.roster["organs"].select("organ_id", "organ_name").iter_rows())
    titles = {
        post: f"{organs.get(organ) or ''}{name}"
        for post, organ, name in case.roster["posts"]
        .select("post_id", "organ_id", "post_name")
        .iter_rows()
    }
    order = {post: place for place, post in enumerate(_post_order(case.roster))}
    found: dict[str, list[HeldPost]] = {}
    for person, post in sorted(case.held.iter_rows(), key=lambda pair: order[pair[1]]):
        tier = tiers.get(post)
        held = HeldPost(post, titles[post], _TIERS.get(tier or ""))
        found.setdefault(person, []).append(held)
    return {person: tuple(posts) for person, posts in found.items()}


def _post_order(roster: Roster) -> list[str]:
    """Posts in order of teams and display, then those of no team."""
    return list(dict.fromkeys([*post_frame(roster)["post_id"], *roster["posts"]["post_id"]]))
