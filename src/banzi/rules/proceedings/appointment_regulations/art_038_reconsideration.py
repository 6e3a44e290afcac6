"""复议 — more than half of the members agree to take a decision up again.

AR 38.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import exceeds, least_exceeding
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/38/reconsideration",
    title=_("复议"),
    cites=["AR/38"],
    since="2014-01-14",
    asks={"members": Ask(_("党委（党组）成员")), "agreeing": Ask(_("同意复议人数"))},
)
def reconsideration(at: Context, given: Given) -> Answer:
    """Hold with more than half of the members."""
    majority = at.value("appointment_regulations/reconsideration_majority")
    least = None if given.members is None else least_exceeding(majority, given.members)
    return Answer(
        exceeds(given.agreeing, majority, given.members),
        {"members": given.members, "agreeing": given.agreeing, "least": least},
        _("成员{members}人，同意复议{agreeing}人，须{least}人以上同意"),
    )
