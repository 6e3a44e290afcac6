"""Targets from YAML and from rows: what is read, and every problem with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.structure.reading_targets import read_target_rows, read_targets_file
from banzi.structure.targets import Each, Force, Measure, ScopeKind

GOOD = """\
targets:
  - id: post-80s
    title: 每个班子至少1名“80后”
    scope: teams
    scope_where: 班子类型为党委、政府之一
    each: team
    measure: count
    where:
      all:
        - {column: 出生年份, operator: ">=", value: 1980}
        - {column: birth_year, operator: "<=", value: 1989}
    op: ">="
    bound: 1
    citation: 换届工作方案
  - {id: grassroots, title: 基层经历, measure: 占比, where: 基层工作经历, op: 不低于, bound: 97.5%}
  - {id: age, title: 平均年龄, measure: mean, value: 年龄（月）, op: "<=", bound: 49岁6个月,
     force: soft, priority: 1, weight: 2}
  - {id: women, title: 女干部, measure: count, where: 性别=女, op: ">=", bound: 1, citation: 妇女发展纲要}
settings:
  around_centre_years: 44
"""


def read(tmp_path: Path, text: str) -> Any:
    file = tmp_path / "targets.yaml"
    file.write_text(text, encoding="utf-8")
    return read_targets_file(file, "targets.yaml")


def problems(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    assert all(problem.at.file == "targets.yaml" for problem in caught.value.problems)
    return [(problem.at.row, problem.message.code) for problem in caught.value.problems]


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    young, grassroots, age, women = found.targets
    assert (young.scope, young.each, young.bound) == (ScopeKind.TEAMS, Each.TEAM, 1)
    assert (grassroots.measure, grassroots.op, grassroots.bound) == (Measure.SHARE, ">=", 975)
    assert (age.force, age.value, age.bound, age.priority) == (Force.SOFT, "age_months", 594, 1)
    assert women.citation == "妇女发展纲要"
    assert found.settings.around_centre_years == 44


def full(row: str) -> str:
    """A row with its usual cells written out."""
    count = "measure: count, op: '>=', bound: 1"
    return row.replace("HEAD", "id: a, title: 甲").replace("COUNT", count)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{HEAD, measure: count, op: '>=', bound: 一}", "target/bad-bound"),
        ("{HEAD, measure: share, op: '>=', bound: 35%}", "target/no-condition"),
        ("{HEAD, measure: mean, value: 性别, op: '<=', bound: 1}", "target/no-column"),
        ("{HEAD, measure: mean, value: level_order, op: '<=', bound: 1}", "target/needs-unknown-as"),
        ("{HEAD, measure: count, op: '>', bound: 1}", "target/not-listed"),
        ("{HEAD, measure: 多少, op: '>=', bound: 1}", "target/not-listed"),
        ("{id: a b, title: 甲, COUNT}", "target/bad-id"),
        ("{id: a, COUNT}", "yaml/missing-key"),
        ("{HEAD, COUNT, force: soft}", "target/soft-needs"),
        ("{HEAD, COUNT, weight: 3}", "target/hard-has"),
        ("{HEAD, scope_where: 地区=甲, COUNT}", "target/scope-all"),
        ("{HEAD, scope: teams, scope_where: 性别=女, COUNT}", "condition/not-read"),
        ("{HEAD, COUNT, where: {colum: 性别}}", "condition/wrong-shape"),
        ("{HEAD, COUNT, wieght: 3}", "yaml/unknown-key"),
        ("{HEAD, COUNT, where: 女干部}", "target/needs-citation"),
        ("{HEAD, COUNT, where: 非（女干部）, citation: 某文件}", "condition/not-a-minimum"),
        ("{HEAD, COUNT, where: 性别=男, citation: 某文件}", "condition/not-a-minimum"),
        ("{HEAD, COUNT, where: 民族=汉族, citation: 某文件}", "condition/not-a-minimum"),
    ],
)  # fmt: skip
def test_each_flaw_is_named_on_its_line(tmp_path: Path, row: str, code: str) -> None:
    assert problems(tmp_path, f"targets:\n  - {full(row)}\n") == [(2, code)]


def test_sex_and_ethnicity_are_refused_as_ceilings(tmp_path: Path) -> None:
    row = (
        "{id: a, title: 甲, measure: count, where: 少数民族干部, op: '<=', bound: 1, citation: 某}"
    )
    found = problems(tmp_path, f"targets:\n  - {row}\n")
    assert found == [(2, "target/only-minimum"), (2, "condition/protected-column")]


def test_all_flaws_of_a_file_are_reported_together(tmp_path: Path) -> None:
    text = GOOD.replace("bound: 1\n", "bound: x\n").replace("around_centre_years: 44", "centre: 44")
    text = text.replace("id: age", "id: grassroots").replace("targets:", "target: 1\ntargets:", 1)
    assert sorted(problems(tmp_path, text)) == [
        (1, "yaml/unknown-key"),
        (14, "target/bad-bound"),
        (17, "target/twice"),
        (21, "yaml/unknown-key"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("targets: [", "yaml/not-yaml"),
        ("- 1", "yaml/not-a-mapping"),
        ("targets: 甲", "target/not-a-list"),
        ("targets: []\ntargets: []", "yaml/key-twice"),
        ("settings: {age_band_starts: [40, 30]}", "yaml/wrong-value"),
    ],
)
def test_files_that_are_no_targets(tmp_path: Path, text: str, code: str) -> None:
    assert [found for _row, found in problems(tmp_path, text)] == [code]


def test_rows_of_the_template_are_read_with_their_cells_as_places() -> None:
    log = ProblemLog()
    at = Location("目标.xlsx", "目标", 3)
    rows = [
        {"id": "a", "title": "甲", "scope": "班子", "each": "每个班子", "measure": "人数",
         "where": "出生年份>=1980", "op": "不少于", "bound": "1", "force": "必须达到", "_at": at},
        {"id": "b", "title": "乙", "measure": "人数", "where": "出生年份>=八零", "op": "≥", "bound": "1",
         "_at": Location("目标.xlsx", "目标", 4)},
    ]  # fmt: skip
    (target,) = read_target_rows(rows, log)
    assert (target.scope, target.each) == (ScopeKind.TEAMS, Each.TEAM)
    (problem,) = log
    assert str(problem.at) == "目标.xlsx[目标]:4:人员条件"
    assert problem.message.code == "condition/wrong-value"
