"""Accounts of administrators are locked, closed and reset by two offices, and never the last one's."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.accounts import (
    PASSWORD,
    account,
    administrator,
    browser,
    one_of_two,
)

from banzi.web.accounts import asking, lockouts, resets
from banzi.web.accounts.models import (
    Account,
    AskedAct,
    AskedKind,
    Office,
    OpenSession,
    SecondFactor,
)
from banzi.web.accounts.services import Refused
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act

pytestmark = pytest.mark.django_db


def do(client: Client, on: Account, what: str, **given: Any) -> str:
    answer = client.post(f"/accounts/{on.pk}/{what}/", {"reason": "工作需要", **given}, follow=True)
    return answer.content.decode()


def ask_page(client: Client, on: Account, what: str) -> str:
    """What the system administrator is told who locks or closes an administrator's account."""
    page = do(client, on, what)
    on.refresh_from_db()
    assert on.is_active
    assert on.closed_on is None
    return page


@pytest.mark.parametrize(
    ("target", "second"),
    [
        (Office.SECURITY, Office.AUDITOR),
        (Office.SECURITY, Office.SECURITY),
        (Office.AUDITOR, Office.SECURITY),
        (Office.SYSTEM, Office.SECURITY),
    ],
)
@pytest.mark.parametrize(("what", "state"), [("lock", "已锁定"), ("close", "已停用")])
def test_an_administrator_is_locked_out_by_two_offices(
    target: Office, second: Office, what: str, state: str
) -> None:
    holder = one_of_two(target)
    system, confirmer = account(Office.SYSTEM), account(second)
    browser(holder)
    client = browser(system)
    told = ask_page(client, holder, what)
    assert "确认后生效" in told
    assert f"{system.name}于" in told, "what waits stands at the account"
    assert OpenSession.objects.filter(account=holder).exists()
    assert client.post(f"/accounts/asked/{holder.pk}/{what}/").status_code == 403
    other = browser(confirmer)
    assert "等待我确认的事项" in other.get("/").content.decode()
    listed = other.get("/accounts/asked/").content.decode()
    assert holder.username in listed
    assert "工作需要" in listed
    done = other.post(f"/accounts/asked/{holder.pk}/{what}/")
    assert state in done.content.decode()
    assert not OpenSession.objects.filter(account=holder).exists()
    assert other.post(f"/accounts/asked/{holder.pk}/{what}/").status_code == 409
    page = client.get(f"/accounts/{holder.pk}/").content.decode()
    assert state in page
    assert "等待确认" not in page
    last = Act.objects.get(verb=f"accounts.{what}")
    assert (last.by, last.source) == (confirmer.username, str(system)), "both are on record"


@pytest.mark.parametrize("office", [Office.SECURITY, Office.AUDITOR])
@pytest.mark.parametrize(("what", "kind"), [("lock", AskedKind.LOCK), ("close", AskedKind.CLOSE)])
def test_the_last_holder_of_an_office_stays(office: Office, what: str, kind: AskedKind) -> None:
    """There would be nobody left to confirm anything, or to look into it."""
    last, system = account(office), administrator(Office.SYSTEM)
    gone, locked = account(office), account(office)
    with act("test.gone", by=None):
        Account.objects.filter(pk=gone.pk).update(closed_on=timezone.localdate())
        Account.objects.filter(pk=locked.pk).update(is_active=False)
        unopened = Account.objects.create_account("x", "未某", None, office=office.value)
    page = ask_page(browser(system), last, what)
    assert f"{last.name}是最后一名可以登录的" in page
    assert "请先新建账号" in page, "what to do next"
    assert not AskedAct.objects.exists()
    with act("test.opened", by=None):
        unopened.set_password(PASSWORD)
        unopened.save()
    assert f"{system.name}于" in ask_page(browser(system), last, what)
    assert AskedAct.objects.get().kind == kind


@pytest.mark.parametrize("office", [Office.SECURITY, Office.AUDITOR, Office.SYSTEM])
@pytest.mark.parametrize("kind", [AskedKind.LOCK, AskedKind.CLOSE])
def test_of_two_requests_that_would_empty_an_office_the_second_is_not_carried_out(
    office: Office, kind: AskedKind
) -> None:
    one, other = account(office), account(office)
    asker = administrator(Office.SYSTEM)
    with act("test.asked", by=None):
        for each in (one, other):
            asking.ask(asker if asker != each else one, each, kind, "离岗")
    confirmer = account(Office.AUDITOR if office == Office.SECURITY else Office.SECURITY)
    if office == Office.SYSTEM:
        with act("test.asked", by=None):  # by one who is not concerned himself
            AskedAct.objects.update(asked_by=confirmer)
    client = browser(confirmer)
    first, second = (
        client.post(f"/accounts/asked/{each.pk}/{kind.value}/") for each in (one, other)
    )
    assert first.status_code == 200
    assert second.status_code == 409
    assert f"{other.name}是最后一名可以登录的" in second.content.decode()
    other.refresh_from_db()
    assert other.is_active
    assert other.closed_on is None
    assert AskedAct.objects.filter(account=other).exists(), "it may be declined, or wait"


