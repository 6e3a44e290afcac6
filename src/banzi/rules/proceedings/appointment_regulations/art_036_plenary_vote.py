"""全委会表决 — in secret, with two thirds of the members, and more than half of them in favour.

AR 36. The majority is counted against all members (our reading, after AR 38).
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, should_hold
from banzi.rules.proceedings.majorities import exceeds, reaches
from banzi.rules.proceedings.winners import HALF
from banzi.rules.runtime.declaring import Context


@should_hold(
    id="appointment-regulations/36/plenary-vote",
    title=_("全委会表决"),
    cites=["AR/36"],
    since="2014-01-14",
    asks={
        "members": Ask(_("全体委员")),
        "present": Ask(_("实到会委员")),
        "in_favour": Ask(_("赞成票")),
        "secret": Ask(_("无记名投票"), "flag"),
    },
)
def plenary_vote(at: Context, given: Given) -> Answer:
    """Hold with quorum, secrecy and a majority."""
    quorum = at.value("appointment_regulations/plenary_quorum")
    return Answer(
        all_of(
            [
                reaches(given.present, quorum, given.members),
                exceeds(given.in_favour, HALF, given.members),
                given.secret,
            ]
        ),
        {"members": given.members, "present": given.present, "in_favour": given.in_favour},
        _(
            "全体委员{members}人，到会{present}人，赞成{in_favour}票；应有三分之二以上到会、无记名投票、过半数赞成"
        ),
    )
