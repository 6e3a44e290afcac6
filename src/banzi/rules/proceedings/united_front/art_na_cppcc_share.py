"""政协党外比例 — non-Party members, standing members and vice-chairs of a CPPCC committee.

DW 44. The share of vice-chairs is not asked in autonomous areas.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.shares import at_least_percent
from banzi.rules.runtime.declaring import Context

BODIES = {"member": _("委员"), "standing": _("常委"), "vice_chair": _("副主席")}


@must_hold(
    id="united-front/na/cppcc-share",
    title=_("政协党外比例"),
    cites=["DW/united-front"],
    since="2020-12-31",
    asks={
        "body": Ask(_("类别"), "choice", BODIES),
        "autonomous": Ask(_("民族自治地方"), "flag"),
        "all": Ask(_("总人数")),
        "non_party": Ask(_("党外人数")),
    },
)
def cppcc_share(at: Context, given: Given) -> Answer:
    """Hold with the share of the body."""
    percents = at.value("united_front/cppcc_non_party_percent")
    if given.body is None:
        return Answer(holds=None)
    holds = at_least_percent(given.non_party, percents[given.body], given.all)
    if given.body == "vice_chair" and not holds:
        if given.autonomous:
            return Answer(True)
        holds = None if given.autonomous is None else holds
    return Answer(
        holds,
        {"all": given.all, "non_party": given.non_party, "percent": percents[given.body]},
        _("共{all}人，党外{non_party}人，不少于百分之{percent}"),
    )
