"""The job that makes a package."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights
from banzi.web.exchange.keeping import KIND, folder_of, remove_older
from banzi.web.exchange.packing import Wanted, pack
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import effects


@job(KIND, title=_("制作交换包"))
def make_package(asked: Job, progress: Progress) -> dict[str, Any]:
    """Make what was asked for, with the rights the account has by now; the oldest ones go."""
    wanted = Wanted.of(asked.arguments)
    account = Account.objects.filter(username=asked.by, is_active=True).first()
    rights = Rights(account, timezone.localdate())
    folder = folder_of(asked.pk)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    made = pack(wanted, rights, folder, progress)
    remove_older(asked.by)
    with effects(asked, KIND, about=wanted.recipient, reason=wanted.purpose,
                 source=made["sha256"]) as (_act, result):  # fmt: skip
        result.update(made, address=reverse("exchange-package", args=[asked.pk]))
    return result
