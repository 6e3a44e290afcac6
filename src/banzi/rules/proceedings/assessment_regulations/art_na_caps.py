"""优秀等次比例 — at most so many excellent, fewer in a poor team.

AP/caps, from memory: a breach asks for review. In a poor team the head is not excellent.
"""

from banzi.kernel.logic import Truth, all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.shares import at_most_percent
from banzi.rules.runtime.declaring import Context

GRADES = {
    "none": _("未评定班子等次"),
    "excellent": _("优秀"),
    "good": _("良好"),
    "fair": _("一般"),
    "poor": _("较差"),
}
_CAP = {
    "none": "person",
    "excellent": "in_excellent_team",
    "good": "person",
    "fair": "in_fair_team",
    "poor": "in_poor_team",
}


@must_hold(
    id="assessment-regulations/na/caps",
    title=_("优秀等次比例"),
    cites=["AP/caps"],
    since="2019-04-07",
    asks={
        "team_grade": Ask(_("班子等次"), "choice", GRADES),
        "assessed": Ask(_("参加考核人数")),
        "excellent": Ask(_("优秀等次人数")),
        "head_excellent": Ask(_("正职为优秀"), "flag"),
    },
)
def caps(at: Context, given: Given) -> Answer:
    """Hold below the cap of the team's grade."""
    table = at.value("assessment_regulations/excellent_caps")
    if given.team_grade is None:
        return Answer(holds=None)
    percent = table[_CAP[given.team_grade]]
    head: Truth = True
    if given.team_grade == "poor":
        head = None if given.head_excellent is None else not given.head_excellent
    return Answer(
        all_of([at_most_percent(given.excellent, percent, given.assessed), head]),
        {"assessed": given.assessed, "excellent": given.excellent, "percent": percent},
        _(
            "参加考核{assessed}人，优秀{excellent}人，不超过百分之{percent}；较差班子的正职不得为优秀"
        ),
    )
