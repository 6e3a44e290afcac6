"""基层委员候选人差额 — a fifth more names, rounded up.

GE 13.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.margins import least_names
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/13/member-margin",
    title=_("基层委员候选人差额"),
    cites=["GE/13"],
    since="2020-07-13",
    asks={"seats": Ask(_("应选名额")), "candidates": Ask(_("候选人数"))},
)
def member_margin(at: Context, given: Given) -> Answer:
    """Hold with 120 names for 100 seats."""
    return least_names(given, at.value("grassroots_elections/member_margin_percent"))
