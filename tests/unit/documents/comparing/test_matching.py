"""Who is who on two sides, and who cannot be told."""

from tests.support.workbooks import id_number

from banzi.documents.comparing.matching import match
from banzi.documents.comparing.sides import Card
from banzi.kernel.errors import Location

NUMBER, OTHER = id_number(19750312, 1), id_number(19750312, 3)


def card(name, birth="", number=""):
    return Card({"name": name, "birth": birth, "id_number": number}, None, Location())


def whys(left):
    return [each.why.code for each in left]


def test_the_number_tells_even_where_the_name_is_written_otherwise():
    pairs, left = match([card("张三", "197503", NUMBER)], [card("张叁", "197504", NUMBER.lower())])
    assert len(pairs) == 1
    assert not left


def test_without_a_number_name_and_month_tell():
    pairs, left = match([card("张 三", "1975.03", NUMBER)], [card("张三", "19750312")])
    assert len(pairs) == 1
    assert not left


def test_two_namesakes_of_one_month_are_left_to_people():
    pairs, left = match([card("张三", "197503")], [card("张三", "197503"), card("张三", "197503")])
    assert not pairs
    assert whys(left) == ["compare/namesakes"] * 3


def test_one_number_twice_is_left_to_people():
    pairs, left = match([card("甲", "", NUMBER)], [card("甲", "", NUMBER), card("乙", "", NUMBER)])
    assert not pairs
    assert whys(left) == ["compare/same-number"] * 3


def test_other_numbers_under_one_name_and_month_are_no_pair():
    pairs, left = match([card("甲", "197503", NUMBER)], [card("甲", "197503", OTHER)])
    assert not pairs
    assert whys(left) == ["compare/other-number"] * 2


def test_a_name_alone_is_no_pair_and_says_what_is_missing():
    assert whys(match([card("甲")], [card("甲", "197503")])[1]) == ["compare/no-birth"] * 2
    assert (
        whys(match([card("甲", "197603")], [card("甲", "197503")])[1])
        == ["compare/other-birth"] * 2
    )
    assert (
        whys(match([card("甲", "197603")], [card("乙", "197503")])[1]) == ["compare/only-here"] * 2
    )
