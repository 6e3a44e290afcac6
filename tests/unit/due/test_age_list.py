"""The list as a whole: who is on it, in which order, for which part of the roster, and the wave."""

from __future__ import annotations

import pytest
from tests.support.due import UNTIL, case, region

from banzi.due.age_list import age_list
from banzi.due.scope import Scope, organs_below
from banzi.due.wave import wave
from banzi.kernel.dates import month_index, month_text
from banzi.roster import TABLES
from banzi.teams.choices import RegionTier


def test_the_list_is_by_date_and_ends_with_whoever_cannot_be_dated() -> None:
    listed = age_list(case(), Scope(), UNTIL)
    assert [(line.name, month_text(line.due_month or 0)) for line in listed.lines] == [
        ("市长甲", "2024.08"),
        ("丁", "2025.12"),
        ("县长乙", "2028.06"),
    ]
    # The limit of her post comes later than asked for, but without a table she may retire sooner.
    assert [line.name for line in listed.open_lines] == ["县长丙"]
    assert listed.sources() == {"正职界限": "某文1号", "正职提名": "某文2号"}


def test_an_open_retirement_month_is_noted_on_a_line_that_has_another_date() -> None:
    listed = age_list(case(), Scope(), month_index(2030, 11))
    (line,) = [each for each in listed.lines if each.name == "县长丙"]
    assert line.retirement_month is None
    assert line.due_month == line.limit_month == month_index(2030, 11)
    assert "due/missing" in [note.code for note in line.notes if hasattr(note, "code")]


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope(team_id="team-east"), {"县长乙"}),
        (Scope(organ_id="east"), {"县长乙"}),
        (Scope(organ_id="city"), {"市长甲", "县长乙", "县长丙"}),
        (Scope(), {"市长甲", "县长乙", "县长丙", "丁"}),
    ],
)
def test_a_scope_takes_in_a_team_or_an_organ_with_all_below(scope: Scope, names: set[str]) -> None:
    assert {line.name for line in age_list(case(), scope, UNTIL).every} == names


def test_organs_below_end_although_superiors_run_in_a_circle() -> None:
    organs = region()["organs"].to_dicts()
    organs[0]["superior_organ_id"] = "west"
    circle = region().with_tables(organs=TABLES["organs"].frame(organs))
    assert organs_below(circle, "city") == {"city", "east", "west"}


def test_the_wave_counts_by_half_year_and_tier_what_is_still_to_come() -> None:
    found = wave(age_list(case(), Scope(), UNTIL))
    assert month_text(found.starts[0]) == "2026.07"
    assert found.counts == {(RegionTier.COUNTY, True): (0, 0, 0, 1)}
    assert found.total == 1


def test_an_age_for_a_nomination_is_measured_in_the_month_of_the_congress() -> None:
    listed = age_list(case(), Scope(), UNTIL)
    by_name = {line.name: line.nomination for line in listed.lines}
    mayor, county, nobody = by_name["市长甲"], by_name["县长乙"], by_name["丁"]
    assert mayor is not None
    assert (mayor.years, mayor.again, mayor.new) == ((60, 60), False, False)
    assert county is not None
    assert (county.years, county.again, county.new) == ((56, 56), True, False)
    assert nobody is None
