"""Accounts, their offices, what they were granted, and which organ manages whom.

An account is one person's way in. What it may do is the sum of its grants at a day; an office (one
of the three administrators) excludes every grant. What must never happen is refused by the database
too: see `accounts.constraints`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from banzi.kernel.columns import FieldClass, Labelled
from banzi.kernel.messages import gettext_noop as _


class Office(Labelled):
    """The three administrators, who see no personnel data; everybody else holds none."""

    NONE = "", "业务人员", "staff"
    SYSTEM = "system", "系统管理员", "system administrator"
    SECURITY = "security", "安全管理员", "security administrator"
    AUDITOR = "auditor", "审计管理员", "auditor"


class Verb(Labelled):
    """What one may do with records; none contains another."""

    VIEW = "view", "查看", "view"
    EDIT = "edit", "编辑", "edit"
    APPROVE = "approve", "审批", "approve"
    RELEASE = "release", "发布", "release"


class AskedKind(Labelled):
    """What the system administrator may not do alone."""

    PASSWORD = "password", "一次性密码", "one-time password"
    LOCK = "lock", "锁定账号", "lock the account"
    CLOSE = "close", "停用账号", "close the account"


def asked_choices() -> list[tuple[str, str]]:
    return [(each.value, each.zh) for each in AskedKind]


def office_choices() -> list[tuple[str, str]]:
    return [(each.value, each.zh) for each in Office]


def verb_choices() -> list[tuple[str, str]]:
    return [(each.value, each.zh) for each in Verb]


class AccountManager(BaseUserManager["Account"]):
    def create_account(
        self, username: str, name: str, password: str | None, **given: object
    ) -> Account:
        """A new account; call inside an act. The staff number is the login name unless given."""
        account = self.model(username=username, name=name, **{"staff_number": username, **given})
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person's way in. One office at most, by being one field that is given once."""

    audit_secrets = ("password",)
    last_login = None  # signing in is an act of its own, on record

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    # of the person, in the unit's own list
    staff_number = models.CharField(_("工号"), max_length=60)
    office = models.CharField(
        _("职责"), max_length=10, default="", blank=True, choices=office_choices
    )
    is_active = models.BooleanField(
        _("可以登录"), default=True
    )  # false while an administrator has locked it
    closed_on = models.DateField(
        _("停用日期"), null=True
    )  # for good; null while the account is in use
    must_change_password = models.BooleanField(_("须更改密码"), default=False)
    password_set_on = models.DateField(_("设定密码日期"), null=True)  # null: never set by its owner
    failures = models.SmallIntegerField(
        _("连续输错次数"), default=0
    )  # wrong passwords since the last right one
    locked_until = models.DateTimeField(
        _("锁定至"), null=True
    )  # after too many of them; null: not locked

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("账号")
        constraints = [
            models.UniqueConstraint(
                "staff_number",
                condition=Q(closed_on__isnull=True),
                name="accounts_one_staff_number_one_account",
            ),
            models.CheckConstraint(
                condition=Q(office__in=[each.value for each in Office]), name="accounts_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"


class SecondFactor(models.Model):
    """What an account shows besides its password; no row: nothing."""

    audit_secrets = ("secret",)

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True)
    secret = models.TextField(null=True)  # of the authenticator, encrypted; null: a card of codes
    last_step = models.BigIntegerField(default=0)  # of the last code used, so that it is good once

    class Meta:
        verbose_name = _("第二验证因素")


class CardCode(models.Model):
    """One code of an account's printed card; they are asked for in order, each once."""

    audit_secrets = ("digest",)

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    number = models.SmallIntegerField()
    digest = models.TextField()
    is_used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("验证码卡")
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="accounts_card_number")
        ]


class AskedAct(models.Model):
    """What the system administrator asked for and no second office confirmed; see `accounts.asking`."""

    audit_secrets = ("password",)

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=asked_choices)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField()
    is_new = models.BooleanField(default=False)  # of an account that was never opened
    password = models.TextField()  # encrypted, neither administrator sees it all; "" if not of one
    lapsed_at = models.DateTimeField(
        _("失效时间"), null=True
    )  # when who asked lost his account; null: it may be confirmed

    objects: ClassVar[models.Manager[AskedAct]] = models.Manager()

    class Meta:
        verbose_name = _("等待确认的事项")
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="accounts_asked_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in AskedKind]), name="accounts_asked_kind"
            ),
        ]

    @property
    def asker(self) -> str:
        """Who asked, as the record names him."""
        return str(self.asked_by)


class FailedSignIn(models.Model):
    """One failed sign-in from an address; kept as long as it counts there (`accounts.addresses`)."""

    address = models.TextField()
    at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[FailedSignIn]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="accounts_failed_address")]


class OpenSession(models.Model):
    """Where an account is signed in at present; ending one means deleting its row."""

    session_key = models.CharField(max_length=40, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # of the last request, to the minute
    address = models.TextField(default="")


class Grant(models.Model):
    """One verb over one part of the organs, from a day to a day. Never changed but to end earlier.

    `levels` holds codes of `post_level_zb09`, `fields` field classes, both separated by blanks.
    Basic fields belong to every grant.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="grants", verbose_name=_("账号")
    )
    verb = models.CharField(_("可以"), max_length=10, choices=verb_choices)
    organ = models.ForeignKey(
        "records.Organs", models.PROTECT, null=True, related_name="+", verbose_name=_("机构")
    )  # with all organs below; null: every organ, and persons of whom none is known
    levels = models.TextField(
        _("职务层次"), default="", blank=True
    )  # "": every level, unknown ones too
    fields = models.TextField(_("信息"), default="", blank=True)  # besides the basic ones
    starts = models.DateField(_("起"))
    until = models.DateField(
        _("止（不含当日）"), null=True
    )  # the first day it no longer holds; null: not limited
    given_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("授予人")
    )
    why = models.TextField(_("理由或依据"))

    account_id: int
    organ_id: str | None
    given_by_id: int
    objects: ClassVar[models.Manager[Grant]] = models.Manager()

    class Meta:
        verbose_name = _("授权")
        constraints = [
            models.CheckConstraint(
                condition=~Q(account=F("given_by")), name="accounts_no_grant_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(verb__in=[each.value for each in Verb]), name="accounts_grant_verb"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="accounts_grant_has_a_reason"),
        ]

    @property
    def level_codes(self) -> frozenset[str]:
        return frozenset(self.levels.split())

    @property
    def field_classes(self) -> frozenset[FieldClass]:
        return frozenset(
            each for each in FieldClass if each is FieldClass.BASIC or each in self.fields.split()
        )

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.until is None or day < self.until)


class Management(models.Model):
    """Which organ manages a person, and as what level (干部管理权限); one row per period.

    While a row holds, it alone says where the person belongs; without one the present seats do.
    """

    person = models.ForeignKey("records.Persons", models.PROTECT, related_name="+")
    organ = models.ForeignKey("records.Organs", models.PROTECT, related_name="+")
    level = models.TextField(null=True)  # a code of `post_level_zb09`; null: not known
    starts = models.DateField()
    until = models.DateField(null=True)  # the first day it no longer holds; null: in force
    basis = models.TextField()  # the paper or rule it stands on

    person_id: str
    organ_id: str
    objects: ClassVar[models.Manager[Management]] = models.Manager()

    class Meta:
        verbose_name = _("干部管理权限")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("starts")),
                name="accounts_management_period",
            )
        ]
