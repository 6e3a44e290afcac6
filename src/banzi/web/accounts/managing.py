"""Putting a person under an organ's management (干部管理权限), from a day on."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Management
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.accounts.services import Refused
from banzi.web.audit.acts import act

NOT_YOURS = MessageKind("accounts/not-yours", _("此人不在您的编辑权限内"))


def manage(
    rights: Rights, person_id: str, organ_id: str, level: str | None, starts: date, basis: str
) -> Management:
    """From a day on the organ manages the person at the level; what held until then ends.

    Raises
    ------
    Refused
        When the person may not be edited, or the organ is outside of what may be edited.
    """
    covered = rights.organs(Verb.EDIT).filter(pk=organ_id).exists()
    if not covered or not rights.sees_person(person_id, Verb.EDIT):
        raise Refused(NOT_YOURS())
    with act("accounts.manage", by=rights.account, person_id=person_id, source=basis):
        rows = Management.objects.filter(person_id=person_id)
        rows.filter(starts__gte=starts).delete()
        rows.filter(Q(until__isnull=True) | Q(until__gt=starts)).update(until=starts)
        return Management.objects.create(
            person_id=person_id, organ_id=organ_id, level=level, starts=starts, basis=basis
        )
