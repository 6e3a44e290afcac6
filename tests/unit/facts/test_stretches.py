"""Months covered: steps over arrays, machine code and sets of months must say the same."""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banzi.facts import stretches as module
from banzi.facts.stretches import (
    MOST_KINDS,
    Kinds,
    Stretches,
    covered_months,
    in_arrays,
    in_machine_code,
    months_of_kinds,
)

Row = tuple[int, int, int]
CAREERS = st.lists(
    st.lists(
        st.tuples(st.integers(1, 90), st.integers(0, 90), st.integers(0, 2**32 - 1)), max_size=9
    ),
    max_size=5,
)


def packed(careers: list[list[Row]], width: type[np.unsignedinteger]) -> Stretches:
    rows = [sorted(career) for career in careers]
    flat = [row for career in rows for row in career]
    starts, ends, counts = zip(*flat, strict=True) if flat else ((), (), ())
    most = int(np.iinfo(width).max)
    return Stretches(
        np.cumsum([0, *map(len, rows)], dtype=np.int64),
        np.array(starts, dtype=np.int16),
        np.array(ends, dtype=np.int16),
        np.array([count & most for count in counts], dtype=width),
    )


def by_sets(careers: list[list[Row]], lanes: int) -> list[list[int]]:
    return [
        [
            len({m for start, end, count in career if count >> lane & 1 for m in range(start, end)})
            for career in careers
        ]
        for lane in range(lanes)
    ]


@given(CAREERS, st.integers(1, 8))
def test_an_overlap_counts_once(careers: list[list[Row]], kinds: int) -> None:
    months = covered_months(packed(careers, np.uint16), kinds)
    assert months.tolist() == by_sets(careers, 2 * kinds)


@settings(deadline=None)
@given(CAREERS, st.sampled_from([(np.uint16, 3), (np.uint16, 8), (np.uint32, 10), (np.uint32, 16)]))
def test_machine_code_and_arrays_say_what_sets_of_months_say(
    careers: list[list[Row]], shape: tuple[type[np.unsignedinteger], int]
) -> None:
    width, kinds = shape
    stretches = packed(careers, width)
    for way in (in_machine_code, in_arrays):
        assert way(stretches, 2 * kinds).tolist() == by_sets(careers, 2 * kinds)


def test_large_work_goes_to_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(module, "WORTH_COMPILING", 4)
    monkeypatch.setattr(module, "in_machine_code", lambda given, lanes: asked.append(lanes))
    covered_months(packed([[(1, 2, 1)]], np.uint16), 1)
    assert asked == []
    covered_months(packed([[(1, 2, 1), (1, 3, 1)]], np.uint16), 1)
    assert asked == [2]


def test_rows_become_months_of_each_kind_for_every_person_with_a_row() -> None:
    rows = pl.DataFrame(
        {
            "person_id": ["乙", "甲", "甲", "甲", "丙"],
            "start": [100, 110, 100, 105, 90],
            "end": [112, 130, 106, 107, 80],
            "sure": [True, True, False, None, True],
            "main": [False, True, True, True, True],
        }
    )
    sure, main = pl.col("sure"), pl.col("main")
    kinds = Kinds(lambda: {"all": (sure, sure.fill_null(True)), "main": (sure & main, main)})
    months = months_of_kinds(rows, ["person_id"], kinds)
    assert months.rows() == [
        ("丙", 0, 0, 0, 0),
        ("乙", 12, 12, 0, 0),
        ("甲", 20, 22, 20, 27),
    ]  # fmt: skip


def test_nobody_has_no_months() -> None:
    rows = pl.DataFrame(schema={"person_id": pl.String(), "start": pl.Int32(), "end": pl.Int32()})
    kinds = Kinds(lambda: {"all": (pl.lit(True), pl.lit(True))})
    months = months_of_kinds(rows, ["person_id"], kinds)
    assert months.is_empty()
    assert months.columns == ["person_id", "all_low", "all_high"]


def test_more_kinds_than_bits_are_refused() -> None:
    many = {str(n): (pl.lit(True), pl.lit(True)) for n in range(MOST_KINDS + 1)}
    with pytest.raises(ValueError, match="17 kinds"):
        Kinds(lambda: many)


def test_the_compiler_stays_closed_for_an_ordinary_roster() -> None:
    program = (
        "import sys, numpy as np; from banzi.facts.stretches import *; import banzi.facts;"
        "n = 20_000; o = np.arange(n + 1); s = np.ones(n, np.int16);"
        "covered_months(Stretches(o, s, s + 1, np.ones(n, np.uint16)), 2);"
        "print('numba' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
