"""Members of teams as the statistics see them, and teams by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.members import Members
from banzi.teams.choices import RegionTier, TeamKind

UNKNOWN = _("不详")
_CATEGORY = _("{tier}{kind}班子")
NO_TEAMS = MessageKind("counting/no-teams", _("花名册中没有班子，无可统计；请先导入班子和职位。"))


@dataclass(frozen=True, slots=True)
class Official:
    """What the columns ask about one member; None is not known."""

    person_id: str
    age_months: int | None
    birth_year: int | None
    education_tier: int | None
    full_time_tier: int | None
    full_time_degree_tier: int | None
    is_woman: bool | None
    is_party_member: bool | None
    is_principal: bool

    @property
    def age(self) -> int | None:
        """Completed years."""
        return None if self.age_months is None else self.age_months // 12


def officials_of(members: Members, team: str, heads: frozenset[str]) -> tuple[Official, ...]:
    posts = members.posts_of(team)
    # The principal's post comes first, so that one who holds two posts counts in the higher one.
    ordered = tuple(sorted(posts, key=lambda post: post not in heads))
    people = members.sitting(ordered)
    return tuple(_official(row, row["post_id"] in heads) for row in people.iter_rows(named=True))


def _official(row: dict[str, Any], is_principal: bool) -> Official:
    return Official(
        row["person_id"],
        row["age_months"],
        row["birth_year"],
        row["education_tier"],
        row["full_time_education_tier"],
        row["full_time_degree_tier"],
        row["is_woman"],
        row["is_party_member"],
        is_principal,
    )


def each_once(officials: Sequence[Official]) -> tuple[Official, ...]:
    """Everybody once; a principal of one team is a principal."""
    found: dict[str, Official] = {}
    for each in officials:
        if each.person_id not in found or each.is_principal:
            found[each.person_id] = each
    return tuple(found.values())


def highest_class(each: Official) -> str:
    if each.education_tier is None:
        return "unknown"
    return {3: "postgraduate", 2: "university"}.get(each.education_tier, "college")


def full_time_class(each: Official) -> str:
    """研究生 without a doctor's degree are 硕士研究生; where no degree is known, nobody can tell."""
    if each.full_time_tier == 3:
        degree = each.full_time_degree_tier
        return "unknown" if degree is None else "doctor" if degree == 3 else "master"
    if each.full_time_tier is None:
        return "unknown"
    return "university" if each.full_time_tier == 2 else "college"


def categories_of_teams(members: Members) -> dict[str, list[str]]:
    """Kind of team (`市级政府班子`) → its teams; both in order of display."""
    kinds = {kind.value: kind.zh for kind in TeamKind}
    tiers = {tier.value: tier.zh for tier in RegionTier}
    found: dict[str, list[str]] = {}
    for team, kind, tier in members.teams.select("team_id", "team_kind", "region_tier").iter_rows():
        category = render(_CATEGORY, {"tier": tiers.get(tier, ""), "kind": kinds[kind]})
        found.setdefault(category, []).append(team)
    return found
