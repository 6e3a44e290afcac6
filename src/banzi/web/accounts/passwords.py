"""Passwords: rules that are told all at once, and one-time passwords that administrators hand out."""

from __future__ import annotations

import secrets
import unicodedata

from django.contrib.auth.password_validation import CommonPasswordValidator

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account
from banzi.web.accounts.policy import policy

TOO_SHORT = MessageKind("accounts/password-short", _("密码至少{length}位"))
TOO_PLAIN = MessageKind(
    "accounts/password-plain", _("密码应包含大写字母、小写字母、数字、其他字符中的至少三类")
)
TOO_CLOSE = MessageKind("accounts/password-close", _("密码不能包含登录名、姓名或工号"))
TOO_COMMON = MessageKind("accounts/password-common", _("这个密码太常见"))
UNCHANGED = MessageKind("accounts/password-unchanged", _("新密码不能与现在的密码相同"))

_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"  # none mistaken for another
_KINDS = 3


def what_is_wrong(password: str, account: Account) -> list[Message]:
    """Every rule that a new password of this account breaks; [] for a good one."""
    found = []
    length = policy().password_length
    if len(password) < length:
        found.append(TOO_SHORT(length=length))
    if len({_kind(sign) for sign in password}) < _KINDS:
        found.append(TOO_PLAIN())
    own = (account.username, account.name, account.staff_number)
    if any(len(each) > 1 and each.lower() in password.lower() for each in own):
        found.append(TOO_CLOSE())
    if password.lower().strip() in CommonPasswordValidator().passwords:
        found.append(TOO_COMMON())
    if account.check_password(password):
        found.append(UNCHANGED())
    return found


def one_time_password() -> str:
    """Twelve signs, easily read out: worth nothing once its owner has signed in with it."""
    drawn = [secrets.choice(_SIGNS) for _number in range(12)]
    return "-".join("".join(drawn[start : start + 4]) for start in range(0, 12, 4))


def _kind(sign: str) -> str:
    category = unicodedata.category(sign)
    return {"Lu": "upper", "Ll": "lower", "Nd": "digit"}.get(category, "other")
