"""What counts as a column of time by its name must be declared in months."""

from banzi.facts import PAIR_FACTS, PERSON_FACTS, RANK_FACTS, TEAM_FACTS
from banzi.facts.times import AGE_MONTHS, is_time


def test_declared_columns_of_time_are_in_months() -> None:
    tables = (PERSON_FACTS, PAIR_FACTS, RANK_FACTS, TEAM_FACTS)
    times = [column for table in tables for column in table.columns if is_time(column.name)]
    assert AGE_MONTHS in [column.name for column in times]
    assert {column.unit for column in times} == {"month"}


def test_counts_and_flags_are_no_times() -> None:
    assert not any(map(is_time, ("birth_year", "is_woman", "months", "fit")))
