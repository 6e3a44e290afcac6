"""讨论决定的到会人数 — two thirds of those due; below, the meeting decides nothing.

AR 37.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import least_reaching, reaches
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/37/quorum",
    title=_("讨论决定的到会人数"),
    cites=["AR/37"],
    since="2014-01-14",
    asks={"due": Ask(_("应到会人数")), "present": Ask(_("实到会人数"))},
)
def quorum(at: Context, given: Given) -> Answer:
    """Hold with at least two thirds."""
    fraction = at.value("appointment_regulations/meeting_quorum")
    least = None if given.due is None else least_reaching(fraction, given.due)
    return Answer(
        reaches(given.present, fraction, given.due),
        {"due": given.due, "present": given.present, "least": least},
        _("应到会{due}人，实到会{present}人，至少应有{least}人到会方可讨论决定"),
    )
