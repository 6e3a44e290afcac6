"""不得提交会议讨论 — what must be settled before a case goes to the meeting.

AR/no-table (from memory, so a breach asks for review), SZ/meeting-rules 三个不上会. Each point is a
yes or no of those who prepare the meeting.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.checklists import all_done
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

POINTS = {
    "recommended_and_vetted": _("按规定进行了民主推荐、考察"),
    "integrity_clear": _("廉洁自律结论和纪检监察机关意见齐全、明确"),
    "matters_explained": _("个人有关事项已核查并说清"),
    "complaints_clear": _("信访举报已查清"),
    "file_clear": _("档案存疑已核准"),
    "audit_clear": _("巡视、审计等问题已查清"),
    "superior_replied": _("需要上级批复的已批复"),
    "by_meeting": _("以会议讨论，不以个别征求意见、传阅代替"),
}


@must_hold(
    id="appointment-regulations/na/no-table",
    title=_("提交会议讨论的条件"),
    cites=["AR/no-table", "SZ/meeting-rules"],
    since="2019-03-03",
    asks={name: Ask(zh, "flag") for name, zh in POINTS.items()},
)
def no_table(at: Context, given: Given) -> Answer:
    """Hold when every point is settled; one that nobody answered is never taken as settled."""
    return all_done(given, POINTS, _("不得提交会议讨论，未做到：{open}"))
