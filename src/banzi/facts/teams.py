"""What the people who hold a team's posts on a day are, counted: nationality, party, other offices.

A person who holds two posts of a team is one member. Somebody whose nationality or party is not
known counts to the upper bound only.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.ages import age_facts
from banzi.facts.declared_pairs import TEAM_FACTS
from banzi.facts.levels import seats_at
from banzi.facts.pairs import titular_by_division
from banzi.people.choices import SeatRole
from banzi.roster import Roster
from banzi.teams.choices import TeamKind

_OTHER_STATE_OFFICE = (
    TeamKind.GOVERNMENT,
    TeamKind.DISCIPLINE_COMMISSION,
    TeamKind.COURT,
    TeamKind.PROCURATORATE,
    TeamKind.DEPARTMENT,
)
_LEADERS = (SeatRole.PRINCIPAL.value, SeatRole.DEPUTY.value)


def team_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per team, in roster order: `teams`' columns, tier, `titular_codes`, `TEAM_FACTS`."""
    organs = roster["organs"].select("organ_id", "division_code", "region_tier")
    teams = (
        roster["teams"]
        .join(organs, on="organ_id", how="left", maintain_order="left")
        .join(titular_by_division(roster), on="division_code", how="left", maintain_order="left")
    )
    members = _members(roster, teams, as_of)
    leads = pl.col("leads")
    counted = members.group_by("team_id", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("members"),
        *_counted(pl.col("is_titular"), leads, "titular_leaders", "titular_names"),
        *_counted(~pl.col("is_party_member"), pl.lit(True), "non_party", "non_party_names"),
        _names(pl.col("has_state_office")).alias("state_office_names"),
    )
    numbers = [column.name for column in TEAM_FACTS if column.dtype == pl.Int64]
    return teams.join(counted, on="team_id", how="left", maintain_order="left").with_columns(
        pl.col(numbers).fill_null(0)
    )


def _members(roster: Roster, teams: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per team and member, with what is known of each."""
    seats = (
        seats_at(roster, as_of)
        .join(roster["post_teams"].select("post_id", "team_id"), on="post_id")
        .join(roster["posts"].select("post_id", "role"), on="post_id")
        .join(teams.select("team_id", "team_kind", "titular_codes"), on="team_id")
    )
    office = pl.col("team_kind").is_in([kind.value for kind in _OTHER_STATE_OFFICE])
    elsewhere = seats.group_by("person_id").agg(has_state_office=office.any())
    people = (
        roster["persons"]
        .select("person_id", "name", "ethnicity")
        .join(
            age_facts(roster["persons"], as_of).select("person_id", "is_party_member"),
            on="person_id",
        )
    )
    return (
        seats.group_by("team_id", "person_id", maintain_order=True)
        .agg(
            pl.col("titular_codes").first(),
            leads=pl.col("role").is_in(_LEADERS).any(),
        )
        .join(elsewhere, on="person_id", how="left")
        .join(people, on="person_id", how="left", maintain_order="left")
        .with_columns(
            is_titular=pl.col("titular_codes").str.contains(pl.col("ethnicity"), literal=True)
        )
    )


def _counted(truth: pl.Expr, among: pl.Expr, name: str, names: str) -> tuple[pl.Expr, ...]:
    return (
        (truth & among).fill_null(False).sum().cast(pl.Int64).alias(f"{name}_low"),
        (truth.fill_null(True) & among).sum().cast(pl.Int64).alias(f"{name}_high"),
        _names(truth & among).alias(names),
    )


def _names(chosen: pl.Expr) -> pl.Expr:
    names = pl.col("name").filter(chosen.fill_null(False))
    return pl.when(names.len() > 0).then(names.str.join("、"))
