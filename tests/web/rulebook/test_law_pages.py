"""The rules browser: every clause, rule and number has a page; a search reads all of their texts."""

import pytest
from tests.support.accounts import account
from tests.support.standing_area import browser

from banzi.law import load_law
from banzi.rules.checking import EVERY_RULE
from banzi.web.rulebook import law_pages

pytestmark = pytest.mark.django_db


def test_every_clause_rule_and_number_has_a_page() -> None:
    page, law = browser(account()), load_law()
    paths = [
        *(f"/rules/clause/{name}/" for name in law.clauses),
        *(f"/rules/rule/{rule.id}/" for rule in EVERY_RULE),
    ]
    assert [path for path in paths if page.get(path).status_code != 200] == []
    numbers = list(law.parameters)[:10]
    assert all(page.get(f"/rules/number/{each}/").status_code == 200 for each in numbers)


def test_a_clause_says_its_grade_its_rules_and_its_numbers_in_force() -> None:
    text = browser(account()).get("/rules/clause/AR/8.1/").content.decode()
    clause = load_law().clauses["AR/8.1"]
    assert clause.fact.zh in text
    assert "尚未有人核对" in text or "与原文核对" in text
    assert "/rules/rule/appointment_regulations/" in text or "/rules/rule/" in text
    assert "现行" in text


def test_a_search_finds_by_content_and_number() -> None:
    law = load_law()
    found = law_pages.lines(law, "zh", "基层工作经历")
    assert "AR/8.1" in {line.name for line in found}
    assert all("基层工作经历" in _texts(line) for line in found)
    assert [line.name for line in law_pages.lines(law, "zh", "AR/8.1")] == ["AR/8.1"]
    assert law_pages.lines(law, "zh", "没有这样的词") == []


def _texts(line: law_pages.ClauseLine) -> str:
    law = load_law()
    reading = line.clause.reading.zh if line.clause.reading else ""
    names = [law.parameters[each].title.zh for each in line.covered.parameters]
    titles = [rule.title for rule in EVERY_RULE if rule.id in line.covered.rules]
    return " ".join([line.name, line.document.title.zh, line.text, reading, *names, *titles])


def test_a_rule_names_the_numbers_it_counts_with() -> None:
    law = load_law()
    rule = next(each for each in EVERY_RULE if "AR/8.1" in each.cites)
    day = max(max(each.values) for each in law.parameters.values())
    used = law_pages.parameters_of(rule, law, day)
    assert used
    assert rule in law_pages.users_of(used[0], law, day)


def test_what_does_not_exist_is_not_found() -> None:
    page = browser(account())
    for path in ("/rules/clause/XX/1/", "/rules/rule/no/such/rule/", "/rules/number/no/such/"):
        assert page.get(path).status_code == 404
