"""What a rule says of one row as a plain function is what Polars says of it."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banzi.kernel.one_row import function_of
from banzi.kernel.row_functions import OtherKindError
from banzi.law import load_law
from banzi.rules import RULES
from banzi.rules.explaining import declared
from banzi.rules.runtime.compiling import Compiled, compile_rule

DAYS = (date(2026, 6, 30), date(2016, 1, 1), date(2031, 1, 1))
ROWS = 60
NUMBERS = [None, *range(8), 11, 12, 13, 24, 35, 36, 37, 60, 89, 90, 119, 120, 180, 550, 24_400]
TEXTS = [None, "", "met", "not_met", "under_review", "excellent", "incompetent", "1A21", "1A31"]
DATES = [None, date(1, 1, 1), date(1990, 1, 31), date(2016, 1, 1), *DAYS, date(2099, 12, 31)]


def compiled(day: date) -> list[Compiled]:
    law = load_law()
    return [compile_rule(rule, law, day) for rule in RULES if rule.in_force(day)]


def made(names: tuple[str, ...], rng: random.Random) -> pl.DataFrame:
    schema = {name: declared(name).dtype for name in names}
    values = {
        name: DATES
        if dtype == pl.Date
        else [None, False, True]
        if dtype == pl.Boolean
        else NUMBERS
        if dtype.is_integer()
        else TEXTS
        for name, dtype in schema.items()
    }
    rows = [{name: rng.choice(given) for name, given in values.items()} for _row in range(ROWS)]
    return pl.DataFrame(rows, schema=schema)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(DAYS))
def test_every_rule_says_of_one_row_what_polars_says(seed: int, day: date) -> None:
    rng = random.Random(seed)
    for each in compiled(day):
        frame = made(tuple(dict.fromkeys((*each.reads, "post_level"))), rng)
        for name, expression in each.told.items():
            function = function_of(expression)
            assert function is not None, (each.rule.id, name)
            try:
                expected = frame.select(found=expression)["found"].to_list()
            except ValueError:  # a day in a year that no calendar has
                continue
            expected = expected * ROWS if len(expected) == 1 else expected
            assert [function(row) for row in frame.iter_rows(named=True)] == expected, name


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(DAYS))
def test_the_verdict_of_one_row_is_that_of_the_frame(seed: int, day: date) -> None:
    rng = random.Random(seed)
    each = rng.choice(compiled(day))
    frame = pl.DataFrame(
        [{name: rng.choice((None, False, True)) for name in each.answers} for _row in range(ROWS)],
        schema=dict.fromkeys(each.answers, pl.Boolean()),
    ).rename({name: f"{each.rule.id}|{name}" for name in each.answers})
    expected = frame.select(each.rank).to_series().to_list()
    bare = frame.rename({f"{each.rule.id}|{name}": name for name in each.answers})
    assert [each.rank_of(row) for row in bare.iter_rows(named=True)] == expected


def test_what_is_not_known_here_is_left_to_polars() -> None:
    assert function_of(pl.col("a").std()) is None
    assert function_of(pl.col("a").map_batches(lambda column: column)) is None
    assert function_of(pl.col("a") * pl.lit(0.5)) is None


@pytest.mark.parametrize(
    ("expression", "row"),
    [
        (pl.col("a") + pl.col("b"), {"a": 1, "b": "一"}),
        (pl.col("a") & pl.col("b"), {"a": 1, "b": True}),
        (pl.col("a") > pl.col("b"), {"a": 1, "b": True}),
        (pl.col("a") + pl.col("b"), {"a": 0.5, "b": 0.5}),
        (pl.col("a").is_in(["一"]), {"a": 1, "b": None}),
    ],
)
def test_values_of_other_kinds_are_refused_when_met(
    expression: pl.Expr, row: dict[str, object]
) -> None:
    function = function_of(expression)
    assert function is not None
    with pytest.raises(OtherKindError):
        function(row)
