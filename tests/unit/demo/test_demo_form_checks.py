"""The invented forms obey the filling rules, save where a blemish was planted."""

from __future__ import annotations

import pytest

from banzi.demo.rows import build_roster
from banzi.demo.world import build_world
from banzi.documents.codecs.lrmx import read_written, write_form
from banzi.documents.form_checks.checking import check_sheet
from banzi.documents.form_checks.rule import Severity
from banzi.documents.form_checks.sheet import Sheet
from banzi.documents.forms import form_of


@pytest.mark.parametrize("seed", [1, 2])
def test_forms_without_blemishes_have_no_error(seed: int) -> None:
    world = build_world(seed)
    roster = build_roster(world)
    last_year = world.knobs.as_of.year - 1
    wrong = []
    for person in world.officials:
        written = read_written(write_form(form_of(roster, person.key)), person.key)
        sheet = Sheet(written.form, written.fields, written.family, world.knobs.as_of)
        found = {
            each.rule.id: str(each.message)
            for each in check_sheet(sheet)
            if each.rule.severity is Severity.ERROR
        }
        if last_year not in person.assessments:  # left out on purpose, and found
            assert "forms/assessments-years" in found
            del found["forms/assessments-years"]
        if found:
            wrong.append((person.name, found))
    assert wrong == []
