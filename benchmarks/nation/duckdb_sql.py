# ruff: noqa: S608 (the SQL is made of our own declarations)
"""DuckDB: one window over each person's segments for all lanes, rules as SQL's own three values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from benchmarks.nation.question import DATES, KINDS, NOW, RULES, Rule, Term

MEMORY = "6GB"
BATCH = 500_000
Loaded = Any  # a DuckDB connection

LANES = [f"{kind}_months_{bound}" for kind in KINDS for bound in ("low", "high")]


def load(folder: Path) -> Loaded:
    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{MEMORY}'")
    base.execute(f"SET temp_directory = '{folder / 'duckdb'}'")
    persons, segments = (str(folder / f"{name}.parquet") for name in ("persons", "segments"))
    base.execute(
        "CREATE TABLE persons AS SELECT file_row_number::INTEGER AS person, "
        f"* EXCLUDE (file_row_number) FROM read_parquet('{persons}', file_row_number = true)"
    )
    base.execute(f"CREATE TABLE segments AS SELECT * FROM read_parquet('{segments}')")
    return base


def derive(base: Loaded) -> Loaded:
    """The table `facts`; persons in batches, so that the windows fit the memory."""
    base.execute("DROP TABLE IF EXISTS facts")
    size = base.execute("SELECT count(*) FROM persons").fetchall()[0][0]
    for first in range(0, size, BATCH):
        query = _facts(first, first + BATCH)
        base.execute(f"INSERT INTO facts {query}" if first else f"CREATE TABLE facts AS {query}")
    return base


def screen(base: Loaded) -> dict[str, Any]:
    columns = ", ".join(f'({verdict(rule)})::UTINYINT AS "{rule.id}"' for rule in RULES)
    found: dict[str, Any] = base.execute(f"SELECT person, {columns} FROM facts").fetchnumpy()
    return found


def ranks(found: dict[str, Any]) -> list[npt.NDArray[np.uint8]]:
    order = np.argsort(found["person"])
    return [np.asarray(found[rule.id], dtype=np.uint8)[order] for rule in RULES]


def _facts(first: int, last: int) -> str:
    inside = f"person >= {first} AND person < {last}"
    ends = ", ".join(f"{_end(lane)} AS end{lane}" for lane in range(len(LANES)))
    reached = ", ".join(
        f"max(end{lane}) OVER before AS reached{lane}" for lane in range(len(LANES))
    )
    sums = ", ".join(
        f'sum(greatest(0, end{lane} - greatest("start", coalesce(reached{lane}, 0))))::SMALLINT'
        f" AS {name}"
        for lane, name in enumerate(LANES)
    )
    spans = ", ".join(_months_since(name) for name in DATES)
    return f"""
        WITH ends AS (SELECT person, "start", {ends} FROM segments WHERE {inside}),
        walked AS (
            SELECT *, {reached} FROM ends WINDOW before AS (
                PARTITION BY person ORDER BY "start"
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
        covered AS (SELECT person, {sums} FROM walked GROUP BY person)
        SELECT persons.*, covered.* EXCLUDE (person), {spans}
        FROM (SELECT * FROM persons WHERE {inside}) AS persons JOIN covered USING (person)"""


def _end(lane: int) -> str:
    return f'CASE WHEN counts & {1 << lane} <> 0 THEN "end" ELSE 0 END'


def _months_since(name: str) -> str:
    month = f"{name} // 100 % 100"
    bounds = [
        f"greatest(0, {NOW + 1} - ({name} // 10000 * 12"
        f" + CASE WHEN {month} = 0 THEN {without} ELSE {month} END))"
        for without in (12, 1)
    ]
    # DuckDB's greatest leaves nulls out, so a missing date has to be said.
    return ", ".join(
        f"CASE WHEN {name} IS NOT NULL THEN {bound} END AS {name}_months_{side}"
        for bound, side in zip(bounds, ("low", "high"), strict=True)
    )


def verdict(rule: Rule) -> str:
    truth = _all(rule.holds)
    doubt = _all(rule.doubt) if rule.doubt else ""
    if rule.applies:
        applies = _all(rule.applies)
        truth = f"(NOT {applies} OR {truth})"
        doubt = doubt and f"({applies} AND {doubt})"
    breach = "3" if rule.is_must else "1"
    if rule.lenient:
        breach = f"CASE WHEN {_all(rule.lenient)} THEN 1 ELSE {breach} END"
    doubts = f"WHEN {doubt} IS NULL THEN 2 WHEN {doubt} THEN 1 " if doubt else ""
    return f"CASE WHEN {truth} IS NULL THEN 2 WHEN NOT {truth} THEN {breach} {doubts}ELSE 0 END"


def _all(terms: tuple[Term, ...]) -> str:
    return "(" + " AND ".join(map(_term, terms)) + ")"


def _term(term: Term) -> str:
    if term.span:
        least = term.values[0]
        truth = (
            f"CASE WHEN {term.name}_low >= {least} THEN true"
            f" WHEN {term.name}_high < {least} THEN false END"
        )
    elif term.kind == "at_least":
        truth = f"{term.name} >= {term.values[0]}"
    else:
        values = ", ".join(map(str, term.values))
        truth = f"{term.name} IN ({values})" if term.kind == "one_of" else term.name
    return f"(NOT ({truth}))" if term.negated else f"({truth})"
