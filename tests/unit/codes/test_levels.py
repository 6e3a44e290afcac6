"""The ladder of post levels and the order of ranks."""

import pytest

from banzi.codes import levels
from banzi.codes.lookup import code_of, name_of


def level(name):
    return code_of("post_level_zb09", name)


def rank(name):
    return code_of("civil_rank_general", name)


def test_ladder_has_the_ten_levels_of_the_law_in_order():
    assert [name_of("post_level_zb09", code) for code in levels.LADDER] == [
        "乡科级副职",
        "乡科级正职",
        "县处级副职",
        "县处级正职",
        "厅局级副职",
        "厅局级正职",
        "省部级副职",
        "省部级正职",
        "国家级副职",
        "国家级正职",
    ]


def test_higher_level_is_the_greater_number():
    assert levels.seniority(level("县处级正职")) > levels.seniority(level("县处级副职"))
    assert levels.seniority(level("厅局级副职")) > levels.seniority(level("县处级正职"))


def test_steps_go_one_by_one_and_end():
    assert levels.next_lower(level("县处级副职")) == level("乡科级正职")
    assert levels.next_higher(level("县处级副职")) == level("县处级正职")
    assert levels.next_lower(level("乡科级副职")) is None
    assert levels.next_higher(level("国家级正职")) is None
    assert levels.steps_between(level("乡科级正职"), level("县处级正职")) == 2
    assert levels.steps_between(level("县处级正职"), level("乡科级正职")) == -2


def test_principal_and_tier():
    assert levels.is_principal_level(level("县处级正职")) is True
    assert levels.is_principal_level(level("厅局级副职")) is False
    assert levels.tier_of(level("县处级副职")) == "县处级"
    assert levels.tier_of(level("国家级正职")) == "国家级"


@pytest.mark.parametrize("code", ["1A50", "1B01", "901", "", "no"])
def test_codes_off_the_ladder_have_no_order(code):
    assert levels.seniority(code) is None
    assert levels.next_lower(code) is None
    assert levels.next_higher(code) is None
    assert levels.is_principal_level(code) is None
    assert levels.tier_of(code) is None
    assert levels.steps_between(code, levels.LADDER[0]) is None


def test_rank_order():
    assert levels.rank_seniority(rank("一级巡视员")) == 12
    assert levels.rank_seniority(rank("二级科员")) == 1
    assert levels.rank_seniority("99") is None
    assert levels.next_lower_rank(rank("三级调研员")) == rank("四级调研员")
    assert levels.next_lower_rank(rank("二级科员")) is None
    assert levels.next_lower_rank("99") is None
