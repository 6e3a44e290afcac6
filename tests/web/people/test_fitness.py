"""Posts a person could take: the engine's own verdicts, and what a correction would change."""

from datetime import date

import pytest
from django.test import Client
from tests.support.accounts import account, clerk, grant

from banzi.kernel.columns import FieldClass
from banzi.law import load_law
from banzi.roster import TABLES
from banzi.rules.explaining import explain, overall
from banzi.rules.screening import screen
from banzi.web.accounts.rights import Verb
from banzi.web.people.file import row_at
from banzi.web.people.fitness import effects, fitness, vacant_posts
from banzi.web.records.freezing import current_roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
DAY = date(2026, 7, 1)


def test_posts_that_nobody_holds_with_the_verdicts_of_a_screening() -> None:
    roster = current_roster(DAY)
    assert vacant_posts(roster, DAY) == ["free"]
    pairs = screen(roster, DAY, ["free"], load_law()).pairs
    for person, verdict in pairs.select("person_id", "verdict").iter_rows():
        (found,) = fitness(person, DAY)
        assert found.verdict == verdict
        assert found.verdict == overall(explain(roster, DAY, person, "free"))


def test_a_correction_shows_which_verdicts_it_changes_before_it_is_written() -> None:
    old = row_at(TABLES["persons"], "p1", "-")
    assert old is not None
    before = {each.post_id: each.verdict for each in fitness("p1", DAY)}
    found = effects("p1", "persons", old, {**old, "birth": 19500100}, DAY)
    assert {each.post.post_id for each in found} >= {"free"}
    assert all(each.before == before.get(each.post.post_id, each.before) for each in found)
    assert row_at(TABLES["persons"], "p1", "-") == old
    assert effects("p1", "persons", old, {**old, "remarks": "无"}, DAY) == []


def test_the_page_names_verdict_rule_and_clause(client: Client) -> None:
    client.force_login(clerk(Verb.VIEW, Verb.EDIT))
    table = client.get("/people/person/p1/posts/table/?on=2026-07-01").content.decode()
    assert "副县长" in table
    assert "不符合" in table or "无法认定" in table
    reasons = client.get("/people/person/p1/posts/free/?on=2026-07-01").content.decode()
    assert "CSL/" in reasons
    assert client.get("/people/person/p1/posts/nowhere/").status_code == 404
    typed = {"birth": "1950.01"}
    shown = client.post("/people/person/p1/persons/-/effect/?on=2026-07-01", typed).content.decode()
    assert "结论会改变" in shown
    wrong = client.post("/people/person/p1/persons/-/effect/", {"birth": "1950.13"})
    assert "不是有效日期" in wrong.content.decode()


def test_reasons_are_not_shown_to_who_may_not_see_what_they_rest_on(client: Client) -> None:
    holder = account()
    grant(holder, fields=(FieldClass.IDENTITY, FieldClass.FAMILY))
    client.force_login(holder)
    assert "不予显示" in client.get("/people/person/p1/posts/").content.decode()
    assert client.get("/people/person/p1/posts/table/").status_code == 404
    assert client.get("/people/person/p1/posts/free/").status_code == 404
