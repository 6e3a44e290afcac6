"""形成决定 — more than half of those due agree; the head speaks last.

AR 38. Half of those due, not of those present: of 13 due and 9 present, 6 in favour is not enough.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import exceeds, least_exceeding
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/38/vote",
    title=_("讨论决定形成决定"),
    cites=["AR/38"],
    since="2014-01-14",
    asks={
        "due": Ask(_("应到会人数")),
        "in_favour": Ask(_("同意人数")),
        "head_last": Ask(_("主要负责人最后表态"), "flag"),
        "serious_disagreement": Ask(_("意见分歧较大或者有重大问题不清楚"), "flag"),
    },
)
def vote(at: Context, given: Given) -> Answer:
    """Hold with the majority, the head last, and no open disagreement."""
    majority = at.value("appointment_regulations/decision_majority")
    if given.serious_disagreement:
        return Answer(False, {}, _("意见分歧较大或者有重大问题不清楚，应当暂缓表决"))
    least = None if given.due is None else least_exceeding(majority, given.due)
    agreed = exceeds(given.in_favour, majority, given.due)
    if agreed is False:
        shows = {"due": given.due, "in_favour": given.in_favour, "least": least}
        return Answer(
            False, shows, _("应到会{due}人，同意{in_favour}人，须{least}人以上同意方可形成决定")
        )
    return Answer(
        all_of(
            [
                agreed,
                given.head_last,
                None if given.serious_disagreement is None else True,
            ]
        ),
        {},
        _("主要负责人应当最后表态"),
    )
