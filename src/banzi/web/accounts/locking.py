"""Wrong passwords, codes and tokens in a row: the last one allowed locks for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone

from banzi.web.accounts.policy import policy


class Lockable(Protocol):
    """A row that counts what was wrong in a row, and until when it is locked; None: it is not."""

    failures: int
    locked_until: datetime | None

    def save(self, *, update_fields: list[str]) -> None: ...


def one_more_failure(row: Lockable) -> None:
    """Count one and save it; the row is held for update, inside an act."""
    limits = policy()
    row.failures += 1
    if row.failures >= limits.failures:
        row.failures = 0
        row.locked_until = timezone.now() + timedelta(minutes=limits.lock_minutes)
    row.save(update_fields=["failures", "locked_until"])
