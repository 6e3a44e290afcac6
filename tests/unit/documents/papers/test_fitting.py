from hypothesis import given
from hypothesis import strategies as st

from banzi.documents.papers.fitting import (
    Box,
    Line,
    count_lines,
    fit,
    fit_unwrapped,
    tight_leading,
    width_of,
    wrapped,
)

EM_14 = 280  # twips of one em at 14 pt

texts = st.text("汉字表任免（），。；1975.0 abc", max_size=60)


def test_chinese_is_one_em_and_ascii_half_an_em() -> None:
    assert width_of("王力") == 4
    assert width_of("1975.03") == 7
    assert width_of("（50岁）") == 8
    assert width_of("é") - width_of("e") == width_of("é") - 1


def test_text_wraps_between_any_two_chinese_characters() -> None:
    assert wrapped("专业技术职务", 6) == ["专业技", "术职务"]


def test_no_line_begins_with_closing_or_ends_with_opening_punctuation() -> None:
    assert wrapped("任职满，两年", 6) == ["任职", "满，两", "年"]
    assert wrapped("原局长（已退", 8) == ["原局长", "（已退"]


def test_a_number_stays_whole_when_a_line_can_hold_it() -> None:
    assert wrapped("于1998.12入党", 8) == ["于", "1998.12", "入党"]
    assert wrapped("12345678901234", 8) == ["12345678", "901234"]


def test_size_shrinks_by_half_points_and_no_further_than_needed() -> None:
    ten = Box(10 * EM_14, tight_leading(28))
    assert fit([Line("字" * 10)], ten, 28, 16).size == 28
    assert fit([Line("字" * 11)], ten, 28, 16).size == 25  # 11 em of 12.5 pt are 137.5 of 140 pt
    assert not fit([Line("字" * 60)], ten, 28, 16).fits


def test_two_lines_of_eight_point_fit_the_narrow_school_row() -> None:
    row = Box(20 * 160, 336)  # 6.1 mm less the line
    found = fit([Line("字" * 40)], row, 28, 16)
    assert (found.size, found.lines, found.fits) == (16, 2, True)


def test_a_number_is_not_divided_while_a_smaller_size_keeps_it_whole() -> None:
    box = Box(EM_14 * 3, 5 * EM_14)
    assert fit([Line("1998.12")], box, 28, 16).size == 24


def test_a_short_value_shrinks_rather_than_wraps_down_to_the_given_size() -> None:
    box = Box(3 * EM_14 + 20, 3 * EM_14)
    assert fit_unwrapped([Line("中共党员")], box, 28, 16, 21).size == 21
    wrapped_fit = fit_unwrapped([Line("民革中央委员")], box, 28, 16, 21)
    assert (wrapped_fit.size, wrapped_fit.lines) == (28, 2)


@given(texts, st.integers(4, 40))
def test_wrapping_loses_nothing_but_blanks_and_no_line_is_too_wide(
    text: str, capacity: int
) -> None:
    lines = wrapped(text, capacity)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= capacity for line in lines)


@given(st.lists(texts, min_size=1, max_size=4), st.integers(600, 6000), st.integers(200, 4000))
def test_a_fit_that_is_claimed_holds(parts: list[str], width: int, height: int) -> None:
    lines = [Line(part) for part in parts]
    found = fit(lines, Box(width, height), 28, 16)
    assert found.lines == count_lines(lines, width, found.size)
    assert found.fits == (found.lines * found.leading <= height)
