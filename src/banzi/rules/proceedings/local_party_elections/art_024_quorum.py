"""选举到会人数 — how many must be present for an election of the Party.

LE 24: at a congress more than half of the delegates due, at a plenary of a committee more than two
thirds of the members due. Both are 超过: the fraction itself is not enough.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import exceeds, least_exceeding
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/24/quorum",
    title=_("选举到会人数"),
    cites=["LE/24"],
    since="2020-12-28",
    asks={
        "body": Ask(_("会议"), "choice", {"congress": _("代表大会"), "plenary": _("全体会议")}),
        "due": Ask(_("应到会人数")),
        "present": Ask(_("实到会人数")),
    },
)
def quorum(at: Context, given: Given) -> Answer:
    """Hold when more than the fraction of those due is present."""
    fractions = at.value("local_party_elections/quorum")
    if given.body is None:
        return Answer(holds=None)
    fraction = fractions[given.body]
    return Answer(
        holds=exceeds(given.present, fraction, given.due),
        shows={
            "due": given.due,
            "present": given.present,
            "least": None if given.due is None else least_exceeding(fraction, given.due),
        },
        otherwise=_("应到会{due}人，实到会{present}人，至少应有{least}人到会方可选举"),
    )
