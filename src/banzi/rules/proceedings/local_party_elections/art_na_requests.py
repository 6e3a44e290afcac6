"""请示时间 — when requests for a congress go up, and that its election method was passed.

LE/requests: four months before at provincial level, two at others; the list of candidates one month
before. Still in time on the very day so many months earlier.
"""

from banzi.kernel.dates import add_months
from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import exceeds
from banzi.rules.proceedings.winners import HALF
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/requests",
    title=_("换届请示时间"),
    cites=["LE/requests"],
    since="2020-12-28",
    asks={
        "level": Ask(_("层级"), "choice", LEVELS),
        "congress_on": Ask(_("代表大会召开之日"), "date"),
        "requested_on": Ask(_("召开请示上报之日"), "date"),
        "list_sent_on": Ask(_("候选人预备人选上报之日"), "date"),
        "due": Ask(_("应到会代表")),
        "method_in_favour": Ask(_("赞成选举办法")),
    },
)
def requests(at: Context, given: Given) -> Answer:
    """Hold when both papers went up in time and more than half of those due passed the method."""
    lead = at.value("local_party_elections/request_lead_months")
    if given.level is None or given.congress_on is None:
        return Answer(holds=None)
    months = lead["province"] if given.level == "province" else lead["others"]
    latest = add_months(given.congress_on, -months)
    list_latest = add_months(given.congress_on, -lead["candidate_list"])
    return Answer(
        all_of(
            [
                None if given.requested_on is None else given.requested_on <= latest,
                None if given.list_sent_on is None else given.list_sent_on <= list_latest,
                exceeds(given.method_in_favour, HALF, given.due),
            ]
        ),
        {"latest": latest, "list_latest": list_latest},
        _("请示最迟{latest}上报，预备人选最迟{list_latest}上报，选举办法须经应到会代表过半数通过"),
    )
