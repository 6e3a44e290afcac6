"""The main navigation: what stands in the bar, in order, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass

from banzi.kernel.messages import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bar.

    `address` is the name of a page; `needs` the verb one must hold, or the office one must be in
    (`office:auditor`), to see it; "" for everybody who is signed in.
    """

    title: str
    address: str
    needs: str = ""


ENTRIES = (
    Entry(_("首页"), "home"),
    Entry(_("人员"), "people", "view"),
    Entry(_("班子"), "teams", "view"),
    Entry(_("选兵点将"), "queries", "view"),
    Entry(_("选配沙盘"), "board", "view"),
    Entry(_("到期"), "due", "view"),
    Entry(_("导入"), "imports", "edit"),
    Entry(_("交换包"), "exchange", "release"),
    Entry(_("规则"), "rulebook"),
    Entry(_("账号"), "accounts", "office:system"),
    Entry(_("备份"), "backup", "office:system"),
    Entry(_("审计"), "audit", "office:auditor"),
)
