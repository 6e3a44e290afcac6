"""Resident identity numbers; the valid ones are the examples of GB 11643 and of no person."""

import pytest

from banzi.codes import id_numbers
from banzi.kernel.dates import PartialDate


def test_example_of_the_standard_is_read():
    read = id_numbers.read_id_number("11010519491231002X")
    assert read == id_numbers.IdNumber("11010519491231002X", "2", PartialDate(19491231), "110105")


def test_odd_sequence_is_a_man():
    read = id_numbers.read_id_number("440524188001010014")
    assert read is None  # 1880 lies outside the years an official's file can mention
    assert id_numbers.problem_with("440524188001010014").code == "codes/id-date"
    man = id_numbers.read_id_number(id_numbers.with_check_digit("11010519491231003"))
    assert man is not None
    assert man.sex == "1"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_number_is_normalised(typed):
    assert id_numbers.normalise(typed) == "11010519491231002X"


def test_fifteen_digits_become_eighteen():
    assert id_numbers.normalise("110105491231002") == "11010519491231002X"
    read = id_numbers.read_id_number("110105491231002")
    assert read is not None
    assert read.born == PartialDate(19491231)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "codes/id-length"),
        ("1101051949123100", "codes/id-length"),
        ("11010519491231002XX", "codes/id-length"),
        ("1101051949123100X2", "codes/id-characters"),
        ("11010519A91231002X", "codes/id-characters"),
        ("110105194913310026", "codes/id-date"),
        ("110105194902300026", "codes/id-date"),
        ("110105194900000026", "codes/id-date"),
        ("110105194912000026", "codes/id-date"),
        ("110105194912310021", "codes/id-check-digit"),
    ],
)
def test_problem_is_named(number, code):
    problem = id_numbers.problem_with(number)
    assert problem is not None
    assert problem.code == code
    assert id_numbers.read_id_number(number) is None


def test_unknown_division_is_no_fault():
    number = id_numbers.with_check_digit("99010119800101001")
    assert id_numbers.problem_with(number) is None


def test_check_digit_problem_says_what_it_should_be():
    problem = id_numbers.problem_with("110105194912310021")
    assert problem is not None
    assert problem.values["expected"] == "X"


def test_check_digit_needs_seventeen_digits():
    with pytest.raises(ValueError, match="seventeen"):
        id_numbers.with_check_digit("123")
