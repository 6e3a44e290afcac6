"""Highest education, highest full-time education and full-time degree, as tiers 0 to 3.

Tiers follow the groups of code table education_zb64: 1… postgraduate, 2… university, 31 to 34
college, the rest below. Degrees without an education of their own do not count
towards education. An honorary degree is none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from banzi.codes.lookup import code_of, name_of
from banzi.kernel.date_columns import on_or_before
from banzi.kernel.few_rows import joined
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading
from banzi.kernel.steps import Gathering, Step
from banzi.people.choices import EducationMode
from banzi.roster import Roster

_TABLE, _DEGREES = "education_zb64", "degree_gbt6864"

TIERS = {"研究生": 3, "大学本科": 2, "大学专科": 1}
"""What the law files call a level of education → its tier."""


def education_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person; null when no education is known, or one that might be higher is unread.

    The education table counts first; a person without a row in it is read from the form's texts.
    """
    rows = _TIERS.add(_GRADUATED.filter(roster["education"], as_of=as_of))
    texts = _TEXTS.select(roster["persons"], "person_id")
    found = texts
    for each in (_degrees(roster, as_of), _FROM_TABLE.of(rows)):
        found = joined(found, each, "person_id")
    return _EDUCATION.select(found, "person_id", "full_time_degree_tier")


def _graduated(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    by_then = on_or_before(pl.col("graduated_on"), as_of).fill_null(True)
    is_named = pl.col("education_code").is_not_null() | pl.col("education_name").is_not_null()
    return {"is_kept": by_then & is_named}


def _from_table() -> dict[str, pl.Expr]:
    tier, full_time = pl.col("tier"), _full_time()
    return {
        "table_tier": _highest(tier, pl.lit(True)),
        "table_full_time": _highest(tier, full_time.fill_null(True)),
        "mode_open": full_time.is_null().any(),
    }


def _texts() -> dict[str, pl.Expr]:
    return {
        name: _read(pl.col(name), _tier_of_text, pl.Int64())
        for name in ("full_time_education", "in_service_education")
    }


def _education() -> dict[str, pl.Expr]:
    mode_open = pl.col("mode_open")
    stated = pl.max_horizontal("full_time_education", "in_service_education")
    return {
        "education_tier": pl.when(mode_open.is_null()).then(stated).otherwise("table_tier"),
        "full_time_education_tier": pl.when(mode_open.is_null())
        .then("full_time_education")
        .when(~mode_open)
        .then("table_full_time"),
    }


def degree_tier_of(name: str) -> int | None:
    """3 doctor, 2 master, 1 bachelor, 0 for an honorary degree; None for another wording."""
    if name.startswith("名誉"):
        return 0
    for tier, ending in ((3, "博士"), (2, "硕士"), (1, "学士")):
        if name.strip().endswith(ending):
            return tier
    return None


def _degrees(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: `full_time_degree_tier`.

    Full-time rows of the education table count first, one without a degree as 0; a person without
    any row in it is read from the form's text, where a blank may mean no degree or not filled in.
    """
    rows = _DEGREES_READ.add(_CONFERRED.filter(roster["education"], as_of=as_of))
    stated = _STATED_DEGREE.select(roster["persons"], "person_id")
    found = joined(stated, _DEGREES_FROM_TABLE.of(rows), "person_id")
    return _DEGREE.select(found, "person_id")


def _conferred(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    conferred = pl.coalesce("degree_on", "graduated_on")
    return {"is_kept": on_or_before(conferred, as_of).fill_null(True)}


def _degrees_read() -> dict[str, pl.Expr]:
    names = pl.coalesce(
        _read(pl.col("degree_code"), _degree_name, pl.String()), pl.col("degree_name")
    )
    tier = _read(names, degree_tier_of, pl.Int64())
    return {"degree": pl.when(names.is_null()).then(0).otherwise(tier)}


def _degrees_from_table() -> dict[str, pl.Expr]:
    full_time = _full_time()
    return {
        "table_degree": pl.when(full_time.is_not_null().all()).then(
            _highest(pl.col("degree"), full_time)
        ),
        "has_full_time": full_time.fill_null(True).any(),
    }


def _degree() -> dict[str, pl.Expr]:
    has_full_time = pl.col("has_full_time")
    return {
        "full_time_degree_tier": pl.when(has_full_time)
        .then("table_degree")
        .when(has_full_time.is_null())
        .then("stated")
    }


def _full_time() -> pl.Expr:
    return pl.col("education_mode") == EducationMode.FULL_TIME.value


def tier_of(code: str) -> int | None:
    """3 postgraduate, 2 university, 1 college, 0 below; None for an unknown code."""
    if code.startswith("1"):
        return 3
    if code.startswith("2"):
        return 2
    if code in ("3", "31", "32", "33", "34"):
        return 1
    return 0 if code in ("35", "36", "37", "38", "39") else None


def _tier_of_text(text: str) -> int | None:
    code = code_of(_TABLE, text)
    return None if code is None else tier_of(code)


def _degree_name(code: str) -> str | None:
    return name_of(_DEGREES, code)


def _highest(tiers: pl.Expr, among: pl.Expr) -> pl.Expr:
    top = tiers.filter(among).max()
    return pl.when(tiers.is_not_null().filter(among).all() | (top == 3)).then(top)


def _read(texts: pl.Expr, meaning: Callable[[str], object], dtype: pl.DataType) -> pl.Expr:
    """What is read of each text, null of null; texts are few and each is read once."""
    if is_reading():
        return by_name(meaning.__qualname__, texts)

    def read(column: pl.Series) -> pl.Series:
        meanings = {text: None if text is None else meaning(text) for text in column.unique()}
        return pl.Series(column.name, [meanings[text] for text in column], dtype=dtype)

    return texts.map_batches(read, return_dtype=dtype, is_elementwise=True)


def _or_none(meaning: Callable[[str], object]) -> Callable[[str | None], object]:
    return lambda text: None if text is None else meaning(text)


FUNCTIONS.update(
    {
        each.__qualname__: _or_none(each)
        for each in (tier_of, _tier_of_text, degree_tier_of, _degree_name)
    }
)
_GRADUATED, _TEXTS, _EDUCATION = Step(_graduated), Step(_texts), Step(_education)
_TIERS = Step(lambda: {"tier": _read(pl.col("education_code"), tier_of, pl.Int64())})
_FROM_TABLE = Gathering(["person_id"], _from_table)
_CONFERRED, _DEGREES_READ, _DEGREE = Step(_conferred), Step(_degrees_read), Step(_degree)
_DEGREES_FROM_TABLE = Gathering(["person_id"], _degrees_from_table)
_STATED_DEGREE = Step(
    lambda: {"stated": _read(pl.col("full_time_degree"), degree_tier_of, pl.Int64())}
)
