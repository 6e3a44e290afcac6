"""What is known while a problem is solved: also before there is any plan."""

from __future__ import annotations

from tests.support.staffing_bundles import city_bundle

from banzi.staffing.reading import interpret
from banzi.staffing.record import Record


def test_a_bound_before_any_plan_leaves_the_first_tier_to_be_decided() -> None:
    record = Record(interpret(city_bundle(3, regions=1, persons=25, chance=0.5)), 0.0)
    assert record.decisive() == 0
    record.prove(0, 7, ())
    assert record.decisive() == 0
    assert record.note() is None
