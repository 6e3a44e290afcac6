"""任职试用期 — a year for posts that are appointed, none for posts that are elected.

AR 43. The year ends on the same day of the next year; earlier confirmation is a breach.
"""

from banzi.kernel.dates import add_months
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/43/probation",
    title=_("任职试用期"),
    cites=["AR/43"],
    since="2014-01-14",
    asks={
        "elected": Ask(_("选举产生"), "flag"),
        "on_probation": Ask(_("实行试用期"), "flag"),
        "began_on": Ask(_("试用期起始之日"), "date"),
        "confirmed_on": Ask(_("正式任职之日"), "date"),
    },
)
def probation(at: Context, given: Given) -> Answer:
    """Hold when elected posts have none and others a whole one; value: the day it ends."""
    months = at.value("appointment_regulations/probation_months")
    if given.elected is None or given.on_probation is None:
        return Answer(holds=None)
    if given.elected:
        return Answer(not given.on_probation, {}, _("选举产生的职务不实行试用期"))
    if not given.on_probation:
        return Answer(False, {"months": months}, _("非选举产生的职务应当实行{months}个月的试用期"))
    if given.began_on is None:
        return Answer(holds=None)
    ends = add_months(given.began_on, months)
    if given.confirmed_on is None:
        return Answer(holds=None, value=ends)
    return Answer(
        given.confirmed_on >= ends,
        {"ends": ends, "confirmed": given.confirmed_on},
        _("试用期至{ends}，{confirmed}正式任职过早"),
        value=ends,
    )
