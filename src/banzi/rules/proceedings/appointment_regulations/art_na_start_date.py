"""任职时间的起算 — from the decision, the election, or the appointment by the standing committee.

AR/start-date.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

WAYS = {
    "committee": _("党委（党组）决定任职"),
    "election": _("选举产生"),
    "standing_committee": _("人大常委会任命、决定任命"),
    "government": _("政府任命"),
}


@must_hold(
    id="appointment-regulations/na/start-date",
    title=_("任职时间的起算"),
    cites=["AR/start-date"],
    since="2014-01-14",
    asks={
        "way": Ask(_("任职方式"), "choice", WAYS),
        "acted_on": Ask(_("决定、当选、通过之日"), "date"),
        "recorded_from": Ask(_("登记的任职时间"), "date"),
    },
)
def start_date(at: Context, given: Given) -> Answer:
    """Hold when the post is recorded from the day of the act; that day is the value."""
    if given.way is None or given.acted_on is None:
        return Answer(holds=None)
    shows = {"way": WAYS[given.way], "acted": given.acted_on, "recorded": given.recorded_from}
    return Answer(
        None if given.recorded_from is None else given.recorded_from == given.acted_on,
        shows,
        _("{way}，任职时间应自{acted}起算，登记为{recorded}"),
        value=given.acted_on,
    )
