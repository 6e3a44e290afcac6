"""Tokens of the API: made by an account for itself, limited in what, where and how long."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models

from banzi.kernel.columns import FieldClass, Labelled
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, Verb


class Area(Labelled):
    """The parts of the API; a token names those that it opens."""

    PERSONS = "persons", "人员", "persons"
    TEAMS = "teams", "机构、班子和统计", "organs, teams and figures"
    DUE = "due", "到期事项", "what falls due"
    QUERIES = "queries", "已存查询", "saved queries"
    PLANS = "plans", "选配方案", "staffing plans"
    JOBS = "jobs", "任务进度", "jobs"


class Token(models.Model):
    """A way in for a program of one account. Ends by its day or by being revoked; never deleted.

    The rights are the account's at the time of each request, as far as the token goes.
    """

    audit_secrets = ("digest",)

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("账号"))
    title = models.CharField(_("标题"), max_length=60)
    key = models.CharField(_("编号"), max_length=12, unique=True)  # its part that is no secret
    digest = models.TextField()
    verbs = models.TextField(_("可以"), default="", blank=True)  # separated by blanks, as below
    areas = models.TextField(_("部分"))
    fields = models.TextField(_("信息"), default="", blank=True)  # besides the basic ones
    organ = models.ForeignKey(
        "records.Organs", models.PROTECT, null=True, related_name="+", verbose_name=_("机构")
    )  # with all organs below; null: wherever the account reaches
    made_at = models.DateTimeField()
    until = models.DateField(_("止（不含当日）"))  # the first day it no longer holds
    revoked_at = models.DateTimeField(null=True)  # null: not revoked
    revoked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    failures = models.SmallIntegerField(default=0)  # wrong secrets since the last right one
    locked_until = models.DateTimeField(null=True)  # after too many of them; null: not locked

    account_id: int
    organ_id: str | None
    objects: ClassVar[models.Manager[Token]] = models.Manager()

    class Meta:
        db_table = "api_token"
        verbose_name = _("接口令牌")
        constraints = [
            models.CheckConstraint(condition=~models.Q(areas=""), name="api_token_opens_something")
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.key}）"

    @property
    def verbs_held(self) -> list[Verb]:
        return [each for each in Verb if each in self.verbs.split()]

    @property
    def areas_open(self) -> list[Area]:
        return [each for each in Area if each in self.areas.split()]

    @property
    def field_classes(self) -> list[FieldClass]:
        told = self.fields.split()
        return [each for each in FieldClass if each is FieldClass.BASIC or each in told]

    def holds(self, day: date) -> bool:
        return self.revoked_at is None and day < self.until

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


class TokenUse(models.Model):
    """When and from where a token was used last, to the minute; what it read is in the log."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="use")
    at = models.DateTimeField()
    address = models.TextField(default="")

    objects: ClassVar[models.Manager[TokenUse]] = models.Manager()

    class Meta:
        db_table = "api_token_use"
