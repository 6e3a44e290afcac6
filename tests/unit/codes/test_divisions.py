"""Place texts of forms and the chain of divisions."""

import pytest

from banzi.codes import divisions
from banzi.codes.lookup import read_rows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("辽宁大连", "210200"),
        ("北京东城", "110101"),
        ("江苏无锡", "320200"),
        ("内蒙古赤峰", "150400"),
        ("河北盐山", "130925"),
        ("上海", "310000"),
        ("吉林", "220000"),
        ("吉林延边", "222400"),
        ("海南白沙", "469025"),
        ("江苏沛县", "320322"),
        ("四川阿坝", "513200"),
    ],
)
def test_standard_wording(text, code):
    match = divisions.find_place(text)
    assert match is not None
    assert (match.division.code, match.standard) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("辽宁省大连市", "210200"),
        ("江苏省无锡市滨湖区", "320211"),
        ("江苏 无锡 滨湖", "320211"),
        ("江苏滨湖", "320211"),
        ("大连", "210200"),
        ("北京市东城区", "110101"),
    ],
)
def test_other_wordings_are_understood_but_not_standard(text, code):
    match = divisions.find_place(text)
    assert match is not None
    assert (match.division.code, match.standard) == (code, False)


@pytest.mark.parametrize(("text", "code"), [("北京崇文", "110103"), ("湖北襄樊", "420600")])
def test_retired_names_are_found_second(text, code):
    match = divisions.find_place(text)
    assert match is not None
    assert (match.division.code, match.standard) == (code, False)


@pytest.mark.parametrize("text", ["", "朝阳", "江苏鼓楼", "火星", "市辖区", "河北新华"])
def test_ambiguous_and_unknown_places_have_no_code(text):
    assert divisions.code_of_place(text) is None


def test_every_short_name_of_the_table_names_its_own_division():
    """The table once had 海南定安 at the code that 白沙 has now: short and name must agree."""
    rows = read_rows("admin_divisions.csv")
    provinces = {row["code"][:2]: row["short"] for row in rows if row["level"] == "province"}
    for row in rows:
        if row["short"] and row["level"] != "province":
            tail = row["short"].removeprefix(provinces[row["code"][:2]])
            assert row["name"].startswith(tail), row


def test_short_wording_leads_back_or_to_the_prefecture_of_the_same_name():
    for row in read_rows("admin_divisions.csv"):
        if row["short"]:
            found = divisions.code_of_place(row["short"])
            if found is not None:
                assert divisions.within(row["code"], found), row


def test_parents_and_containment():
    assert divisions.parents("210211") == ("210200", "210000")
    assert divisions.parents("210200") == ("210000",)
    assert divisions.parents("210000") == ()
    assert divisions.parents("429004") == ("420000",)
    assert divisions.within("210211", "210200")
    assert divisions.within("210211", "210000")
    assert divisions.within("210211", "210211")
    assert not divisions.within("210211", "210100")
    assert not divisions.within("210200", "210211")
    assert not divisions.within("210000", "210200")
    assert divisions.province_of("210211") == "210000"


def test_codes_are_found_current_before_retired():
    current = divisions.division("110101")
    retired = divisions.division("110103")
    assert current is not None
    assert (current.current, current.retired_after) == (True, None)
    assert retired is not None
    assert (retired.current, retired.retired_after) == (False, 2009)
    assert divisions.division("999999") is None


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("赤峰市", "赤峰"),
        ("延边朝鲜族自治州", "延边"),
        ("湘西土家族苗族自治州", "湘西"),
        ("大兴安岭地区", "大兴安岭"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("沛县", "沛县"),
        ("香港特别行政区", "香港"),
        ("阿鲁科尔沁旗", "阿鲁科尔沁旗"),
    ],
)
def test_bare_name(name, bare):
    assert divisions.bare_name(name) == bare
