"""Pinyin keys: surnames read as surnames."""

import pytest

from banzi.codes import pinyin
from banzi.codes.lookup import read_rows


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("王小明", "wangxiaoming"),
        ("王　力（女，回族）", "wangli"),
        ("单小明", "shanxiaoming"),
        ("曾三", "zengsan"),
        ("仇三", "qiusan"),
        ("解放", "xiefang"),
        ("查三", "zhasan"),
        ("任三", "rensan"),
        ("区三", "ousan"),
        ("朴三", "piaosan"),
        ("缪三", "miaosan"),
        ("尉迟三", "yuchisan"),
        ("万俟三", "moqisan"),
        ("万三", "wansan"),
        ("澹台三", "tantaisan"),
        ("长孙三", "zhangsunsan"),
        ("吕三", "lvsan"),
        ("李单", "lidan"),
        ("买买提·艾力", "maimaitiaili"),
        ("", ""),
    ],
)
def test_search_key(name, key):
    assert pinyin.search_key(name) == key


def test_initials():
    assert pinyin.initials("王小明") == "wxm"
    assert pinyin.initials("欧阳三") == "oys"


def test_surname_of_two_readings_is_found_under_both():
    assert set(pinyin.search_keys("盖三")) == {"gesan", "gaisan", "gs"}
    assert pinyin.search_key("盖三") == "gesan"
    assert set(pinyin.search_keys("乐三")) == {"yuesan", "lesan", "ys", "ls"}


def test_alphabetical_order_is_by_syllable_not_by_letter():
    """西安 before 先: the syllable xi ends before xian does."""
    assert sorted(["先三", "西安"], key=pinyin.sort_key) == ["西安", "先三"]


def test_table_has_each_surname_once_and_plain_syllables():
    rows = read_rows("surname_readings.csv")
    surnames = [row["surname"] for row in rows]
    assert len(set(surnames)) == len(surnames)
    for row in rows:
        for reading in row["readings"].split("|"):
            parts = reading.split()
            assert len(parts) == len(row["surname"])
            assert all(part.isascii() and part.isalpha() and part.islower() for part in parts)
