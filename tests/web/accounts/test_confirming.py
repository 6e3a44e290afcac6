"""A form that is posted after the password grew old: asked for in its place, and nothing is lost."""

import json
import logging
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.accounts import PASSWORD, account, administrator, asks_again
from tests.support.confirming import asking_form, confirmed

from banzi.web.accounts.models import Account, Grant, Office, SecondFactor
from banzi.web.accounts.second_factor import new_card
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.audit.acts import act

pytestmark = pytest.mark.django_db
WANTED = {
    "verbs": ["view", "edit"],
    "levels": [],
    "fields_held": ["identity", "family"],
    "starts": "2026-03-01",
    "until": "2027-03-01",
    "why": '分工调整<b>"甲"&乙</b>',
}


def stale(holder: Account, **given: Any) -> Client:
    client = Client(**given)
    client.force_login(holder)
    return client


def typed(asked: Any) -> dict[str, list[str]]:
    carried = asking_form(asked).carried
    del carried["csrfmiddlewaretoken"]  # masked anew on each page
    return carried


def test_what_was_typed_is_done_after_the_password() -> None:
    holder, client = account(), stale(administrator())
    address = f"/accounts/{holder.pk}/grant/"
    asked = client.post(address, WANTED, headers={"referer": f"http://testserver{address[:-6]}"})
    assert asks_again(asked)
    assert asked.headers["Cache-Control"].count("no-store")
    assert not Grant.objects.exists()
    form = asking_form(asked)
    assert form.action == address
    assert form.back == f"http://testserver{address[:-6]}"
    assert confirmed(client, asked).headers["Location"] == f"/accounts/{holder.pk}/"
    found = Grant.objects.order_by("verb").values_list("verb", "fields", "until", "why")
    assert [(verb, fields, str(until), why) for verb, fields, until, why in found] == [
        ("edit", "identity family", "2027-03-01", WANTED["why"]),
        ("view", "identity family", "2027-03-01", WANTED["why"]),
    ]
    again = client.post(address, {**WANTED, "starts": ""})
    assert again.status_code == 302, "for a while the password counts"


def test_a_wrong_password_does_nothing_and_loses_nothing() -> None:
    holder, security = account(), administrator()
    client = stale(security)
    asked = client.post(f"/accounts/{holder.pk}/grant/", WANTED)
    first = typed(asked)
    for _number in range(5):
        asked = confirmed(client, asked, "Wrong-guess-77")
        assert asks_again(asked)
        assert "密码不正确" in asked.content.decode()
        assert "Wrong-guess-77" not in asked.content.decode()
        assert typed(asked) == first
    assert asks_again(confirmed(client, asked)), "locked after so many, as at signing in"
    assert not Grant.objects.exists()


def test_the_button_that_was_pressed_is_carried_too() -> None:
    """A form with two buttons: the other one would do the contrary."""
    client = stale(administrator())
    asked = client.post("/accounts/asked/1/password/", {"reason": "本人未提出", "decline": "1"})
    assert asking_form(asked).carried["decline"] == ["1"]


def test_a_form_of_elsewhere_stays_refused() -> None:
    holder = account()
    client = stale(administrator(), enforce_csrf_checks=True)
    address = f"/accounts/{holder.pk}/grant/"
    assert client.post(address, WANTED).status_code == 403
    assert client.post(address, {**WANTED, "again-password": PASSWORD}).status_code == 403
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_no_way_leads_to_another_site(elsewhere: str) -> None:
    client = stale(administrator())
    given = {"again-back": elsewhere, "action": elsewhere, "next": elsewhere}
    asked = client.post("/accounts/1/grant/", given, headers={"referer": elsewhere})
    form = asking_form(asked)
    assert (form.action, form.back) == ("/accounts/1/grant/", "/")
    asked = client.post("/accounts/1/grant/", WANTED, headers={"referer": elsewhere})
    assert asking_form(asked).back == "/"


def test_the_address_keeps_what_was_asked_in_it() -> None:
    client = stale(administrator(Office.SYSTEM))
    asked = client.post("/accounts/new/?from=list&x=%22", {"name": "某"})
    assert asking_form(asked).action == "/accounts/new/?from=list&x=%22"


def test_a_file_is_chosen_again_on_the_same_page() -> None:
    client = stale(administrator(Office.SYSTEM))

    def backup() -> SimpleUploadedFile:
        return SimpleUploadedFile("备份.zip", b"PK\x05\x06" + bytes(18))

    asked = client.post("/backup/restore/file/", {"file": backup(), "note": "取自光盘"})
    form = asking_form(asked)
    assert (form.files, form.carried["note"]) == (["file"], ["取自光盘"])
    assert "备份.zip" in asked.content.decode()
    assert 'enctype="multipart/form-data"' in asked.content.decode()
    done = confirmed(client, asked, file=backup())
    assert not asks_again(done)
    assert done.status_code == 302


def test_a_code_is_asked_for_where_there_is_a_second_factor() -> None:
    holder, security = account(), administrator()
    with act("test.card", by=None):
        SecondFactor.objects.create(account=security)
        codes = new_card(security)
    client = stale(security)
    asked = client.post(f"/accounts/{holder.pk}/grant/", WANTED)
    assert "第1号" in asked.content.decode()
    for code in ({}, {"again-code": "00000000"}):
        asked = confirmed(client, asked, **code)
        assert asks_again(asked)
    assert confirmed(client, asked, **{"again-code": codes[0]}).status_code == 302
    assert Grant.objects.count() == 2


def test_a_part_of_a_page_gives_way_to_the_whole_one() -> None:
    client = stale(administrator())
    asked = client.post("/accounts/1/grant/", WANTED, headers={"hx-request": "true"})
    assert asked.headers["HX-Retarget"] == "body"
    assert "<!doctype html>" in asked.content.decode()
    assert asking_form(asked).carried["why"] == [WANTED["why"]]


def test_nothing_of_a_form_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    client = stale(administrator())
    with caplog.at_level(logging.DEBUG):
        asked = client.post("/accounts/1/grant/", {**WANTED, "why": "不可外传之理由"})
        confirmed(client, asked, "Wrong-guess-77")
    told = " ".join(str(each.__dict__) for each in caplog.records if "sql" not in each.__dict__)
    assert "不可外传" not in told
    assert "Wrong-guess-77" not in told
    assert asked.wsgi_request.sensitive_post_parameters == "__ALL__"


@freshly_signed_in
def echo(request: HttpRequest) -> HttpResponse:
    return JsonResponse(dict(request.POST.lists()))


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)
names = st.from_regex(r"[a-z职务][a-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda name: not name.startswith("again-")
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields=st.dictionaries(names, st.lists(words, min_size=1, max_size=3), max_size=4))
def test_a_page_gets_what_was_posted_and_nothing_of_the_asking(
    fields: dict[str, list[str]],
) -> None:
    holder = Account.objects.filter(office="").first() or account()

    def posted(given: dict[str, Any]) -> Any:
        request = RequestFactory().post("/echo/", given)
        request.user, request.session = holder, SessionStore()
        return echo(request)

    carried = asking_form(posted(fields)).carried
    done = posted({**carried, "again-password": PASSWORD})
    assert json.loads(done.content) == fields
