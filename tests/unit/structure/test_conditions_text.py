"""Conditions typed as text: what they mean, how they read back, what is refused."""

from __future__ import annotations

import pytest

from banzi.structure.conditions import AllOf, Compare, evaluate
from banzi.structure.settling import ConditionError, condition
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS
from banzi.structure.wording import sentence


def codes(text: str) -> list[str]:
    with pytest.raises(ConditionError) as caught:
        condition(text, PERSON_WORDS)
    return [message.code for message in caught.value.messages]


def test_a_typed_condition_becomes_typed_values_and_reads_as_a_sentence() -> None:
    tree = condition("出生年份>=1980 且 性别=女", PERSON_WORDS)
    assert tree == AllOf(
        parts=(
            Compare(column="birth_year", operator=">=", value=1980),
            Compare(column="sex", operator="=", value="female"),
        )
    )
    assert sentence(tree, PERSON_WORDS) == "出生年份不小于1980 且 性别为女"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("birth_year≥1980", "出生年份不小于1980"),
        (
            "县（旗）领导经历 或 非（基层工作经历（月）>=2年）",
            "县（旗）领导经历为是 或 非（基层工作经历（月）不小于24）",
        ),
        ("年龄（月）＜45岁6个月", "年龄（月）小于546"),
        ("民族为满族、蒙古族之一", "民族为满族、蒙古族之一"),
        ("法定退休年月>=2031.06", "法定退休年月不早于2031.06"),
        ("籍贯开头为“内蒙古”", "籍贯开头为内蒙古"),
        (
            "(中共党员=否 or 企业工作经历) and 出生年份<1980",
            "（中共党员为否 或 企业工作经历为是） 且 出生年份小于1980",
        ),
    ],
)
def test_other_ways_to_write_it(typed: str, read: str) -> None:
    tree = condition(typed, PERSON_WORDS)
    assert sentence(tree, PERSON_WORDS) == read
    assert condition(read, PERSON_WORDS) == tree


def test_and_binds_closer_than_or() -> None:
    tree = condition("中共党员 或 熟悉金融 且 熟悉法律", PERSON_WORDS)
    row = {"is_party_member": True, "knows_finance": False, "knows_law": False}
    assert evaluate(tree, row, PERSON_WORDS) is True


def test_a_tree_from_yaml_is_the_same_condition() -> None:
    tree = {
        "all": [
            {"column": "出生年份", "operator": ">=", "value": "1980"},
            {"not": {"column": "is_party_member", "value": "是"}},
        ]
    }
    typed = condition("出生年份>=1980 且 非（中共党员）", PERSON_WORDS)
    assert condition(tree, PERSON_WORDS) == typed


def test_a_span_is_unknown_between_its_bounds() -> None:
    tree = condition("基层工作经历（月）>=24", PERSON_WORDS)
    values = [(24, 30, True), (10, 23, False), (20, 24, None), (None, None, None)]
    for low, high, expected in values:
        row = {"grassroots_months_low": low, "grassroots_months_high": high}
        assert evaluate(tree, row, PERSON_WORDS) is expected


def test_a_date_of_limited_precision_is_unknown_across_the_limit() -> None:
    tree = condition("出生年月>=1980.06", PERSON_WORDS)
    for birth, expected in [
        (19800000, None),
        (19800500, False),
        (19800601, True),
        (19810000, True),
    ]:
        assert evaluate(tree, {"birth": birth}, PERSON_WORDS) is expected


def test_a_whole_year_equals_every_day_in_it() -> None:
    tree = condition("出生年月=1980", PERSON_WORDS)
    for birth, expected in [(19800315, True), (19800000, True), (19791231, False)]:
        assert evaluate(tree, {"birth": birth}, PERSON_WORDS) is expected
    month = condition("出生年月=1980.03", PERSON_WORDS)
    assert evaluate(month, {"birth": 19800000}, PERSON_WORDS) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("出生年份>=八零", "condition/wrong-value"),
        ("性别>女", "condition/wrong-operator"),
        ("性别=妇", "condition/wrong-value"),
        ("民族=火星族", "condition/wrong-value"),
        ("出生年份>=1980 且", "condition/not-read"),
        ("（出生年份>=1980", "condition/not-read"),
        ("身高>=180", "condition/not-read"),
        ("中共党员=大概", "condition/wrong-value"),
        ("", "condition/not-read"),
    ],
)
def test_what_is_wrong_is_said(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_every_flaw_of_a_condition_is_reported() -> None:
    assert codes("性别=妇 且 民族=火星族") == ["condition/wrong-value", "condition/wrong-value"]


@pytest.mark.parametrize(
    "word", ["姓名", "身份证号", "健康状况", "退休年龄类别", "处分和处理影响期止"]
)
def test_identity_health_sanctions_and_disguised_sex_are_no_words(word: str) -> None:
    assert PERSON_WORDS.find(word) is None


def test_posts_have_their_own_words() -> None:
    tree = condition("班子类型=政府 且 正副职=正职", POST_WORDS)
    assert sentence(tree, POST_WORDS) == "班子类型为政府 且 正副职为正职"
