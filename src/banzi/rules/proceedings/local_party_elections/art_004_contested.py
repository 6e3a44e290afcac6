"""差额选举和等额选举 — where there must be more names than seats, and where just as many.

LE 4: delegates, members, alternates and standing members of committees and discipline committees
are contested; secretaries and deputy secretaries of both are not.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

CONTESTED = {
    "delegate": _("代表"),
    "member": _("委员"),
    "alternate": _("候补委员"),
    "standing_member": _("常委"),
    "discipline_member": _("纪委委员"),
    "discipline_standing_member": _("纪委常委"),
}
UNCONTESTED = {
    "secretary": _("书记"),
    "deputy_secretary": _("副书记"),
    "discipline_secretary": _("纪委书记"),
    "discipline_deputy_secretary": _("纪委副书记"),
}


@must_hold(
    id="local-party-elections/4/contested",
    title=_("差额选举和等额选举"),
    cites=["LE/4"],
    since="2020-12-28",
    asks={
        "elects": Ask(_("选举职务"), "choice", {**CONTESTED, **UNCONTESTED}),
        "seats": Ask(_("应选名额")),
        "candidates": Ask(_("候选人数")),
    },
)
def contested(at: Context, given: Given) -> Answer:
    """Hold when the number of names fits the kind of office."""
    if None in (given.elects, given.seats, given.candidates):
        return Answer(holds=None)
    shows = {"seats": given.seats, "candidates": given.candidates}
    if given.elects in CONTESTED:
        return Answer(
            given.candidates > given.seats,
            shows,
            _("应选{seats}人，候选人{candidates}人，应当实行差额选举"),
        )
    return Answer(
        given.candidates == given.seats,
        shows,
        _("应选{seats}人，候选人{candidates}人，书记、副书记应当等额选举"),
    )
