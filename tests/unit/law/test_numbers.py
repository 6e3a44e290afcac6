"""Every value of the law comes apart into entries and goes together again."""

import pytest

from banzi.law import load_law
from banzi.law.numbers import assemble, numbers_of, read_like, written
from banzi.law.units import entries

EVERY = [
    pytest.param(value, id=f"{name} {since}")
    for name, parameter in load_law().parameters.items()
    for since, value in parameter.values.items()
]


@pytest.mark.parametrize("value", EVERY)
def test_a_value_goes_together_again_from_its_entries(value: object) -> None:
    assert assemble(dict(entries(value))) == value


@pytest.mark.parametrize("value", EVERY)
def test_an_entry_is_read_back_as_it_was_written(value: object) -> None:
    for _path, entry in entries(value):
        assert read_like(written(entry), entry) == entry


def test_a_fraction_is_one_entry() -> None:
    quorum = load_law().parameters["appointment_regulations/meeting_quorum"]
    assert [written(number.value) for number in numbers_of(quorum)] == ["2/3"]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [("十", 3), ("", "x"), ("2", {"numerator": 1, "denominator": 2}), ("有", True)],
)
def test_a_cell_of_another_kind_is_refused(text: str, pattern: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the words are Python's)
        read_like(text, pattern)
