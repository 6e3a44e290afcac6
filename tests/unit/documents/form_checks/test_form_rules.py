"""Planted filling faults, one rule each; the cases are in tests/cases/forms."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.form_cases import FormCase, clean_file, form_cases

from banzi.documents.codecs.lrmx import read_written
from banzi.documents.form_checks.checking import check_sheet
from banzi.documents.form_checks.registry import RULES
from banzi.documents.form_checks.rule import FormFinding
from banzi.documents.form_checks.sheet import Sheet
from banzi.kernel.messages import translate

CASES = form_cases()
AS_OF = date(2026, 6, 30)


def found_in(data: bytes, as_of: date) -> tuple[FormFinding, ...]:
    written = read_written(data, "case.lrmx")
    sheet = Sheet(written.form, written.fields, written.family, as_of, written.disputed)
    return check_sheet(sheet)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_a_planted_fault_is_found_and_nothing_else(case: FormCase) -> None:
    findings = found_in(case.data, case.as_of)
    shown = [f"{each.place()}: {each.message}" for each in findings]
    assert {each.rule.id for each in findings} == case.expect, shown
    if case.suggest is not None:
        assert case.suggest in [each.found.suggested for each in findings]


def test_the_clean_form_is_clean() -> None:
    assert found_in(clean_file(), AS_OF) == ()


def test_a_field_given_twice_is_found() -> None:
    twice = "<XingBie>女</XingBie></Person>".encode()
    findings = found_in(clean_file().replace(b"</Person>", twice), AS_OF)
    assert [(each.rule.id, each.place()) for each in findings] == [("forms/field-twice", "性别")]


def test_every_rule_has_a_case() -> None:
    tested = {id for case in CASES for id in case.expect} | {"forms/field-twice"}
    assert {rule.id for rule in RULES} == tested


def test_there_are_at_least_sixty_planted_faults() -> None:
    assert sum(bool(case.expect) for case in CASES) >= 60


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_where_it_comes_from_in_both_languages(rule) -> None:  # type: ignore[no-untyped-def]
    assert rule.id.startswith("forms/")
    assert rule.source
    assert translate(rule.title, "en") != rule.title


def test_rule_ids_and_titles_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert len({rule.title for rule in RULES}) == len(RULES)
