"""Many accounts tried from one address: nobody signs in from there for a while."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.accounts import PASSWORD, account, asks_again
from tests.support.confirming import confirmed

from banzi.web.accounts.addresses import count_failure, wait_at
from banzi.web.accounts.models import Account, FailedSignIn, SecondFactor
from banzi.web.accounts.policy import Policy
from banzi.web.accounts.second_factor import new_card
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act

pytestmark = pytest.mark.django_db
HERE, THERE, WRONG = "10.1.1.1", "10.1.1.2", "guess"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANZI_ADDRESS_FAILURES", "3")


def try_as(username: str, password: str = WRONG, address: str = HERE, **given: Any) -> Any:
    client = given.pop("client", None) or Client()
    return client.post("/login/", {"username": username, "password": password},
                       REMOTE_ADDR=address)  # fmt: skip


def fill(address: str = HERE, number: int = 3) -> None:
    for _number in range(number):
        count_failure(address)


def test_the_figure_is_generous_for_an_office_behind_one_address() -> None:
    assert (Policy().address_failures, Policy().address_minutes) == (30, 10)


def test_names_of_any_kind_count_together() -> None:
    known = [account(), account(is_active=False)]
    assert [try_as(name).status_code for name in (known[0].username, known[1].username, "x")] == [
        200
    ] * 3
    before = Act.objects.count()
    refused = try_as(known[0].username, PASSWORD)
    assert refused.status_code == 429
    assert "请10分钟后再试" in refused.content.decode()
    assert 590 < int(refused.headers["Retry-After"]) <= 600
    assert Act.objects.count() == before, "the password is not even tried"
    known[0].refresh_from_db()
    assert known[0].failures == 1


def test_elsewhere_and_later_one_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    who = account()
    fill()
    assert try_as(who.username, PASSWORD, THERE).status_code == 302
    assert try_as(who.username, PASSWORD).status_code == 429
    now = timezone.now()
    later = now + timedelta(minutes=9, seconds=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "请1分钟后再试" in try_as(who.username, PASSWORD).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=11))
    assert try_as(who.username, PASSWORD).status_code == 302


def test_the_wait_ends_one_failure_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first of them is ten minutes old one more may be tried, not a whole lot."""
    now = timezone.now()
    for minute in (0, 1, 2):
        at = now + timedelta(minutes=minute)
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        count_failure(HERE)
    assert wait_at(HERE) == timedelta(minutes=8)
    at = now + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert wait_at(HERE) is None
    count_failure(HERE)
    assert FailedSignIn.objects.count() == 3, "what counts no longer is let go"
    assert wait_at(HERE) == timedelta(seconds=59)


def test_a_clock_put_back_locks_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    fill()
    earlier = timezone.now() - timedelta(days=300)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    assert wait_at(HERE) is None


def test_signing_in_neither_counts_nor_starts_the_count_anew() -> None:
    """One account of one's own would open the way to all others."""
    who = account()
    fill(number=2)
    assert try_as(who.username, PASSWORD).status_code == 302
    assert FailedSignIn.objects.count() == 2
    assert try_as("nobody").status_code == 200
    assert try_as(who.username, PASSWORD).status_code == 429


def test_who_is_signed_in_works_on() -> None:
    client = Client(REMOTE_ADDR=HERE)
    who = account()
    client.force_login(who)
    fill()
    assert client.get("/my-rights/").status_code == 200
    asked = client.post("/second-factor/", {"code": "1"})
    assert asks_again(asked)
    assert not asks_again(confirmed(client, asked))


def test_wrong_codes_count_and_wait_as_well() -> None:
    who, client = account(), Client(REMOTE_ADDR=HERE)
    with act("test.card", by=None):
        SecondFactor.objects.create(account=who)
        codes = new_card(who)
    try_as(who.username, PASSWORD, client=client)
    client.post("/login/code/", {"code": "00000000"})
    assert FailedSignIn.objects.count() == 1
    fill(number=2)
    refused = client.post("/login/code/", {"code": codes[0]})
    assert refused.status_code == 429
    assert "分钟后再试" in refused.content.decode()
    assert client.get("/my-rights/").status_code == 302


def test_nobody_waits_where_it_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANZI_ADDRESS_FAILURES", "0")
    fill(number=50)
    assert wait_at(HERE) is None


def test_no_page_but_the_one_that_signs_in_asks_for_the_count(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/login/")
        client.force_login(Account.objects.first() or account())
        client.get("/my-rights/")
    assert not [each["sql"] for each in seen if "failedsignin" in each["sql"]]


def test_processes_count_together(tmp_path: Path) -> None:
    """Each process of the site adds to one count; one that is killed takes nothing back."""
    program = (
        "import os, sys, signal, django; django.setup()\n"
        "from banzi.web.accounts.addresses import count_failure, wait_at\n"
        "if sys.argv[1] == 'migrate':\n"
        "    from django.core.management import call_command\n"
        "    call_command('migrate', verbosity=0)\n"
        "elif sys.argv[1] == 'wait':\n"
        "    print(wait_at('h') is not None)\n"
        "else:\n"
        "    for _ in range(15): count_failure('h')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "BANZI_DATABASE"}
    environment |= {
        "BANZI_HOME": str(tmp_path),
        "BANZI_ADDRESS_FAILURES": "30",
        "DJANGO_SETTINGS_MODULE": "banzi.web.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }

    def start(what: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", program, what]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    def said(*started: subprocess.Popen[str]) -> list[tuple[str, int]]:
        return [(each.communicate()[0].strip(), each.returncode) for each in started]

    assert said(start("migrate")) == [("", 0)]
    assert said(start("fail"), start("fail")) == [("", -9)] * 2
    assert said(start("wait")) == [("True", 0)]