@pytest.mark.parametrize("kind", [AskedKind.LOCK, AskedKind.CLOSE])
def test_what_was_asked_for_by_one_locked_out_since_lapses(kind: AskedKind) -> None:
    asker, other = account(Office.SYSTEM), account(Office.SYSTEM)
    auditor, holder = one_of_two(Office.AUDITOR), account()
    lockouts.lock(asker, auditor, "离岗")
    resets.ask_reset(asker, holder, "遗忘")
    (lockouts.lock if kind is AskedKind.LOCK else lockouts.close)(other, asker, "调离")
    security = administrator(Office.SECURITY)
    lockouts.confirm_lockout(security, asker, kind)
    for each in Act.objects.filter(verb="accounts.lapse"):
        assert (each.by, each.source) == (security.username, str(asker))
        assert "提出人的账号已" in each.reason
    said = Act.objects.filter(verb="accounts.lapse").values_list("about", flat=True)
    assert set(said) == {auditor.username, holder.username}
    client = browser(security)
    assert "等待我确认的事项" not in client.get("/").content.decode()
    page = client.get("/accounts/asked/").content.decode()
    assert page.count("这一事项已失效") == 2
    assert "已核实" not in page
    assert "此前照常使用" not in browser(other).get(f"/accounts/{holder.pk}/").content.decode()
    for on, what in ((auditor, "lock"), (holder, "password")):
        assert "这一事项已失效" in browser(other).get(f"/accounts/{on.pk}/").content.decode()
        refused = client.post(f"/accounts/asked/{on.pk}/{what}/")
        assert refused.status_code == 409
        assert "这一事项已失效" in refused.content.decode()
    if kind is AskedKind.LOCK:
        lockouts.unlock(other, asker, "返岗")
        assert client.post(f"/accounts/asked/{auditor.pk}/lock/").status_code == 409, "for good"
    declined = {"decline": "1", "reason": "不再需要"}
    assert client.post(f"/accounts/asked/{holder.pk}/password/", declined).status_code == 302
    lockouts.lock(other, auditor, "离岗")
    assert "已锁定" in client.post(f"/accounts/asked/{auditor.pk}/lock/").content.decode()


def test_what_is_asked_for_in_the_moment_of_being_locked_is_not_confirmed() -> None:
    """The asker's page had been let in before the lock; its request came after."""
    asker, auditor = one_of_two(Office.SYSTEM), one_of_two(Office.AUDITOR)
    with act("test.locked", by=None):
        Account.objects.filter(pk=asker.pk).update(is_active=False)
    lockouts.lock(asker, auditor, "离岗")
    with pytest.raises(Refused, match="lapsed"):
        lockouts.confirm_lockout(administrator(Office.SECURITY), auditor, AskedKind.LOCK)


def test_nobody_settles_what_is_about_himself_or_is_another_offices() -> None:
    security, auditor = one_of_two(Office.SECURITY), one_of_two(Office.AUDITOR)
    client = browser(administrator(Office.SYSTEM))
    for each in (security, auditor):
        ask_page(client, each, "lock")
        own = browser(each)
        assert each.username not in own.get("/accounts/asked/").content.decode().split("<main")[1]
        for given in ({}, {"decline": "1", "reason": "不同意"}):
            assert own.post(f"/accounts/asked/{each.pk}/lock/", given).status_code == 409
    ask_page(client, other := account(Office.SYSTEM), "lock")
    assert browser(auditor).post(f"/accounts/asked/{other.pk}/lock/").status_code == 409
    for each in (security, auditor, other):
        each.refresh_from_db()
        assert each.is_active
    assert AskedAct.objects.count() == 3


def test_a_declined_lock_leaves_the_administrator_in_office() -> None:
    holder, auditor = one_of_two(Office.SECURITY), browser(administrator(Office.AUDITOR))
    ask_page(browser(administrator(Office.SYSTEM)), holder, "close")
    address = f"/accounts/asked/{holder.pk}/close/"
    assert auditor.post(address, {"decline": "1"}).status_code == 409, "a reason is needed"
    assert auditor.post(address, {"decline": "1", "reason": "仍在岗"}).status_code == 302
    assert "没有等待确认的事项" in auditor.get("/accounts/asked/").content.decode()
    holder.refresh_from_db()
    assert holder.closed_on is None
    assert Act.objects.get(verb="accounts.decline_close").reason == "仍在岗"


def test_a_reset_locks_no_administrator_out_though_a_second_factor_guards_him() -> None:
    """The password would never be handed over."""
    holder = account(Office.AUDITOR)
    with act("test.factor", by=None):
        SecondFactor.objects.create(account=holder, secret="-")  # noqa: S106 - no code is right
    assert "半段：" in do(browser(administrator(Office.SYSTEM)), holder, "reset")
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD)


def test_whoever_is_unlocked_again_needs_no_second_office() -> None:
    """There must be a way back when nobody is left to confirm."""
    holder, system = one_of_two(Office.SECURITY), administrator(Office.SYSTEM)
    lockouts.lock(system, holder, "离岗")
    lockouts.confirm_lockout(administrator(Office.AUDITOR), holder, AskedKind.LOCK)
    assert "在用" in do(browser(system), holder, "unlock")
