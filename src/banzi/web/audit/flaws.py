"""What a check of the record may find, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

MISSING_ACT = MessageKind("audit/missing-act", _("第{seq}号操作不在记录中（被删除，或顺序被改动）"))
BROKEN_LINK = MessageKind(
    "audit/broken-link",
    _("第{seq}号操作所记的上一项校验值与上一项不符（顺序被改动，或上一项被替换）"),
)
EDITED_ACT = MessageKind("audit/edited-act", _("第{seq}号操作的内容与它的校验值不符（被改动）"))
EDITED_CHANGES = MessageKind(
    "audit/edited-changes", _("第{seq}号操作的变更明细与校验值不符（被改动、删除或增加）")
)
STRAY_CHANGE = MessageKind(
    "audit/stray-change", _("变更明细{change}（{table}，{row}）不属于任何操作")
)
EDITED_READS = MessageKind(
    "audit/edited-reads", _("第{seq}号操作封存的查阅记录与校验值不符（被改动、删除或增加）")
)
STRAY_READ = MessageKind("audit/stray-read", _("查阅记录{read}不属于任何一次封存"))
CUT_OFF = MessageKind(
    "audit/cut-off", _("锚点记有第{seq}号操作，记录只到第{last}号（末尾被截断，或恢复了旧备份）")
)
OTHER_PAST = MessageKind(
    "audit/other-past", _("第{seq}号操作的校验值与锚点不符（此号及以前的记录被重写）")
)
CHANGED_ROW = MessageKind(
    "audit/changed-row",
    _("{table}的一行（{row}）与最后一次记录（第{seq}号操作）不符：{columns}（绕过系统改动）"),
)
UNKNOWN_ROW = MessageKind("audit/unknown-row", _("{table}的一行（{row}）没有记录（绕过系统增加）"))
LOST_ROW = MessageKind(
    "audit/lost-row",
    _("{table}的一行（{row}）已不在，最后一次记录（第{seq}号操作）说它还在（绕过系统删除）"),
)
NO_TRIGGER = MessageKind(
    "audit/no-trigger", _("数据库触发器{trigger}不在（被删除），写入可能没有留下记录")
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not hold; `seq` is the act it is about, None for none."""

    message: Message
    seq: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            **self.message.values,
            "code": self.message.code,
            "seq": self.seq,
            "text": self.message.text(),
        }
