"""代表候选人差额 — at least a fifth more names than delegates to elect.

LE, margin of delegates (text of 1994, repeated for 2020 by secondary sources): 120 names for 100
seats; the fifth is rounded up, so seven seats need nine names.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.margins import least_names
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/delegate-margin",
    title=_("代表候选人差额比例"),
    cites=["LE/delegate-margin"],
    since="2020-12-28",
    asks={"seats": Ask(_("应选代表名额")), "candidates": Ask(_("代表候选人数"))},
)
def delegate_margin(at: Context, given: Given) -> Answer:
    """Hold with at least 120 names for 100 seats."""
    return least_names(given, at.value("local_party_elections/delegate_margin_percent"))
