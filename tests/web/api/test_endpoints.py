"""What each endpoint answers, over the demonstration area: the same as its page, and no slower."""

from typing import Any

import pytest
from django.utils import timezone
from tests.support.accounts import account, clerk, grant
from tests.support.standing_area import on, set_targets
from tests.support.tokens import ask, asking

from banzi.kernel.columns import FieldClass
from banzi.roster import Roster
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.board.models import Project
from banzi.web.jobs.jobs import enqueue
from banzi.web.queries.models import SavedQuery

pytestmark = pytest.mark.django_db


def test_teams_with_their_figures(area: Roster) -> None:
    holder = clerk()
    set_targets(holder)
    client, day = asking(holder), on(area.as_of)
    told = ask(client, f"teams?{day}&size=200")
    assert told["count"] == len(told["items"]) == area["teams"].height
    assert told["as_of"] == area.as_of.isoformat()
    for team in told["items"][:3]:
        one = ask(client, f"teams/{team['team_id']}?{day}")
        seats = [each for each in one["members"] if each["person_id"]]
        assert len(one["members"]) - len(seats) == team["vacancies"]
        assert one["team"]["seats"] == team["seats"]
        women = next(each for each in one["targets"] if each["target_id"] == "women")
        members = {each["person_id"] for each in seats}
        assert {*women["met"], *women["unmet"], *women["unknown"]} == members
        assert women["is_met"] == bool(women["met"])


def test_a_name_that_no_team_has_finds_none(area: Roster) -> None:
    told = ask(asking(clerk()), "teams?q=没有这样的班子")
    assert (told["count"], told["pages"], told["items"]) == (0, 0, [])


def test_figures_name_whom_they_count(area: Roster) -> None:
    client, day = asking(clerk()), on(area.as_of)
    tables = ask(client, f"figures?{day}")["tables"]
    assert len(tables) > 5
    table = ask(client, f"figures/quota-table?{day}")
    posts = [figure for row in table["rows"] for key, figure in row["figures"].items()
             if key.endswith("_actual") and figure["value"] is not None]  # fmt: skip
    assert posts
    assert any(each["persons"] for each in posts)
    ask(client, "figures/no-such-table", 404)


def test_figures_of_a_county_count_nobody_else(area: Roster) -> None:
    county = area["organs"].sort("organ_id")["organ_id"][1]
    holder = account()
    grant(holder, organ=county, fields=tuple(FieldClass))
    client, day = asking(holder), on(area.as_of)
    listed = ask(client, f"persons?{day}&size=200")
    mine = {each["person_id"] for each in listed["items"]}
    assert listed["count"] == len(mine) < area["persons"].height
    counted = {
        person
        for row in ask(client, f"figures/team-statistics?{day}")["rows"]
        for figure in row["figures"].values()
        for person in figure["persons"]
    }
    assert counted <= mine
    due = ask(client, f"due?{day}&months=60&size=200")
    assert {each["person_id"] for each in due["items"]} <= mine


def test_organs_are_rows_of_their_table(area: Roster) -> None:
    client = asking(clerk())
    told = ask(client, "organs?size=200&texts=true")
    assert told["count"] == area["organs"].height
    first = told["items"][0]
    assert ask(client, f"organs/{first['organ_id']}") == first
    ask(client, "organs/none", 404)


def test_a_file_says_dates_as_far_as_they_are_known(area: Roster) -> None:
    client = asking(clerk())
    person = area["persons"].sort("person_id").row(0, named=True)
    told = ask(client, f"persons/{person['person_id']}?texts=true")["tables"]["persons"][0]
    digits = f"{person['birth']:08}"
    assert told["birth"] == f"{digits[:4]}-{digits[4:6]}"
    assert told["texts"]["birth"] == f"{digits[:4]}.{digits[4:6]}"
    before = ask(client, f"persons/{person['person_id']}?known-on=2020-01-01", 404)
    assert before["code"] == "api/not-found"


