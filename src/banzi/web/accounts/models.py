"""Accounts: who may sign in. What an account may do is said by grants, office by one field."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from banzi.kernel.columns import Labelled


class Office(Labelled):
    """The three administrators, who see no personnel data; everybody else holds none."""

    NONE = "", "业务人员", "staff"
    SYSTEM = "system", "系统管理员", "system administrator"
    SECURITY = "security", "安全管理员", "security administrator"
    AUDITOR = "auditor", "审计管理员", "auditor"


class AccountManager(BaseUserManager["Account"]):
    def create_account(
        self, username: str, name: str, password: str | None, **given: object
    ) -> Account:
        account = self.model(username=username, name=name, **given)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person's way in. One office at most, by being one field."""

    last_login = None  # signing in is an act of its own, on record
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    office = models.CharField(
        max_length=10,
        default="",
        blank=True,
        choices=[(each.value, each.zh) for each in Office],
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"
