"""Pairs of officials who may not sit in one team or in a line of command (RC/3)."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.relatives import kin_pairs
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.law import Law, load_law
from banzi.roster import Roster

LINE_OF_COMMAND = "line_of_command"
SOME_KIN = _("亲属")
REASON = _("{relative}系{person}的{relation}")


def recusals(roster: Roster, as_of: date | None = None, law: Law | None = None) -> pl.DataFrame:
    """Kin among the roster's persons.

    Returns
    -------
    Frame
        One row per unordered pair, `person_a` < `person_b`, sorted: `person_a`, `person_b`,
        `scope` (always line_of_command, which contains the same team: RC/3 names both), `reason`
        (Chinese), `certain` (False: a person must confirm the link first).
    """
    as_of = as_of or roster.as_of
    pairs = kin_pairs(roster, (law or load_law()).at(as_of))
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    reasons = [
        render(
            REASON,
            {
                "person": names[row["listed_by"]],
                "relative": names[_other(row)],
                "relation": row["relation"] or SOME_KIN,
            },
        )
        for row in pairs.iter_rows(named=True)
    ]
    return pairs.select(
        "person_a",
        "person_b",
        pl.lit(LINE_OF_COMMAND).alias("scope"),
        pl.Series("reason", reasons, dtype=pl.String),
        "certain",
    )


def _other(row: dict[str, str]) -> str:
    return row["person_b"] if row["listed_by"] == row["person_a"] else row["person_a"]
