"""In which order organs stand: that of their first team, then of their identifiers."""

from __future__ import annotations

from typing import Any

import polars as pl

from banzi.roster import Roster


def ordered_organs(roster: Roster) -> list[dict[str, Any]]:
    """Rows of `organs`: those with teams first, in the order the teams are shown."""
    first = roster["teams"].group_by("organ_id").agg(pl.col("display_order").min())
    return (
        roster["organs"]
        .join(first, on="organ_id", how="left")
        .sort("display_order", "organ_id", nulls_last=True)
        .to_dicts()
    )


def person_names(roster: Roster) -> dict[str, str]:
    return dict(roster["persons"].select("person_id", "name").iter_rows())


def post_names(roster: Roster) -> dict[str, str]:
    return dict(roster["posts"].select("post_id", "post_name").iter_rows())
