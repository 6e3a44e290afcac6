"""代表候选人 — joint nomination by ten, and margins of direct and indirect elections.

EL 30 and 31: directly a third to as many again, indirectly a fifth to a half. The lower bound is
rounded up and the upper down, so that the margin lies within both (our reading).
"""

from banzi.kernel.logic import all_of, any_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import least_reaching
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="election-law/30/candidates",
    title=_("代表候选人提名和差额"),
    cites=["EL/30"],
    since="2020-10-18",
    asks={
        "way": Ask(_("选举方式"), "choice", {"direct": _("直接选举"), "indirect": _("间接选举")}),
        "seats": Ask(_("应选名额")),
        "candidates": Ask(_("候选人数")),
        "nominated_by": Ask(
            _("推荐方式"), "choice", {"party": _("政党、团体推荐"), "joint": _("联名推荐")}
        ),
        "nominators": Ask(_("联名人数")),
    },
)
def candidates(at: Context, given: Given) -> Answer:
    """Hold with names within the margin and enough nominators where people nominate."""
    margin = at.value("election_law/margins")
    if given.way is None or given.seats is None:
        return Answer(holds=None)
    seats, names = given.seats, given.candidates
    most_more = margin[f"{given.way}_most"]
    least = seats + least_reaching(margin[f"{given.way}_least"], seats)
    most = seats + seats * most_more["numerator"] // most_more["denominator"]
    most = max(least, most)
    supported = any_of(
        [
            None if given.nominated_by is None else given.nominated_by == "party",
            None if given.nominators is None else given.nominators >= margin["joint_nominators"],
        ]
    )
    return Answer(
        all_of([supported, None if names is None else least <= names <= most]),
        {"seats": seats, "candidates": names, "least": least, "most": most},
        _("应选{seats}人，候选人{candidates}人，应为{least}至{most}人，联名提名须十人以上"),
        value=[least, most],
    )
