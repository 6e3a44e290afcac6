"""Texts of a field compared by what they mean."""

import pytest

from banzi.documents.comparing.meaning import DifferenceKind, difference_kind

SAME = [
    ("birth", "1975.03", "197503"),
    ("birth", "1975年3月", "1975-3"),
    ("name", "张　三", "张三"),
    ("name", "张 三", "张三"),
    ("party_text", "1998.07", "199807"),
    ("id_number", "11010519491231002x", "11010519491231002X"),
    ("current_posts_text", " 某局局长 ", "某局局长"),
    ("resume_text", "1998.07--2001.08  甲\r\n", "1998.07--2001.08  甲"),
]
WORDING = [
    ("ethnicity", "汉", "汉族"),
    ("native_place", "辽宁省大连市", "辽宁大连"),
    ("birth", "197503", "19750312"),
    ("birth", "75.03", "1975.03"),
    ("current_posts_text", "某局党组书记、局长", "某局党组书记，局长"),
    ("resume_text", "1998.07--2001.08  甲\n2001.08--至今  乙", "199807--200108 甲\n2001.08--  乙"),
    ("assessments_text", "2023年称职，2024年优秀", "2023年度称职；2024年度优秀"),
]
DIFFERS = [
    ("birth", "197503", "197504"),
    ("birth", "75.03", "1976.03"),
    ("ethnicity", "汉族", "回族"),
    ("ethnicity", "某族", "另族"),
    ("native_place", "辽宁大连", "辽宁沈阳"),
    ("resume_text", "1998.07--2001.08  甲", "1998.07--2001.09  甲"),
    ("current_posts_text", "某局局长", "某局副局长"),
    ("party_text", "199807", "民建"),
]


@pytest.mark.parametrize(("column", "one", "other"), SAME)
def test_the_same_in_another_spelling_of_the_form_is_no_difference(column, one, other):
    assert difference_kind(column, one, other) is None


@pytest.mark.parametrize(("column", "one", "other"), WORDING)
def test_the_same_in_other_words_is_a_difference_of_wording(column, one, other):
    assert difference_kind(column, one, other) is DifferenceKind.WORDING


@pytest.mark.parametrize(("column", "one", "other"), DIFFERS)
def test_another_meaning_differs(column, one, other):
    assert difference_kind(column, one, other) is DifferenceKind.DIFFERS


def test_a_blank_is_missing_on_its_side():
    assert difference_kind("health", "", "健康") is DifferenceKind.MISSING_FIRST
    assert difference_kind("health", "健康", " \n") is DifferenceKind.MISSING_SECOND
    assert difference_kind("health", "", "　") is None
