"""The pages of the three administrators: what each may do there, and nobody else."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.accounts import (
    PASSWORD,
    account,
    administrator,
    asks_again,
    clerk,
    grant,
    rights,
)
from tests.support.accounts import signed_in as just_signed_in
from tests.support.small_region import small_region

from banzi.kernel.columns import FieldClass
from banzi.web.accounts import newcomers, resets, services
from banzi.web.accounts.models import (
    Account,
    AskedAct,
    Grant,
    Office,
    OpenSession,
    SecondFactor,
    Verb,
)
from banzi.web.accounts.services import Refused
from banzi.web.accounts.summary import what_may
from banzi.web.audit.acts import act

pytestmark = pytest.mark.django_db
NEW = "Plain-words-42"


def signed_in(who: Account) -> Client:
    return just_signed_in(Client(), who)


def do(client: Client, on: Account, what: str, **given: Any) -> str:
    answer = client.post(f"/accounts/{on.pk}/{what}/", {"reason": "工作需要", **given}, follow=True)
    return answer.content.decode()


def test_the_system_administrator_makes_an_account_that_may_do_nothing() -> None:
    client = signed_in(administrator(Office.SYSTEM))
    given = {"username": "zhou", "name": "周某", "staff_number": "1001"}
    page = client.post("/accounts/new/", given).content.decode()
    assert half(page)
    assert "没有任何业务权限" in page
    assert Account.objects.get(username="zhou").must_change_password
    for same in ({"username": "other"}, {"staff_number": "1002"}):
        again = client.post("/accounts/new/", {**given, **same}).content.decode()
        assert "alert-danger" in again
    assert Account.objects.filter(name="周某").count() == 1


def test_a_new_account_is_opened_by_two_offices() -> None:
    """Whoever made an account could sign in before its owner, with what it was granted meanwhile."""
    given = {"username": "zhou", "name": "周某", "staff_number": "1001"}
    system = signed_in(administrator(Office.SYSTEM))
    first = half(system.post("/accounts/new/", given).content.decode())
    made = Account.objects.get(username="zhou")
    assert not made.has_usable_password()
    assert "尚未确认" in system.get(f"/accounts/{made.pk}/").content.decode()
    security = just_signed_in(Client(), administrator(Office.SECURITY))
    listed = security.get("/accounts/asked/").content.decode()
    assert "新账号" in listed
    assert "新建账号" in listed
    second = half(security.post(f"/accounts/asked/{made.pk}/password/").content.decode())
    own = Client()
    for part in (first, second):
        assert own.post("/login/", {"username": "zhou", "password": part}).status_code == 200
    assert own.post("/login/", {"username": "zhou", "password": first + second}).status_code == 302
    assert "重置" not in own.get("/password/").content.decode(), "nobody reset anything"


def test_a_new_account_whose_slip_is_lost_is_asked_for_again() -> None:
    system = administrator(Office.SYSTEM)
    made = newcomers.create_account(system, "zhou", "周某", "1001")
    again = resets.ask_reset(system, made.account, "纸条遗失")
    second = resets.confirm_reset(administrator(Office.SECURITY), made.account)
    made.account.refresh_from_db()
    assert not made.account.check_password(made.password + second.password)
    assert made.account.check_password(again.password + second.password)


def test_a_reset_takes_two_offices_and_the_owner_is_told() -> None:
    holder = account()
    signed_in(holder)
    client = signed_in(administrator(Office.SYSTEM))
    first = half(do(client, holder, "reset"))
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD), "until it is confirmed nothing changes"
    assert first not in client.get(f"/accounts/{holder.pk}/").content.decode()
    assert client.post(f"/accounts/asked/{holder.pk}/password/").status_code == 403
    security = just_signed_in(Client(), administrator(Office.SECURITY))
    assert "等待我确认的事项" in security.get("/").content.decode()
    assert holder.name in security.get("/accounts/asked/").content.decode()
    second = half(security.post(f"/accounts/asked/{holder.pk}/password/").content.decode())
    assert not OpenSession.objects.filter(account=holder).exists()
    assert not AskedAct.objects.exists()
    own = Client()
    given = {"username": holder.username, "password": first + second}
    assert own.post("/login/", given).status_code == 302
    told = own.get("/password/").content.decode()
    assert administrator(Office.SYSTEM).name in told
    assert f"{administrator(Office.SECURITY).name}确认" in told
    kept = own.session.session_key
    new = {"present": first + second, "new": NEW, "again": NEW}
    assert own.post("/password/", new).headers["Location"] == "/"
    assert own.get("/my-rights/").status_code == 200, "one stays signed in"
    assert own.session.session_key != kept, "under a fresh key"
    assert "密码重置记录" in own.get("/my-rights/").content.decode()


def half(page: str) -> str:
    found = re.search(r"半段：([A-Za-z0-9-]+)。", page)
    assert found, "the page shows a half"
    return found[1]


def test_a_declined_reset_leaves_the_password() -> None:
    holder = account()
    do(signed_in(administrator(Office.SYSTEM)), holder, "reset")
    security = just_signed_in(Client(), administrator(Office.SECURITY))
    address = f"/accounts/asked/{holder.pk}/password/"
    assert security.post(address, {"decline": "1"}).status_code == 409, "a reason is needed"
    assert security.post(address, {"decline": "1", "reason": "本人未要求"}).status_code == 302
    assert security.post(address).status_code == 409
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD)


def test_a_security_administrators_reset_is_confirmed_by_the_auditor() -> None:
    holder = account(Office.SECURITY)
    do(signed_in(administrator(Office.SYSTEM)), holder, "reset")
    auditor = just_signed_in(Client(), administrator(Office.AUDITOR))
    page = auditor.post(f"/accounts/asked/{holder.pk}/password/")
    assert "后半段" in page.content.decode()


def test_with_a_second_factor_a_reset_holds_at_once_and_opens_nothing_without_it() -> None:
    holder = account()
    with act("test.factor", by=None):
        SecondFactor.objects.create(account=holder, secret="-")  # noqa: S106 - no code is right
    client = signed_in(administrator(Office.SYSTEM))
    page = do(client, holder, "reset")
    password = re.search(r"一次性密码：([A-Za-z0-9-]+)", page)
    assert password
    own = Client()
    given = {"username": holder.username, "password": password[1]}
    assert own.post("/login/", given).headers["Location"] == "/login/code/"
    services.take_second_factor(administrator(Office.SECURITY), holder, "遗失")
    assert own.post("/login/", given).status_code == 200, "worth nothing without the factor"


def test_locking_and_closing() -> None:
    holder, client = account(), signed_in(administrator(Office.SYSTEM))
    assert "已锁定" in do(client, holder, "lock")
    assert "在用" in do(client, holder, "unlock")
    assert "已停用" in do(client, holder, "close")
    assert "已停用" in do(client, holder, "unlock")
    holder.refresh_from_db()
    assert holder.closed_on == timezone.localdate()


def test_the_security_administrator_grants_and_recalls() -> None:
    small_region()
    holder, client = account(), signed_in(administrator(Office.SECURITY))
    page = do(
        client, holder, "grant", verbs=["view", "edit"], organ="county_a", levels=["1A31"],
        fields_held=["family"], why="分管县区",
    )  # fmt: skip
    assert "可以查看、编辑county_a及其下级机构县处级正职干部的基本信息、家庭信息" in page
    given = Grant.objects.filter(account=holder)
    assert {each.verb for each in given} == {"view", "edit"}
    assert set(rights(holder, timezone.localdate()).persons(Verb.VIEW)) == {"head_a"}
    first = given[0]
    do(client, holder, "end", grant=first.pk)
    first.refresh_from_db()
    assert first.until == timezone.localdate()
    assert not rights(holder, timezone.localdate()).may(Verb.of(first.verb))


def test_a_grant_needs_a_reason_and_an_order_of_days() -> None:
    holder, client = account(), signed_in(administrator(Office.SECURITY))
    assert "alert-danger" in do(client, holder, "grant", verbs=["view"], why="分工",
                                starts="2026-05-01", until="2026-05-01")  # fmt: skip
    assert "text-danger" in do(client, holder, "grant", verbs=["view"], why="")
    assert not Grant.objects.exists()


def test_an_office_is_given_and_stays() -> None:
    security, holder = administrator(Office.SECURITY), account()
    client = signed_in(security)
    assert "审计管理员" in do(client, holder, "office", office="auditor")
    assert "不能更改" in do(client, holder, "office", office="system")
    worker = clerk()
    assert "未到期的授权" in do(client, worker, "office", office="system")


@pytest.mark.parametrize(
    ("office", "acts"),
    [
        (Office.SYSTEM, {"grant", "office", "second", "end"}),
        (Office.SECURITY, {"reset", "lock", "close", "unlock"}),
    ],
)
def test_neither_does_what_is_the_others(office: Office, acts: set[str]) -> None:
    holder = account()
    given = grant(holder)
    client = signed_in(administrator(office))
    before = Account.objects.values().get(pk=holder.pk)
    for what in acts:
        page = do(client, holder, what, verbs=["edit"], why="分工", office="auditor",
                  grant=given.pk)  # fmt: skip
        assert "办理" in page
    assert Account.objects.values().get(pk=holder.pk) == before
    assert list(Grant.objects.values_list("pk", "until")) == [(given.pk, None)]


def test_an_administrators_screen_left_open_gives_nothing_away() -> None:
    """Grants and accounts ask for the password once more, as releases do."""
    holder = account()
    for office, address in (
        (Office.SECURITY, f"/accounts/{holder.pk}/grant/"),
        (Office.SYSTEM, f"/accounts/{holder.pk}/close/"),
        (Office.SYSTEM, "/accounts/new/"),
    ):
        client = Client()
        client.force_login(administrator(office))
        answer = client.post(address, {"verbs": ["view"], "why": "分工", "reason": "调离"})
        assert asks_again(answer)
    holder.refresh_from_db()
    assert holder.closed_on is None
    assert not Grant.objects.exists()


def test_nobody_acts_on_himself() -> None:
    system, security = administrator(Office.SYSTEM), administrator(Office.SECURITY)
    with pytest.raises(Refused, match="另一名管理员"):
        resets.ask_reset(system, system, "忘记")
    with pytest.raises(Refused, match="另一名管理员"):
        services.give_grants(security, security, [Verb.VIEW], organ_id=None, why="分工")


@pytest.mark.parametrize("office", [Office.NONE, Office.AUDITOR])
def test_nobody_else_sees_these_pages(office: Office) -> None:
    who = clerk(*Verb) if office is Office.NONE else administrator(office)
    client = signed_in(who)
    for path in ("/accounts/", "/accounts/new/", f"/accounts/{who.pk}/"):
        assert client.get(path).status_code == 403
    refused = client.get("/accounts/").content.decode()
    assert "没有打开这一页的权限" in refused


def test_accounts_are_found_by_name_login_and_number(
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(administrator(Office.SYSTEM))
    for number in range(60):
        account(name=f"员工{number}", username=f"staff{number}")
    with django_assert_max_num_queries(8):
        page = client.get("/accounts/").content.decode()
    assert "共2页" in page
    assert ">staff7<" in client.get("/accounts/?q=员工7").content.decode()
    assert "没有找到账号" in client.get("/accounts/?q=无此人").content.decode()


def test_everybody_reads_what_he_may_do() -> None:
    small_region()
    holder = account()
    grant(holder, organ="county_a", fields=(FieldClass.FAMILY,), until=timezone.localdate())
    grant(holder, Verb.VIEW)
    grant(holder, Verb.APPROVE)
    page = signed_in(holder).get("/my-rights/").content.decode()
    assert "可以查看、审批全部人员各层次干部的基本信息" in page
    assert "county_a" not in page
    for office, word in ((Office.SYSTEM, "管理账号"), (Office.SECURITY, "管理授权")):
        assert word in str(what_may(administrator(office), timezone.localdate())[0])
