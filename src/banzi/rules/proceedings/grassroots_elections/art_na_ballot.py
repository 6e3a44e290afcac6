"""基层选举选票 — no more back than voters; ballots with too many names void; no proxy.

GE/ballot.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.ballots import ballots_hold
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/na/ballot",
    title=_("基层选举选票有效"),
    cites=["GE/ballot"],
    since="2020-07-13",
    asks={
        "issued": Ask(_("发出选票")),
        "returned": Ask(_("收回选票")),
        "overfull": Ask(_("多选选票")),
        "counted": Ask(_("计为有效的选票")),
    },
)
def ballot(at: Context, given: Given) -> Answer:
    """Hold when the numbers of ballots can be right."""
    return ballots_hold(given)
