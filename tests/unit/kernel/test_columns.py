"""Values of closed lists, looked up as they are stored."""

import pytest

from banzi.kernel.columns import FieldClass


def test_a_stored_value_is_found_with_its_names() -> None:
    for each in FieldClass:
        assert FieldClass.of(each.value) is each
        assert FieldClass.from_value(each.value) is each
        assert FieldClass.from_zh(each.zh) is each


@pytest.mark.parametrize("value", ["", "family ", "家庭信息", None, 3])
def test_what_is_not_of_the_list_is_none_and_where_it_must_be_an_error(value: object) -> None:
    assert FieldClass.from_value(value) is None
    with pytest.raises(ValueError, match="no FieldClass"):
        FieldClass.of(value)
