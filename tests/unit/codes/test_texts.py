"""Names as texts."""

import pytest

from banzi.codes.texts import clean_name, padded_name


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("  张三\t", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 ・ 艾力", "买买提·艾力"),
        ("John  Smith ", "John Smith"),
        ("", ""),
    ],
)
def test_clean_name(typed, clean):
    assert clean_name(typed) == clean


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王力", "王　力"), ("王 力", "王　力"), ("王小明", "王小明"), ("AB", "AB"), ("王", "王")],
)
def test_padded_name(name, shown):
    assert padded_name(name) == shown