def test_the_list_takes_the_filters_of_its_page(area: Roster) -> None:
    client = asking(clerk())
    women = ask(client, "persons?sex=female&column=sex&size=200")
    assert women["count"] == area["persons"].filter(sex="female").height
    assert {each["sex"] for each in women["items"]} == {"female"}


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("persons?level=1Z99", "level"),
        ("persons?organs=county", "organs"),
        ("persons?column=shoe_size", "column"),
        ("persons?age-from=old", "age-from"),
        ("persons?size=5000", "size"),
        ("teams?on=2026-02-30", "on"),
        ("due?kind=nothing", "kind"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(area: Roster, address: str, where: str) -> None:
    told = ask(asking(clerk()), address, 422)
    assert told["code"] == "api/bad-parameters"
    assert [each["where"] for each in told["problems"]] == [where]
    assert told["problems"][0]["message"]


def test_fitness_rests_on_every_class_of_fields(area: Roster) -> None:
    day, person = on(area.as_of), area["persons"].sort("person_id")["person_id"][0]
    some = asking(clerk(fields=(FieldClass.BASIC, FieldClass.FAMILY)))
    ask(some, f"persons/{person}/posts?{day}", 404)
    client = asking(clerk())
    posts = ask(client, f"persons/{person}/posts?{day}")["posts"]
    assert posts
    rules = ask(client, f"persons/{person}/posts/{posts[0]['post_id']}?{day}")["rules"]
    worst = {rule["rule_id"]: rule["verdict"] for rule in rules}
    assert all(worst[each["rule_id"]] == each["verdict"] for each in posts[0]["rules"])
    assert all(rule["clauses"] for rule in rules)
    ask(client, f"persons/{person}/posts/none?{day}", 404)


def kept(owner: Account, where: str, name: str = "") -> SavedQuery:
    from banzi.web.queries.access import written
    from banzi.web.queries.asking import read_where
    from banzi.web.queries.population import population

    request: Any = type("Request", (), {"user": owner})()
    people = population(rights_of(request), timezone.localdate())
    with act("test.query", by=owner):
        return SavedQuery.objects.create(
            owner=owner, name=name or where, condition=written(read_where(where, people, print)),
            shown_as="columns=sex,birth", kept_at=timezone.now(),
        )  # fmt: skip


def test_a_saved_query_finds_whom_its_page_finds(area: Roster) -> None:
    holder = clerk()
    query = kept(holder, "性别=女")
    client = asking(holder)
    assert [each["number"] for each in ask(client, "queries")["queries"]] == [query.pk]
    told = ask(client, f"queries/{query.pk}/persons?size=200")
    assert told["count"] == area["persons"].filter(sex="female").height
    assert set(told["items"][0]["texts"]) == {"性别", "出生年月"}
    none = ask(client, f"queries/{query.pk}/persons?list=unknown")
    assert none["count"] == area["persons"]["sex"].null_count()
    ask(asking(clerk()), f"queries/{query.pk}/persons", 404)


def test_a_query_about_what_is_closed_says_so(area: Roster) -> None:
    holder = clerk()
    query = kept(holder, "政治素质考察（最近结论）为符合")
    told = ask(asking(holder, fields=()), f"queries/{query.pk}/persons", 422)
    assert told["code"] == "queries/not-held"


def test_jobs_are_ones_own() -> None:
    holder = clerk()
    made = enqueue("board.prepare", {}, by=holder)
    told = ask(asking(holder), "jobs")
    assert [each["job_id"] for each in told["items"]] == [made.pk]
    assert ask(asking(holder), f"jobs/{made.pk}")["state"] == "queued"
    ask(asking(clerk()), f"jobs/{made.pk}", 404)


def test_what_a_token_may_do_is_told() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE, fields=(FieldClass.FAMILY,))
    told = ask(asking(holder, verbs=[Verb.VIEW], fields=tuple(FieldClass)), "me")
    assert (told["verbs"], told["fields"]) == (["view"], ["basic", "family"])


QUERIES = {"me": 4, "persons": 14, "organs": 12, "teams": 12, "due": 16, "jobs": 5, "plans": 6, "queries": 6,
           "figures": 12}  # fmt: skip
"""Most queries of the database for a list, however long it is."""


@pytest.mark.parametrize("address", QUERIES)
def test_lists_cost_a_bounded_number_of_queries(
    area: Roster, django_assert_max_num_queries: Any, address: str
) -> None:
    holder = clerk()
    client, day = asking(holder), on(area.as_of)
    for number in range(8):  # of what the area has none
        enqueue("board.prepare", {}, by=holder)
        kept(holder, "性别=女", f"{number}")
        with act("test.project", by=None):
            Project.objects.create(name=f"换届{number}", as_of=area.as_of, created_by=holder,
                                   created_at=timezone.now())  # fmt: skip
    tail = f"?{day}" if address in ("persons", "organs", "teams", "due", "figures") else ""
    first = ask(client, f"{address}{tail}")
    lists = [each for each in first.values() if isinstance(each, list)]
    assert address == "me" or any(len(each) > 2 for each in lists)
    with django_assert_max_num_queries(QUERIES[address]):
        ask(client, f"{address}{tail}")
