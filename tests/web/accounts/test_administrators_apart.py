"""No sequence of administrators' acts joins two offices, shows an administrator a person or lets
anybody grant to himself: by the services, and by writes that ask nobody but the database."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.support.accounts import LONG_AGO, PASSWORD, account
from tests.support.small_region import small_region

from banzi.web.accounts import asking, lockouts, newcomers, resets, services
from banzi.web.accounts.models import Account, AskedKind, Grant, Office, SecondFactor
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.accounts.services import Refused
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act, Change

pytestmark = pytest.mark.django_db
who = st.integers(0, 11)
office = st.sampled_from(list(Office))
kinds = st.sampled_from(list(AskedKind))
lockout = st.sampled_from([AskedKind.LOCK, AskedKind.CLOSE])
days = st.integers(-400, 400)
until = st.none() | days


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


class Administrators(RuleBasedStateMachine):
    """Two holders of each office and three clerks do whatever comes to mind."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        small_region()
        offices = [each for each in Office if each is not Office.NONE] * 2
        self.accounts = [account(each) for each in offices] + [account() for _ in range(3)]
        self.done = 0
        self.heard: dict[int, list[str]] = defaultdict(list)
        """By account: every password or half of one that was shown to its holder about another."""
        self.handed: dict[int, list[str]] = defaultdict(list)
        """By account: what its owner was handed."""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def attempt(self, does: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                does()
            self.done += 1
        except (Refused, DatabaseError):
            pass

    def pick(self, number: int) -> Account:
        return Account.objects.get(pk=self.accounts[number % len(self.accounts)].pk)

    def write(self, does: Callable[[], object]) -> None:
        """A write that no service has looked at."""

        def within_an_act() -> None:
            with act("test.write", by=None):
                does()

        self.attempt(within_an_act)

    @rule(by=who, on=who, given=office)
    def give_office(self, by: int, on: int, given: Office) -> None:
        self.attempt(lambda: services.give_office(self.pick(by), self.pick(on), given, "工作需要"))

    @rule(by=who, on=who, verb=st.sampled_from(list(Verb)), starts=days, ends=until)
    def give_grant(self, by: int, on: int, verb: Verb, starts: int, ends: int | None) -> None:
        self.attempt(
            lambda: services.give_grants(
                self.pick(by), self.pick(on), [verb], organ_id=None, why="分工",
                starts=day(starts), until=None if ends is None else day(ends),
            )
        )  # fmt: skip

    @rule(by=who, on=who)
    def end_grants(self, by: int, on: int) -> None:
        for grant in Grant.objects.filter(account=self.pick(on)):
            self.attempt(lambda grant=grant: services.end_grant(self.pick(by), grant, "收回"))

    @rule(by=who, on=who)
    def lock(self, by: int, on: int) -> None:
        self.attempt(lambda: lockouts.lock(self.pick(by), self.pick(on), "核实"))

    @rule(by=who, on=who)
    def unlock(self, by: int, on: int) -> None:
        self.attempt(lambda: lockouts.unlock(self.pick(by), self.pick(on), "核实"))

    @rule(by=who, on=who, kind=lockout)
    def confirm_lockout(self, by: int, on: int, kind: AskedKind) -> None:
        self.attempt(lambda: lockouts.confirm_lockout(self.pick(by), self.pick(on), kind))

    def hear(self, by: Account, on: Account, password: str) -> None:
        self.heard[by.pk].append(password)
        self.handed[on.pk].append(password)

    @rule(by=who, on=who)
    def reset(self, by: int, on: int) -> None:
        actor, owner = self.pick(by), self.pick(on)
        self.attempt(
            lambda: self.hear(actor, owner, resets.ask_reset(actor, owner, "遗忘").password)
        )

    @rule(by=who, on=who)
    def confirm(self, by: int, on: int) -> None:
        actor, owner = self.pick(by), self.pick(on)
        self.attempt(lambda: self.hear(actor, owner, resets.confirm_reset(actor, owner).password))

    @rule(on=who)
    def sign_in_first(self, on: int) -> None:
        """The owner puts together what was handed over, and sets a password of his own."""
        owner = self.pick(on)
        if any(owner.check_password(word) for word in put_together(self.handed[owner.pk])):
            services.change_own_password(owner, PASSWORD)
            self.done += 1

    @rule(by=who, on=who, kind=kinds)
    def decline(self, by: int, on: int, kind: AskedKind) -> None:
        self.attempt(lambda: asking.decline(self.pick(by), self.pick(on), kind, "未核实"))

    @rule(on=who)
    def enrol(self, on: int) -> None:
        """The owner sets up a second factor; whoever only knows a password cannot."""
        if not self.pick(on).must_change_password:
            self.write(lambda: SecondFactor.objects.create(account=self.pick(on), secret="-"))  # noqa: S106 - no code is right

    @rule(by=who, on=who)
    def take_second_factor(self, by: int, on: int) -> None:
        self.attempt(lambda: services.take_second_factor(self.pick(by), self.pick(on), "遗失"))

    @invariant()
    def nothing_told_to_one_lets_him_in(self) -> None:
        """Whoever was shown passwords, of resets and new accounts, signs in nowhere with them."""
        guarded = set(SecondFactor.objects.values_list("account_id", flat=True))
        for each in Account.objects.exclude(pk__in=guarded):
            for holder, words in self.heard.items():
                entered = any(each.check_password(word) for word in put_together(words))
                assert not entered, f"{holder} enters as {each.username}"

    @rule(by=who, on=who)
    def close(self, by: int, on: int) -> None:
        self.attempt(lambda: lockouts.close(self.pick(by), self.pick(on), "调离"))

    @rule(by=who, number=who)
    def create_again(self, by: int, number: int) -> None:
        self.create(by, self.pick(number).staff_number)

    @rule(by=who)
    def create(self, by: int, staff: str = "") -> None:
        """A new account, which then takes part in everything."""
        actor, name = self.pick(by), f"new{Account.objects.count()}"

        def made() -> None:
            new = newcomers.create_account(actor, name, "新某", staff or name)
            self.accounts.append(new.account)
            self.hear(actor, new.account, new.password)

        self.attempt(made)

    @rule(on=who, given=office)
    def write_office(self, on: int, given: Office) -> None:
        self.write(lambda: Account.objects.filter(pk=self.pick(on).pk).update(office=given))

    @rule(on=who)
    def write_reopening(self, on: int) -> None:
        self.write(lambda: Account.objects.filter(pk=self.pick(on).pk).update(closed_on=None))

    @rule(by=who, on=who, verb=st.sampled_from(list(Verb)), ends=until)
    def write_grant(self, by: int, on: int, verb: Verb, ends: int | None) -> None:
        self.write(
            lambda: Grant.objects.create(
                account=self.pick(on), verb=verb, starts=LONG_AGO, why="分工",
                given_by=self.pick(by), until=None if ends is None else day(ends),
            )
        )  # fmt: skip

    @rule(to=who, by=who, ends=until)
    def write_grants_over(self, to: int, by: int, ends: int | None) -> None:
        last = None if ends is None else day(ends)
        self.write(lambda: Grant.objects.update(account=self.pick(to)))
        self.write(lambda: Grant.objects.update(given_by=self.pick(by)))
        self.write(lambda: Grant.objects.update(until=last))

    @invariant()
    def no_account_ever_had_two_offices(self) -> None:
        held = defaultdict(set)
        for key, new in Change.objects.filter(
            table_name="accounts_account", new__isnull=False
        ).values_list("row_key", "new"):
            held[key].add(json.loads(new or "{}")["office"])
        assert all(len(offices - {""}) <= 1 for offices in held.values())

    @invariant()
    def no_administrator_sees_anybody(self) -> None:
        for each in Account.objects.exclude(office=""):
            held = Rights(each, timezone.localdate())
            assert not any(held.persons(verb).exists() for verb in Verb)
            grants = Grant.objects.filter(account=each)
            assert not any(grant.holds(timezone.localdate()) for grant in grants)

    @invariant()
    def no_administrator_is_locked_out_by_one_office(self) -> None:
        """As the record tells: who asked and who confirmed, two offices and neither the owner."""
        offices = dict(Account.objects.values_list("username", "office"))
        rows = Change.objects.filter(
            table_name="accounts_account", old__isnull=False, new__isnull=False
        )
        for act_id, old, new in rows.values_list("act_id", "old", "new"):
            was, row = json.loads(old or "{}"), json.loads(new or "{}")
            if not was["office"] or not any(
                each(row) and not each(was) for each in (is_locked, is_closed, is_reset)
            ):
                continue
            done = Act.objects.get(act_id=act_id)
            asked = Act.objects.filter(
                verb__in=ASKED[done.verb], about=done.about, seq__lt=done.seq
            )
            askers = {f"{each.by_name}（{each.by}）": each.by for each in asked}
            assert done.source in askers, f"{done.verb} of {done.about} by {done.by} alone"
            asker = askers[done.source]
            assert offices[asker] == Office.SYSTEM
            assert offices[done.by] in (Office.SECURITY, Office.AUDITOR)
            assert row["username"] == done.about
            assert row["username"] not in (asker, done.by)

    @invariant()
    def every_office_keeps_a_holder_who_may_sign_in(self) -> None:
        """Whatever is asked for and confirmed, one after the other."""
        in_use = Account.objects.filter(is_active=True, closed_on__isnull=True)
        held = set(in_use.values_list("office", flat=True))
        assert held >= {each.value for each in Office if each is not Office.NONE}

    @invariant()
    def nobody_granted_to_himself(self) -> None:
        for grant in Grant.objects.select_related("given_by"):
            assert grant.account_id != grant.given_by_id
            assert grant.given_by.office == Office.SECURITY

    @invariant()
    def one_staff_number_one_account(self) -> None:
        numbers = list(
            Account.objects.filter(closed_on__isnull=True).values_list("staff_number", flat=True)
        )
        assert len(numbers) == len(set(numbers))


def is_locked(row: dict[str, object]) -> bool:
    return not row["is_active"]


def is_closed(row: dict[str, object]) -> bool:
    return row["closed_on"] is not None


def is_reset(row: dict[str, object]) -> bool:
    return bool(row["must_change_password"])


ASKED = defaultdict(
    tuple[str, ...],
    {
        "accounts.lock": ("accounts.ask_lock",),
        "accounts.close": ("accounts.ask_close",),
        "accounts.reset_password": ("accounts.ask_reset",),
        "accounts.open": ("accounts.create", "accounts.ask_reset"),
    },
)
"""Verb → those that must come before, by another office."""


def test_no_sequence_of_acts_joins_what_is_kept_apart() -> None:
    run_state_machine_as_test(
        Administrators,
        settings=settings(max_examples=20, stateful_step_count=20, deadline=None),
    )


def put_together(words: list[str]) -> list[str]:
    """Everything that somebody could type who knows these words."""
    return [*words, *(one + other for one in words for other in words)]


@pytest.fixture
def machine() -> Iterator[Administrators]:
    made = Administrators()
    yield made
    made.teardown()


def holder_of(machine: Administrators, office: Office) -> int:
    return next(n for n, each in enumerate(machine.accounts) if each.office == office)


def test_the_acts_are_done_and_not_all_refused(machine: Administrators) -> None:
    system, security = (holder_of(machine, each) for each in (Office.SYSTEM, Office.SECURITY))
    machine.give_grant(security, 7, Verb.VIEW, -1, None)
    machine.end_grants(security, 7)
    machine.give_office(security, 7, Office.AUDITOR)
    machine.close(system, 8)
    machine.create_again(system, 8)
    machine.give_grant(security, 9, Verb.VIEW, -1, None)
    machine.confirm(security, 9)
    machine.sign_in_first(9)
    assert Rights(machine.pick(9), timezone.localdate()).may(Verb.VIEW)
    machine.write_grant(security, 6, Verb.VIEW, None)
    machine.reset(system, 6)
    machine.confirm(security, 6)
    machine.sign_in_first(6)
    assert not machine.pick(6).must_change_password, "what the two hand over fits together"
    assert machine.done == 12


def test_a_password_told_whole_to_one_office_would_be_found(
    machine: Administrators, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first form of new accounts: their maker was told the password, and another office granted."""

    def told_whole(by: Account, account: Account, reason: str, **_given: object) -> str:
        account.set_password("whole")
        account.save(update_fields=["password"])
        return "whole"

    monkeypatch.setattr(newcomers, "wait_for_second", told_whole)
    system, security = (holder_of(machine, each) for each in (Office.SYSTEM, Office.SECURITY))
    machine.create(system)
    machine.give_grant(security, 9, Verb.VIEW, -1, None)
    with pytest.raises(AssertionError, match="enters as new9"):
        machine.nothing_told_to_one_lets_him_in()


@pytest.mark.parametrize("target", [Office.SECURITY, Office.AUDITOR, Office.SYSTEM])
@pytest.mark.parametrize("kind", [AskedKind.LOCK, AskedKind.CLOSE])
def test_administrators_are_locked_out_by_two_and_the_record_says_by_whom(
    machine: Administrators, target: Office, kind: AskedKind
) -> None:
    """Offices stand at 0 to 5: system, security, auditor, twice; the second of each is the target."""
    on = 3 + holder_of(machine, target)
    take_away = machine.lock if kind is AskedKind.LOCK else machine.close
    take_away(holder_of(machine, Office.SYSTEM), on)
    before = machine.pick(on)
    assert before.is_active
    assert before.closed_on is None
    machine.confirm_lockout(
        holder_of(machine, Office.AUDITOR if target is Office.SECURITY else Office.SECURITY),
        on,
        kind,
    )
    after = machine.pick(on)
    assert not after.is_active or after.closed_on is not None
    assert machine.done == 2
    machine.no_administrator_is_locked_out_by_one_office()


def test_one_office_that_locks_out_another_alone_would_be_found(
    machine: Administrators, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first form: the system administrator locked whom he wanted."""
    monkeypatch.setattr(
        lockouts, "ask", lambda _by, account, kind, _reason: lockouts._do(account, kind)
    )
    machine.lock(holder_of(machine, Office.SYSTEM), holder_of(machine, Office.SECURITY))
    with pytest.raises(AssertionError, match="alone"):
        machine.no_administrator_is_locked_out_by_one_office()
