"""Role by verb by field class at the API; what says nothing is refused; what is read is noted."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import include, path
from ninja import NinjaAPI
from python_calamine import CalamineWorkbook
from tests.support.accounts import account, administrator, clerk, grant
from tests.support.rights_matrix import BASIC, COUNTY_A, ROLES, Role, check
from tests.support.small_region import PEOPLE, small_region
from tests.support.tokens import API, asking, bearing, token_for

from banzi.kernel.columns import FieldClass
from banzi.people import PERSONS
from banzi.web.accounts.models import Office
from banzi.web.accounts.rights import Verb
from banzi.web.api.models import Area
from banzi.web.api.offering import ROUTER, guarded_urls
from banzi.web.audit.sealing import unsealed

pytestmark = pytest.mark.django_db
LISTED = (FieldClass.BASIC, FieldClass.IDENTITY)
"""Classes that a list of persons has columns of."""


@pytest.fixture
def _region() -> None:
    small_region()


def in_workbook(answer: Any) -> str:
    if answer.status_code != 200:
        return ""
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


@pytest.mark.usefixtures("_region")
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_list(role: Role) -> None:
    check(
        role,
        Verb.VIEW,
        lambda client: client.get(f"{API}/persons?column=id_number&column=unit&texts=true"),
        classes=LISTED,
        way_in=asking,
    )


@pytest.mark.usefixtures("_region")
@pytest.mark.parametrize("role", ROLES, ids=str)
@pytest.mark.parametrize("person", ["head_a", "head_b"])
def test_a_file(role: Role, person: str) -> None:
    check(
        role,
        Verb.VIEW,
        lambda client: client.get(f"{API}/persons/{person}?texts=true"),
        persons=(person,),
        way_in=asking,
    )


@pytest.mark.usefixtures("_region")
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_an_export(role: Role) -> None:
    check(
        role,
        Verb.RELEASE,
        lambda client: client.get(f"{API}/persons.xlsx?column=id_number&column=unit"),
        text=in_workbook,
        classes=LISTED,
        way_in=asking,
    )


@pytest.mark.usefixtures("_region")
def test_a_masked_column_is_absent_and_an_unknown_one_null() -> None:
    holder = account()
    grant(holder, fields=BASIC)
    told = asking(holder).get(f"{API}/persons/mayor").json()["tables"]
    mine = told["persons"][0]
    masked = {
        column.name for column in PERSONS if PERSONS.class_of(column.name) != FieldClass.BASIC
    }
    assert masked
    assert not masked & mine.keys()
    assert mine["ethnicity"] is None
    assert told["relatives"] == []


@pytest.mark.usefixtures("_region")
def test_totals_count_those_who_may_be_listed() -> None:
    holder = account()
    grant(holder, organ="county_a")
    told = asking(holder).get(f"{API}/persons").json()
    assert told["count"] == len(told["items"]) == len(COUNTY_A)
    assert {each["person_id"] for each in told["items"]} == set(COUNTY_A)


@pytest.mark.usefixtures("_region")
@pytest.mark.parametrize(
    ("limits", "seen"),
    [
        ({"organ": "bureau_a"}, {"chief_a"}),
        ({"organ": "county_a"}, {"head_a", "chief_a"}),
        ({"organ": "city"}, {"head_a", "chief_a"}),
    ],
)
def test_a_token_of_an_organ_reaches_where_both_it_and_the_account_do(
    limits: dict[str, Any], seen: set[str]
) -> None:
    holder = account()
    grant(holder, organ="county_a")
    told = asking(holder, **limits).get(f"{API}/persons").json()
    assert {each["person_id"] for each in told["items"]} == seen


@pytest.mark.usefixtures("_region")
def test_a_token_of_an_organ_beyond_the_account_reaches_nothing() -> None:
    holder = account()
    grant(holder, organ="county_a")
    answer = asking(holder, organ="county_b").get(f"{API}/persons")
    assert (answer.status_code, answer.json()["code"]) == (403, "api/not-allowed")


@pytest.mark.usefixtures("_region")
def test_someone_out_of_reach_and_nobody_are_answered_alike() -> None:
    holder = account()
    grant(holder, organ="county_a", fields=tuple(FieldClass))
    client = asking(holder)
    for tail in ("", "/posts", "/posts/post_mayor"):
        hidden = client.get(f"{API}/persons/mayor{tail}")
        nobody = client.get(f"{API}/persons/nobody{tail}")
        assert (hidden.status_code, hidden.content) == (404, nobody.content)


@pytest.mark.usefixtures("_region")
@pytest.mark.parametrize("office", [each for each in Office if each is not Office.NONE])
def test_an_administrators_token_reads_its_jobs_and_nothing_of_persons(office: Office) -> None:
    client = asking(administrator(office))
    assert client.get(f"{API}/jobs").status_code == 200
    closed = ("persons", "persons/mayor", "organs", "teams", "due", "queries", "plans", "figures")
    assert {client.get(f"{API}/{each}").status_code for each in closed} == {403}


@pytest.mark.usefixtures("_region")
def test_a_token_opens_the_parts_it_names() -> None:
    client = asking(clerk(), areas=[Area.PERSONS])
    assert client.get(f"{API}/persons").status_code == 200
    answer = client.get(f"{API}/due")
    assert (answer.status_code, answer.json()["code"]) == (403, "api/not-in-area")


@pytest.mark.usefixtures("_region")
def test_a_token_without_a_verb_does_not_do_it() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    answer = asking(holder, verbs=[Verb.VIEW]).get(f"{API}/persons.xlsx")
    assert (answer.status_code, answer.json()["code"]) == (403, "api/not-allowed")
    assert asking(holder).get(f"{API}/persons.xlsx").status_code == 200


@pytest.mark.usefixtures("_region")
def test_what_is_read_and_taken_out_is_noted_with_the_token() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    made = token_for(holder)
    client = bearing(made.text)
    for address in ("persons?q=mayor", "persons/head_a", "persons.xlsx", "persons/nobody"):
        client.get(f"{API}/{address}")
    noted = [(note.kind, note.person_id, note.what) for note in unsealed()
             if note.by == holder.username]  # fmt: skip
    assert noted == [
        ("read", "", f"API {made.token.key} {API}/persons?q=mayor"),
        ("read", "head_a", f"API {made.token.key} {API}/persons/head_a"),
        ("export", "", f"API {made.token.key} {API}/persons.xlsx"),
        ("refused", "", f"API {made.token.key} {API}/persons/nobody"),
    ]


def test_an_endpoint_that_says_no_verb_is_refused() -> None:
    api = NinjaAPI(urls_namespace="silent", docs_url=None, openapi_url=None)

    @api.get("/silent", url_name="silent")
    def silent(request: Any) -> dict[str, str]:
        return {"said": "everything"}

    urls = (
        path("", include("banzi.web.config.urls")),
        *(path(f"api/v1/{each.pattern}", each.callback) for each in guarded_urls(api)),
    )
    with override_settings(ROOT_URLCONF=urls):
        answer = asking(clerk(*Verb)).get(f"{API}/silent")
        assert (answer.status_code, answer.json()["code"]) == (403, "api/not-allowed")


def test_every_endpoint_but_two_kinds_asks_for_a_verb() -> None:
    free = {
        address
        for address, view in ROUTER.path_operations.items()
        for operation in view.operations
        if not operation.openapi_extra["x-verbs"]
    }
    assert free == {"/me", "/jobs", "/jobs/{job_id}"}


@pytest.mark.usefixtures("_region")
def test_a_session_opens_nothing(client: Client) -> None:
    client.force_login(clerk())
    assert client.get(f"{API}/persons").status_code == 401
    assert client.get(f"{API}/openapi.json").status_code == 200


@pytest.mark.usefixtures("_region")
def test_pages_follow_one_another_to_an_empty_one() -> None:
    client, found = asking(clerk()), []
    for page in range(1, 5):
        told = client.get(f"{API}/persons?size=2&page={page}").json()
        assert (told["count"], told["pages"]) == (len(PEOPLE), 3)
        found.append([each["person_id"] for each in told["items"]])
    assert [len(each) for each in found] == [2, 2, 1, 0]
    assert {person for each in found for person in each} == set(PEOPLE)


@pytest.mark.usefixtures("_region")
def test_what_was_worked_out_for_the_account_is_not_given_to_its_narrower_token() -> None:
    holder = clerk()
    tokens = (asking(holder), asking(holder, organ="county_a"), asking(holder))
    wide, narrow = set(PEOPLE), set(COUNTY_A)
    for client, seen in zip(tokens, (wide, narrow, wide), strict=True):
        listed = client.get(f"{API}/persons").json()
        assert {each["person_id"] for each in listed["items"]} == seen
        organs = client.get(f"{API}/organs").json()
        assert organs["count"] == (4 if seen is wide else 2)
        due = client.get(f"{API}/due?months=60&size=200").json()
        assert {each["person_id"] for each in due["items"]} <= seen
        counted = client.get(f"{API}/figures/bench-depth").json()
        assert {
            person
            for row in counted["rows"]
            for figure in row["figures"].values()
            for person in figure["persons"]
        } <= seen
