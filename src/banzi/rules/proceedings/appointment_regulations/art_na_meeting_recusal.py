"""讨论时的回避 — whose own or kin's case is discussed is not in the room.

AR/kin-recusal-meeting, AR/recusal.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/na/meeting-recusal",
    title=_("讨论时的回避"),
    cites=["AR/kin-recusal-meeting", "AR/recusal"],
    since="2014-01-14",
    asks={
        "concerned": Ask(_("本人或者亲属被讨论的成员"), "names"),
        "present": Ask(_("讨论时在场的成员"), "names"),
    },
)
def meeting_recusal(at: Context, given: Given) -> Answer:
    """Hold when nobody concerned was present."""
    if given.concerned == [] or given.present == []:
        return Answer(True)
    if given.concerned is None or given.present is None:
        return Answer(holds=None)
    stayed = [name for name in given.present if name in given.concerned]
    return Answer(not stayed, {"names": stayed}, _("讨论涉及本人或者亲属，{names}应当回避"))
