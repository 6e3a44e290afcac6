"""会议推荐到会人数 — two thirds of those due.

Not in the text of AR; from questions and answers. A smaller number asks for review.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, should_hold
from banzi.rules.proceedings.majorities import least_reaching, reaches
from banzi.rules.runtime.declaring import Context


@should_hold(
    id="appointment-regulations/na/turnout",
    title=_("会议推荐到会人数"),
    cites=["AR/turnout"],
    since="2019-03-03",
    asks={"due": Ask(_("应到会人数")), "present": Ask(_("实到会人数"))},
)
def turnout(at: Context, given: Given) -> Answer:
    """Hold with at least two thirds of those due."""
    fraction = at.value("appointment_regulations/recommendation_turnout")
    least = None if given.due is None else least_reaching(fraction, given.due)
    return Answer(
        reaches(given.present, fraction, given.due),
        {"due": given.due, "present": given.present, "least": least},
        _("应到会{due}人，实到会{present}人，一般不少于{least}人"),
    )
