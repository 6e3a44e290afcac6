"""Signing in: lock after failures, second factor, one-time passwords, limits of sessions."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from tests.support.accounts import PASSWORD, account, administrator, request_of

from banzi.web.accounts import resets, signing_in
from banzi.web.accounts.freshness import FRESH_AT
from banzi.web.accounts.models import Account, Office, OpenSession, SecondFactor
from banzi.web.accounts.second_factor import new_card, new_secret, sealed
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act

pytestmark = pytest.mark.django_db


def sign_in(client: Client, who: Account, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"username": who.username, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/my-rights/").status_code == 200


def test_signing_in_and_out_are_acts(client: Client) -> None:
    who = account()
    assert sign_in(client, who, next="/my-rights/").headers["Location"] == "/my-rights/"
    assert is_in(client)
    client.post("/logout/")
    assert not is_in(client)
    verbs = list(Act.objects.filter(by=who.username).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["accounts.sign_in", "accounts.sign_out"]


def test_no_way_to_another_site(client: Client) -> None:
    assert sign_in(client, account(), next="https://elsewhere.example/").headers["Location"] == "/"


def test_too_many_wrong_passwords_lock_for_a_while(client: Client) -> None:
    who = account()
    for _number in range(5):
        assert "不正确" in sign_in(client, who, "wrong").content.decode()
    sign_in(client, who)
    assert not is_in(client)
    who.refresh_from_db()
    assert who.locked_until
    assert timedelta(minutes=14) < who.locked_until - timezone.now() < timedelta(minutes=15)
    with act("test.later", by=None):
        Account.objects.filter(pk=who.pk).update(locked_until=timezone.now())
    sign_in(client, who)
    assert is_in(client)
    assert Act.objects.filter(verb="accounts.sign_in_failed", about=who.username).count() == 5


def test_the_count_of_failures_starts_anew_after_a_right_password(client: Client) -> None:
    who = account()
    for _round in range(3):
        for _number in range(4):
            sign_in(client, who, "wrong")
        sign_in(client, who)
        assert is_in(client)
        client.post("/logout/")


@pytest.mark.parametrize("change", [{"is_active": False}, {"closed_on": "2026-01-01"}])
def test_a_locked_or_closed_account_does_not_get_in(
    client: Client, change: dict[str, object]
) -> None:
    sign_in(client, account(**change))
    assert not is_in(client)


def test_an_unknown_name_is_told_the_same(client: Client) -> None:
    known, unknown = account(), Account(username="nobody")
    texts = [
        re.sub(
            r"[A-Za-z0-9]{64}|user[0-9]+|nobody", "", sign_in(client, who, "wrong").content.decode()
        )
        for who in (known, unknown)
    ]
    assert "登录名或密码不正确" in texts[1]
    assert texts[0] == texts[1]


def test_a_one_time_password_leads_to_a_password_of_ones_own(client: Client) -> None:
    who = account(must_change_password=True)
    sign_in(client, who)
    assert client.get("/").headers["Location"] == "/password/"
    given = {"present": PASSWORD, "new": "short", "again": "other"}
    page = client.post("/password/", given).content.decode()
    assert "密码至少10位" in page
    assert "至少三类" in page
    new = "Plain-words-42"
    other = Client()
    sign_in(other, who)
    client.post("/password/", {"present": PASSWORD, "new": new, "again": new})
    assert is_in(client), "who has just given the new password stays signed in"
    assert not is_in(other)
    again = Client()
    sign_in(again, who, new)
    assert again.get("/").status_code == 200


@pytest.mark.parametrize(
    "password", ["Short-1", "onlylowercase", "Password123", PASSWORD, "Zhou-user-77-zhou"]
)
def test_poor_passwords_are_refused(client: Client, password: str) -> None:
    who = account(username="zhou", must_change_password=True)
    sign_in(client, who)
    client.post("/password/", {"present": PASSWORD, "new": password, "again": password})
    who.refresh_from_db()
    assert who.must_change_password


def test_old_passwords_are_changed_where_the_office_wants_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = account(password_set_on=timezone.localdate() - timedelta(days=90))
    sign_in(client, who)
    assert client.get("/").status_code == 200
    monkeypatch.setenv("BANZI_PASSWORD_DAYS", "90")
    assert client.get("/").headers["Location"] == "/password/"


def totp_of(who: Account) -> bytes:
    secret = new_secret()
    with act("test.second", by=None):
        SecondFactor.objects.create(account=who, secret=sealed(secret))
    return secret


def code_now(secret: bytes) -> str:
    totp = TOTP(secret)
    totp.time = time.time()
    return f"{totp.token():06}"


def test_an_authenticator_code_is_good_once(client: Client) -> None:
    who = account()
    secret = totp_of(who)
    assert sign_in(client, who).headers["Location"] == "/login/code/"
    assert not is_in(client)
    code = code_now(secret)
    client.post("/login/code/", {"code": code})
    assert is_in(client)
    client.post("/logout/")
    sign_in(client, who)
    assert "不正确" in client.post("/login/code/", {"code": code}).content.decode()
    assert not is_in(client)


def test_wrong_codes_lock_too(client: Client) -> None:
    who = account()
    secret = totp_of(who)
    sign_in(client, who)
    right = code_now(secret)
    wrong = "000000" if right != "000000" else "000001"
    for _number in range(5):
        client.post("/login/code/", {"code": wrong})
    client.post("/login/code/", {"code": right})
    assert not is_in(client)


def test_codes_of_a_card_are_asked_for_in_order_and_used_up(client: Client) -> None:
    who = account()
    with act("test.card", by=None):
        SecondFactor.objects.create(account=who)
        codes = new_card(who)
    for number in (1, 2):
        sign_in(client, who)
        assert f"第{number}号" in client.get("/login/code/").content.decode()
        assert not is_in(client)
        client.post("/login/code/", {"code": codes[number - 1]})
        assert is_in(client)
        client.post("/logout/")


def test_an_authenticator_is_bound_by_a_first_code(client: Client) -> None:
    who = account()
    sign_in(client, who)
    page = client.get("/second-factor/").content.decode()
    assert "data:image/svg+xml" in page
    typed = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert typed
    import base64

    secret = base64.b32decode(typed[1] + "=" * (-len(typed[1]) % 8))
    client.post("/second-factor/", {"code": code_now(secret)})
    stored = SecondFactor.objects.get(account=who).secret
    assert stored
    assert typed[1] not in stored


def test_a_card_is_printed_as_pdf(client: Client) -> None:
    who = account()
    sign_in(client, who)
    answer = client.post("/second-factor/card.pdf")
    assert answer.content[:5] == b"%PDF-"
    assert SecondFactor.objects.get(account=who).secret is None


def test_the_second_factor_can_be_demanded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANZI_SECOND_FACTOR", "1")
    sign_in(client, account())
    assert client.get("/").headers["Location"] == "/second-factor/"


@pytest.mark.parametrize(
    ("age", "stays"),
    [
        ({"seen_at": timedelta(minutes=29)}, True),
        ({"seen_at": timedelta(minutes=31)}, False),
        ({"started_at": timedelta(hours=11)}, True),
        ({"started_at": timedelta(hours=12, minutes=1)}, False),
    ],
)
def test_idle_and_long_sessions_end(client: Client, age: dict[str, timedelta], stays: bool) -> None:
    sign_in(client, account())
    OpenSession.objects.update(**{name: timezone.now() - by for name, by in age.items()})
    assert is_in(client) is stays


def test_a_further_place_ends_the_oldest() -> None:
    who = account()
    places = [Client() for _number in range(4)]
    for place in places:
        sign_in(place, who)
    assert [is_in(place) for place in places] == [False, True, True, True]


def test_an_ended_session_is_out(client: Client) -> None:
    sign_in(client, account())
    OpenSession.objects.all().delete()
    assert not is_in(client)


def test_a_grave_act_asks_for_the_password_again(client: Client) -> None:
    @freshly_signed_in
    def release(request: HttpRequest) -> HttpResponse:
        return HttpResponse("done")

    request = request_of(account(), "/release/?plan=1")
    for fresh_at, status in ((time.time(), 200), (time.time() - 700, 302), (0, 302)):
        request.session = {FRESH_AT: fresh_at}
        answer = release(request)
        assert answer.status_code == status
    assert answer.headers["Location"] == "/confirm/?next=%2Frelease%2F%3Fplan%3D1"
    client.force_login(request.user)
    assert "密码不正确" in client.post("/confirm/", {"password": "wrong"}).content.decode()
    assert FRESH_AT not in client.session
    assert client.post("/confirm/", {"password": PASSWORD}).status_code == 302
    assert FRESH_AT in client.session


def test_passwords_and_secrets_are_not_in_the_record(client: Client) -> None:
    from banzi.web.audit.models import Change

    who = account()
    totp_of(who)
    texts = " ".join(f"{old}{new}" for old, new in Change.objects.values_list("old", "new"))
    assert who.username in texts
    assert who.password not in texts
    assert str(SecondFactor.objects.get(account=who).secret) not in texts


def test_administrators_sign_in_too(client: Client) -> None:
    sign_in(client, administrator(Office.AUDITOR))
    assert is_in(client)


def test_guessing_at_a_screen_left_open_locks_too(client: Client) -> None:
    """Where one is signed in already, any number of passwords could be tried."""
    who = account()
    client.force_login(who)
    for _number in range(5):
        client.post("/confirm/", {"password": "wrong"})
    assert "不能再试" in client.post("/confirm/", {"password": PASSWORD}).content.decode()
    assert FRESH_AT not in client.session
    own = {"present": PASSWORD, "new": "Plain-words-42", "again": "Plain-words-42"}
    assert client.post("/password/", own).status_code == 200
    who.refresh_from_db()
    assert who.check_password(PASSWORD)


def test_a_locked_account_takes_as_long_as_an_unknown_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quick answer told that there is an account of this name."""
    made = []
    monkeypatch.setattr(signing_in, "make_password", made.append)
    for who in (Account(username="nobody"), account(is_active=False)):
        sign_in(client, who, "guess")
    assert made == ["guess", "guess"]


def test_no_card_of_codes_before_a_password_of_ones_own(client: Client) -> None:
    sign_in(client, account(must_change_password=True))
    assert client.post("/second-factor/card.pdf").headers["Location"] == "/password/"
    assert not SecondFactor.objects.exists()


def test_a_password_reset_before_the_code_is_given_is_asked_for_again(client: Client) -> None:
    who = account()
    secret = totp_of(who)
    sign_in(client, who)
    resets.ask_reset(administrator(Office.SYSTEM), who, "疑似泄露")
    answer = client.post("/login/code/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/login/"
    assert not is_in(client)
