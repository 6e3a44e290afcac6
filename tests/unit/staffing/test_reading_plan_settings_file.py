"""Plan settings from YAML and from the template's rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.staffing.reading_plan_settings import (
    SHEET_NAMES,
    read_settings_file,
    read_settings_rows,
)
from banzi.staffing.settings import PlanSettings, Weights

FULL = """\
name: 换届选配
weights: {moves: -9, review: -2}
tiers: [fill, merit, soft]
coverage: {fields: [熟悉金融, knows_ecology], gains: [30, 15]}
age_bands: {edges: [0, 41岁, 99岁], cap: 3, excess: -20}
must_place: nobody
considered: 现职务层次序>=2
level_steps: 2
reach: [本地区, {source: 上级机关, post_where: 班子类型=政府}, {source: elsewhere, post_where: 正副职=正职}]
exchange: [[甲市, 乙市], [丙市, 丁市]]
profiles:
  - {title: 基层, post_where: 正副职=正职, where: 基层工作经历（月）>=5年, weight: 20}
decided:
  - {post: 甲市委书记, person: 王一, note: 已批复}
"""


def read(tmp_path: Path, text: str) -> PlanSettings:
    file = tmp_path / "settings.yaml"
    file.write_text(text, encoding="utf-8")
    return read_settings_file(file, "settings.yaml")


def problems(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    return [(problem.at.row, problem.message.code) for problem in caught.value.problems]


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, FULL)
    assert found.weights == Weights(moves=-9, review=-2)
    assert found.age_bands is not None
    assert found.age_bands.edges == (0, 492, 1188)
    assert found.coverage is not None
    assert len(found.coverage.fields) == 2
    assert found.decided[0].person == "王一"
    assert (found.level_steps, found.must_place) == (2, "nobody")


def test_sheet_and_file_say_the_same(tmp_path: Path) -> None:
    cells = [
        ("方案名称", "换届选配"),
        ("调整权重", "-9"),
        ("weights.review", "-2"),
        ("目标层次", "配齐、人岗相适、尽量目标"),
        ("专业领域", "熟悉金融、熟悉生态环保"),
        ("专业领域得分", "30、15"),
        ("年龄段", "0、41岁、99岁"),
        ("年龄段上限", "3"),
        ("年龄段超限分值", "-20"),
        ("现任安排", "不要求"),
        ("考虑范围", "现职务层次序>=2"),
        ("层次差", "2"),
        ("人选来源", "本地区"),
        ("人选来源", "上级机关：班子类型=政府"),
        ("人选来源", "外地区:正副职=正职"),
        ("交流片区", "甲市、乙市"),
        ("交流片区", "丙市，丁市"),
        ("已定", "甲市委书记=王一"),
    ]
    rows = [{"key": key, "value": value} for key, value in cells]
    rows[-1]["note"] = "已批复"
    profiles = [
        {
            "title": "基层",
            "post_where": "正副职=正职",
            "where": "基层工作经历（月）>=60",
            "weight": 20,
        }
    ]
    log = ProblemLog()
    assert read_settings_rows(rows, profiles, log) == read(tmp_path, FULL)
    assert not list(log)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "name: 甲\n") == PlanSettings(name="甲")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wieghts: {moves: 1}", (1, "yaml/unknown-key")),
        ("name: 甲\nweights: {move: 1}", (2, "yaml/unknown-key")),
        ("vacancy: 5", (1, "yaml/wrong-value")),
        ("tiers: [fill, soft]", (1, "yaml/wrong-value")),
        ("coverage: {fields: [熟悉金融], gains: [1, 2]}", (1, "yaml/wrong-value")),
        ("age_bands: {edges: [0, 41周]}", (1, "yaml/wrong-value")),
        ("reach: [隔壁]", (1, "plan-settings/no-such-source")),
        ("reach: [{where: 年龄（月）<50岁}]", (1, "yaml/missing-key")),
        ("reach:\n  - {source: 本地区, where: 女干部}", (2, "condition/protected-column")),
        ("reach:\n  - {source: 本地区, post_where: 职位=市长}", (2, "condition/not-read")),
        ("reach: 本地区", (1, "yaml/wrong-value")),
        ("considered: 女干部", (1, "condition/protected-column")),
        ("considered: 姓名=甲", (1, "condition/not-read")),
        ("coverage: {fields: [民族=回族]}", (1, "condition/protected-column")),
        (
            "profiles:\n  - {title: 甲, where: 性别=女, weight: 1}",
            (2, "condition/protected-column"),
        ),
        ("profiles:\n  - {title: 甲, weight: 1}", (2, "yaml/missing-key")),
    ],
)
def test_flaws_are_named_on_their_line(
    tmp_path: Path, text: str, expected: tuple[int, str]
) -> None:
    assert problems(tmp_path, text) == [expected]


def test_flaws_of_sources_are_reported_together(tmp_path: Path) -> None:
    text = "reach: [隔壁, {source: 本地区, where: 女干部}]"
    found = ["plan-settings/no-such-source", "condition/protected-column"]
    assert [code for _row, code in problems(tmp_path, text)] == found


def test_rows_that_mean_nothing_are_refused_at_their_row() -> None:
    log = ProblemLog()
    rows = [
        {"key": "空缺分", "value": "1", "_at": Location("a.xlsx", "设置", 3)},
        {"key": "指定", "value": "甲市委书记", "_at": Location("a.xlsx", "设置", 4)},
    ]
    assert read_settings_rows(rows, [], log) is None
    assert [(p.at.row, p.message.code) for p in log] == [
        (3, "yaml/unknown-key"),
        (4, "plan-settings/pair-expected"),
    ]


def test_every_sheet_name_is_a_setting() -> None:
    tops = {name.split(".")[0] for name in SHEET_NAMES.values()}
    assert tops | {"profiles"} == set(PlanSettings.model_fields)
