"""委员和常委候选人差额 — ten per cent more members, one or two more standing members.

LE, margins of members: searched for and not found in a text, so that a breach asks for review.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.margins import least_names
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/member-margin",
    title=_("委员和常委候选人差额"),
    cites=["LE/member-margin"],
    since="2020-12-28",
    asks={
        "elects": Ask(
            _("选举职务"),
            "choice",
            {"member": _("委员、候补委员、纪委委员"), "standing_member": _("常委")},
        ),
        "seats": Ask(_("应选名额")),
        "candidates": Ask(_("候选人数")),
    },
)
def member_margin(at: Context, given: Given) -> Answer:
    """Hold with a tenth more members, or one or two more standing members."""
    margin = at.value("local_party_elections/member_margin")
    if given.elects is None:
        return Answer(holds=None)
    if given.elects == "member":
        return least_names(given, margin["member_percent"])
    if given.seats is None or given.candidates is None:
        return Answer(holds=None)
    least = given.seats + margin["standing_least"]
    most = given.seats + margin["standing_most"]
    return Answer(
        least <= given.candidates <= most,
        {"seats": given.seats, "candidates": given.candidates, "least": least, "most": most},
        _("应选常委{seats}人，候选人{candidates}人，应为{least}至{most}人"),
        value=least,
    )
