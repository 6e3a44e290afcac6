"""Who is no candidate: kept beside a bundle, read again, told in words."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from banzi.kernel.errors import BadInput
from banzi.staffing.bundle import csv_bytes
from banzi.staffing.left_out import POSTS_FILE, RuleLeftOut, counted, left_out_tables, read_left_out

DROPPED = pl.DataFrame(
    [
        ("b", "甲", "unknown"),
        ("b", "乙", "fail"),
        ("b", "丙", "fail"),
        ("a", "甲", "level"),
        ("a", "乙", "reach"),
        ("b", "丁", "level"),
        ("a", "丁", "level"),
    ],
    schema=["post_id", "person_id", "reason"],
    orient="row",
)
RULES = (
    RuleLeftOut("逐级提拔", "AR/9", "fail", 2),
    RuleLeftOut("任职年限", "AR/8.3", "unknown", 5),
)


def written(folder: Path, dropped: pl.DataFrame = DROPPED) -> Path:
    for name, table in left_out_tables(dropped, RULES).items():
        (folder / name).write_bytes(csv_bytes(table))
    return folder


def test_what_was_left_out_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = read_left_out(written(tmp_path))
    assert found.by_post == {
        "b": {"fail": 2, "unknown": 1, "level": 1},
        "a": {"level": 2, "reach": 1},
    }
    assert found.totals == {"fail": 2, "unknown": 1, "level": 3, "reach": 1}
    assert found.rules == (RULES[1], RULES[0])  # the most first
    assert found.by_plan == {
        ("甲", "a"): "level",
        ("乙", "a"): "reach",
        ("丁", "a"): "level",
        ("丁", "b"): "level",
    }


def test_reasons_are_told_in_one_order_with_their_numbers(tmp_path: Path) -> None:
    found = read_left_out(written(tmp_path))
    assert [str(each) for each in found.of_post("b")] == [
        "不符合任职条件2人",
        "材料不足无法认定1人",
        "职务层次不在考虑范围1人",
    ]
    assert [str(each) for each in counted(found.totals)][-1] == "不在人选来源之内或工作地不明1对"
    assert found.of_post("none") == []


def test_only_the_limits_of_the_plan_are_kept_by_person(tmp_path: Path) -> None:
    found = read_left_out(written(tmp_path))
    assert str(found.limit("甲", "a")) == "职务层次不在考虑范围"
    assert found.limit("乙", "b") is None, "a rule's verdict is asked of the records"


def test_nobody_left_out_gives_empty_files(tmp_path: Path) -> None:
    found = read_left_out(written(tmp_path, DROPPED.clear()))
    assert (found.by_post, found.by_plan) == ({}, {})


def test_a_bundle_from_elsewhere_has_none(tmp_path: Path) -> None:
    found = read_left_out(tmp_path)
    assert (found.by_post, found.rules, found.by_plan) == ({}, (), {})


@pytest.mark.parametrize("content", [b"post_id,persons\na,1\n", "职位".encode("gb18030")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (written(tmp_path) / POSTS_FILE).write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_left_out(tmp_path)
    assert caught.value.problems[0].at.file.endswith(POSTS_FILE)
