"""Which facts of the personnel file documents give differently, and nobody has settled.

A finding that awaits a decision, or was only noted, stays in dispute until a decision is recorded.
"""

from __future__ import annotations

import polars as pl

from banzi.facts.declared import DISPUTABLE
from banzi.roster import TABLES, Roster
from banzi.roster.keeping import FindingState

DIFFERS = frozenset(
    {
        "form/id-birth-differs",
        "import/conflict",
    }
)
"""Kinds of finding that say two documents differ; others say that one cannot be read."""


def dispute_facts(roster: Roster) -> pl.DataFrame:
    """One row per person with any: `disputed_<topic>`, the columns in dispute by name, else null."""
    if not roster["findings"].height:
        return pl.DataFrame(schema={"person_id": pl.String()})
    unsettled = (
        roster["findings"]
        .filter(
            pl.col("person_id").is_not_null()
            & (pl.col("state") != FindingState.SETTLED.value)
            & (pl.col("code").is_in(list(DIFFERS)) | (pl.col("state") == FindingState.OPEN.value))
        )
        .join(roster["decisions"].select("finding_id"), on="finding_id", how="anti")
        .select(
            "person_id",
            place=pl.format("{}.{}", "table_name", "column_name"),
            table=pl.format("{}.*", "table_name"),
            name=pl.struct("table_name", "column_name").map_elements(_name, return_dtype=pl.String),
        )
    )
    return unsettled.group_by("person_id", maintain_order=True).agg(
        _names(pl.col("place").is_in(list(columns)) | pl.col("table").is_in(list(columns))).alias(
            f"disputed_{topic}"
        )
        for topic, (_zh, _en, columns) in DISPUTABLE.items()
    )


def _name(place: dict[str, str | None]) -> str:
    table, column = place["table_name"], place["column_name"]
    if table in TABLES and column is not None and column in TABLES[table]:
        return TABLES[table][column].zh
    return TABLES[table].zh if table in TABLES else "—"


def _names(chosen: pl.Expr) -> pl.Expr:
    names = pl.col("name").filter(chosen.fill_null(False)).unique().sort()
    return pl.when(names.len() > 0).then(names.str.join("、"))
