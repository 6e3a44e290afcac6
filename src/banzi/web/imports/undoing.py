"""An import taken back as one act, while nothing later stands on what it wrote."""

from __future__ import annotations

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.audit.acts import Actor, act
from banzi.web.imports.models import Import, ImportState
from banzi.web.records.taking_back import take_back

NOT_TAKEN = MessageKind("imports/not-taken", _("这次导入没有写入，或已经撤销"))


def undo(given: Import, by: Actor, reason: str) -> str:
    """Take an import back; the id of the act.

    Raises
    ------
    BadInput
        Every later change that stands in the way; nothing is changed then.
    """
    with act("imports.undo", by=by, about=given.import_id, reason=reason,
             source=given.act_id) as opened:  # fmt: skip
        claimed = Import.objects.filter(pk=given.pk, state=ImportState.TAKEN)
        if not claimed.update(state=ImportState.UNDONE, undone_by=opened.act_id):
            raise BanziError(NOT_TAKEN())
        take_back(given.act_id)
    return opened.act_id
