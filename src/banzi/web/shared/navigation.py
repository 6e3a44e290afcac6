"""The main navigation: what stands in the bar, in order, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass

from banzi.kernel.messages import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bar.

    `address` is the name of a page; `verb` the right one must hold to see it ("" for everybody).
    """

    title: str
    address: str
    verb: str = ""


ENTRIES = (Entry(_("首页"), "home"),)
