"""A token: how it is made, how it ends, what a wrong one is answered."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import account, administrator, clerk, grant, signed_in
from tests.support.small_region import small_region
from tests.support.tokens import API, bearing, token_for

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.lockouts import close, lock, unlock
from banzi.web.accounts.models import Account, Grant, Office
from banzi.web.accounts.policy import policy
from banzi.web.accounts.rights import Verb
from banzi.web.accounts.services import Refused, end_grant
from banzi.web.api.models import Area, Token, TokenUse
from banzi.web.api.tokens import (
    BAD_UNTIL,
    NO_AREA,
    NO_VERB,
    NOT_HELD,
    Limits,
    last_day,
    make_token,
    revoke,
    revoke_own,
)
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act, Change
from banzi.web.audit.sealing import unsealed

pytestmark = pytest.mark.django_db
VIEWING = Limits(frozenset({Verb.VIEW}), frozenset(Area))


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def status(text: str) -> int:
    return bearing(text).get(f"{API}/me").status_code


def code(text: str) -> Any:
    return bearing(text).get(f"{API}/me").json()["code"]


def changed(who: Account, **given: Any) -> None:
    with act("test.change", by=None):
        Account.objects.filter(pk=who.pk).update(**given)


def test_a_token_is_kept_as_a_digest_and_its_making_is_an_act() -> None:
    holder = clerk()
    made = make_token(holder, "采集程序", VIEWING, in_days(30))
    secret = made.text.rpartition("_")[2]
    assert secret not in str(Token.objects.filter(pk=made.token.pk).values())
    done = Act.objects.get(verb="api.make_token")
    assert (done.by, done.about) == (holder.username, "采集程序")
    written = Change.objects.get(act_id=done.act_id).new
    assert "采集程序" in written
    assert "digest" not in written
    assert status(made.text) == 200


@pytest.mark.parametrize(
    ("limits", "days", "why"),
    [
        (VIEWING, 0, BAD_UNTIL),
        (VIEWING, -1, BAD_UNTIL),
        (VIEWING, 400, BAD_UNTIL),
        (Limits(frozenset({Verb.VIEW}), frozenset()), 30, NO_AREA),
        (Limits(frozenset(), frozenset({Area.TEAMS})), 30, NO_VERB),
        (Limits(frozenset({Verb.VIEW, Verb.RELEASE}), frozenset(Area)), 30, NOT_HELD),
        (Limits(VIEWING.verbs, VIEWING.areas, frozenset({FieldClass.FAMILY})), 30, NOT_HELD),
        (Limits(VIEWING.verbs, VIEWING.areas, organ_id="county_b"), 30, NOT_HELD),
    ],
)
def test_a_token_beyond_its_holder_or_without_a_proper_end_is_refused(
    limits: Limits, days: int, why: Any
) -> None:
    small_region()
    holder = account()
    grant(holder, organ="county_a")
    with pytest.raises(Refused) as refused:
        make_token(holder, "采集程序", limits, in_days(days))
    assert refused.value.message.kind is why
    assert not Token.objects.exists()


def test_a_year_is_the_longest() -> None:
    holder = clerk()
    make_token(holder, "采集程序", VIEWING, last_day(timezone.localdate()))
    with pytest.raises(Refused):
        make_token(holder, "采集程序", VIEWING, last_day(timezone.localdate()) + timedelta(days=1))


def test_a_token_ends_on_its_day() -> None:
    holder = clerk()
    assert status(token_for(holder, until=in_days(1)).text) == 200
    assert status(token_for(holder, until=in_days(0)).text) == 401


def test_the_holder_and_the_security_administrator_revoke_it_and_nobody_else() -> None:
    holder, security = clerk(), administrator(Office.SECURITY)
    own, other = token_for(holder), token_for(holder)
    revoke_own(holder, own.token)
    with pytest.raises(Refused):
        revoke(administrator(Office.SYSTEM), other.token, "不再使用")
    with pytest.raises(Refused):
        revoke(security, other.token, " ")
    assert (status(own.text), status(other.text)) == (401, 200)
    revoke(security, other.token, "不再使用")
    assert status(other.text) == 401
    assert Act.objects.filter(verb="api.revoke_token").count() == 2


def test_a_token_dies_with_its_account() -> None:
    system = administrator(Office.SYSTEM)
    locked, closed = clerk(), clerk()
    texts = {who: token_for(who).text for who in (locked, closed)}
    assert {status(text) for text in texts.values()} == {200}
    lock(system, locked, "调离")
    close(system, closed, "调离")
    assert {status(text) for text in texts.values()} == {401}
    unlock(system, locked, "返岗")
    assert status(texts[locked]) == 200


def test_wrong_passwords_of_anybody_do_not_stop_a_token() -> None:
    """Whoever knew a login name could stop an interface for a quarter of an hour, again and again."""
    holder = clerk()
    text = token_for(holder).text
    for _time in range(policy().failures):
        Client().post("/login/", {"username": holder.username, "password": "wrong"})
    holder.refresh_from_db()
    assert holder.locked_until, "the password is worth nothing for a while"
    assert status(text) == 200


def test_a_one_time_password_comes_first() -> None:
    holder = clerk()
    changed(holder, must_change_password=True)
    assert code(token_for(holder).text) == "api/account-first"


def test_a_grant_that_ends_ends_what_the_token_reads() -> None:
    holder = clerk()
    client = bearing(token_for(holder).text)
    assert client.get(f"{API}/persons").status_code == 200
    end_grant(administrator(), Grant.objects.get(account=holder), "收回")
    assert client.get(f"{API}/persons").status_code == 403
    assert client.get(f"{API}/me").json()["verbs"] == []


def test_wrong_tokens_are_answered_alike_and_noted() -> None:
    holder = clerk()
    made = token_for(holder)
    wrong = [
        "nonsense",
        "banzi_" + "f" * 12 + "_" + "0" * 48,
        made.text[:-1] + ("0" if made.text[-1] != "0" else "1"),
        token_for(holder, until=in_days(0)).text,
    ]
    answers = [bearing(text).get(f"{API}/persons") for text in wrong]
    answers += [Client().get(f"{API}/persons")]
    assert {each.status_code for each in answers} == {401}
    assert len({each.content for each in answers}) == 1
    assert {each.headers["WWW-Authenticate"] for each in answers} == {"Bearer"}
    noted = [note.what for note in unsealed() if note.kind == "refused"]
    assert [each.split()[-1] for each in noted] == ["token", "token", "secret", "expired"]


def test_wrong_secrets_lock_the_token_for_a_while() -> None:
    made = token_for(clerk())
    wrong = made.text[:-1] + ("0" if made.text[-1] != "0" else "1")
    for _time in range(policy().failures):
        assert status(made.text) == 200
        assert status(wrong) == 401
    assert status(made.text) == 200, "a right one in between starts the count anew"
    for _time in range(policy().failures):
        status(wrong)
    assert status(made.text) == 401
    with act("test.later", by=None):
        Token.objects.filter(pk=made.token.pk).update(locked_until=timezone.now())
    assert status(made.text) == 200


def test_a_flood_of_wrong_tokens_is_turned_away_unnoted_and_others_go_on() -> None:
    right = token_for(clerk()).text
    answers = [bearing(f"nonsense{n}").get(f"{API}/me") for n in range(30)]
    assert [each.status_code for each in answers] == [401] * 20 + [429] * 10
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert sum(note.kind == "refused" for note in unsealed()) == 20
    assert status(right) == 200


def test_errors_are_told_in_the_language_asked_for() -> None:
    text = token_for(clerk()).text
    said = bearing(text).get(f"{API}/persons/nobody").json()
    english = bearing(text, **{"accept-language": "en-GB,en"}).get(f"{API}/persons/nobody").json()
    assert said["code"] == english["code"] == "api/not-found"
    assert said["message"] != english["message"]
    assert english["message"].isascii()


def test_the_last_use_is_kept_to_the_minute() -> None:
    made = token_for(clerk())
    status(made.text)
    use = TokenUse.objects.get(token=made.token)
    assert use.address == "127.0.0.1"
    TokenUse.objects.update(at=use.at - timedelta(seconds=30))
    status(made.text)
    assert TokenUse.objects.get().at == use.at - timedelta(seconds=30)
    TokenUse.objects.update(at=use.at - timedelta(minutes=2))
    status(made.text)
    assert TokenUse.objects.get().at >= use.at


def test_the_page_shows_the_text_once(client: Client) -> None:
    holder = clerk()
    given = {"title": "报表机", "areas": ["teams"], "verbs": ["view"], "until": in_days(30)}
    answer = signed_in(client, holder).post(reverse("token-new"), given)
    token = Token.objects.get()
    shown = str(answer.context["made"].text)
    assert shown in answer.content.decode()
    assert status(shown) == 200
    assert shown not in client.get(reverse("tokens")).content.decode()
    assert token.key in client.get(reverse("tokens")).content.decode()
    client.post(reverse("token-revoke", args=[token.pk]))
    assert status(shown) == 401


def test_the_page_needs_a_fresh_password_and_offers_only_what_is_held(client: Client) -> None:
    holder = account()
    grant(holder, fields=(FieldClass.IDENTITY,))
    stale = Client()
    stale.force_login(holder)
    assert stale.get(reverse("token-new")).status_code == 302
    form = signed_in(client, holder).get(reverse("token-new")).context["form"]
    offered = {name: [value for value, _label in form.fields[name].choices]
               for name in ("verbs", "fields_held")}  # fmt: skip
    assert offered == {"verbs": ["view"], "fields_held": ["identity"]}
    answer = client.post(
        reverse("token-new"),
        {"title": "报表机", "areas": ["teams"], "verbs": ["view", "release"], "until": in_days(9)},
    )
    assert answer.context["form"].errors.keys() == {"verbs"}
    assert not Token.objects.exists()


def test_nobody_revokes_anothers_token_on_his_own_page(client: Client) -> None:
    made = token_for(clerk())
    client.force_login(clerk())
    assert client.post(reverse("token-revoke", args=[made.token.pk])).status_code == 404
    assert client.get(reverse("tokens-of-all")).status_code == 403


def test_the_security_administrator_sees_all_and_revokes_with_a_reason(client: Client) -> None:
    made = token_for(clerk())
    client.force_login(administrator(Office.SECURITY))
    assert made.token.title in client.get(reverse("tokens-of-all")).content.decode()
    take = reverse("token-take", args=[made.token.pk])
    assert client.post(take, {"reason": ""}).status_code == 400
    assert status(made.text) == 200
    client.post(take, {"reason": "设备停用"})
    assert status(made.text) == 401
    assert Act.objects.get(verb="api.revoke_token").reason == "设备停用"


def test_the_description_is_for_those_who_are_signed_in_or_bear_a_token(client: Client) -> None:
    assert client.get(f"{API}/openapi.json").status_code == 401
    described = bearing(token_for(clerk()).text).get(f"{API}/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    client.force_login(clerk())
    page = client.get(reverse("api-guide")).content.decode()
    assert all(address in page for address in described["paths"])


def test_tokens_that_end_soon_wait_on_the_home_page(client: Client) -> None:
    holder = clerk()
    soon = token_for(holder, until=in_days(3))
    for days in (0, 60):
        token_for(holder, until=in_days(days))
    token_for(clerk(), until=in_days(3))
    client.force_login(holder)
    assert "tokens/?ending=1" in client.get("/").content.decode()
    part = client.get("/tokens/?ending=1")
    assert [row["token"] for row in part.context["rows"]] == [soon.token]
    assert "这里只列14天内到期的令牌" in part.content.decode()
    revoke_own(holder, soon.token)
    assert "tokens/?ending=1" not in client.get("/").content.decode()
    none_left = client.get("/tokens/?ending=1").content.decode()
    assert "没有即将到期的令牌" in none_left
    assert "还没有令牌" not in none_left, "there are others"
