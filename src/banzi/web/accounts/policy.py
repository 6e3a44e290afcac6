"""What an office decides about signing in; every value has a default and an environment variable.

Periodic change of passwords is asked for by GB/T 22239 and advised against by newer guidance, so it
is a switch: BANZI_PASSWORD_DAYS, off unless set.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NO_WHOLE_NUMBER = MessageKind(
    "site/no-whole-number",
    _("环境变量{variable}应为整数，现为“{text}”；请改正或删去（不设时用默认值）"),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers are read from `BANZI_` and the field's name in capitals."""

    failures: int = 5  # wrong passwords or codes in a row, after which the account is locked
    lock_minutes: int = 15
    address_failures: int = 30  # failed sign-ins from one address within address_minutes, after
    address_minutes: int = 10  # which nobody is let try from there for a while; 0: not limited
    idle_minutes: int = 30  # without a request, after which one signs in anew
    session_hours: int = 12  # after which one signs in anew in any case
    sessions_at_once: int = 3  # of one account; a further one ends the oldest
    fresh_minutes: int = 10  # for how long a password counts before a release or an export
    password_length: int = 10
    password_days: int = 0  # after which a password must be changed; 0: never
    second_factor: int = 0  # 1: nobody works without one; 0: offered


def policy() -> Policy:
    """The policy of this office.

    Raises
    ------
    BanziError
        `site/no-whole-number`, naming the variable.
    """
    given: dict[str, int] = {}
    for field in fields(Policy):
        name = f"BANZI_{field.name.upper()}"
        if text := os.environ.get(name, ""):
            if not text.isdigit():
                raise BanziError(NO_WHOLE_NUMBER(variable=name, text=text))
            given[field.name] = int(text)
    return Policy(**given)
