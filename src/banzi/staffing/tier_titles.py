"""What the goals of a plan are called, by the names that `building` gives their tiers."""

from __future__ import annotations

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

FILL = MessageKind("plan/tier-fill", _("职位配齐"))
MERIT = MessageKind("plan/tier-merit", _("综合择优"))
SOFT_TIER = MessageKind("plan/soft-tier", _("尽量达到的目标（第{priority}优先级）"))


def tier_title(name: str) -> Message | str:
    """The goal of a tier; the name itself of a tier that `build` did not make."""
    kind, _dash, priority = name.partition("-")
    if kind == "soft" and priority.isdigit():
        return SOFT_TIER(priority=priority)
    made = {"fill": FILL, "merit": MERIT}.get(name)
    return made() if made else name
