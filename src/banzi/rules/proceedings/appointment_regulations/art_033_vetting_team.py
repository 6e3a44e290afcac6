"""考察组 — two or more, one of them leader, none kin of the person.

AR 33.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/33/vetting-team",
    title=_("考察组组成"),
    cites=["AR/33"],
    since="2019-03-03",
    asks={
        "members": Ask(_("考察组成员"), "names"),
        "leader": Ask(_("组长"), "names"),
        "kin": Ask(_("应当回避的成员"), "names"),
    },
)
def vetting_team(at: Context, given: Given) -> Answer:
    """Hold with two different persons or more, one leader among them, nobody to recuse."""
    least = at.value("appointment_regulations/min_inspectors")
    if given.kin:
        return Answer(False, {"names": given.kin}, _("{names}应当回避，不得参加考察"))
    members = None if given.members is None else set(given.members)
    if members is not None and len(members) < least:
        shows = {"count": len(members), "least": least}
        return Answer(False, shows, _("考察组{count}人，应有{least}人以上"))
    led = None
    if members is not None and given.leader is not None:
        led = len(given.leader) == 1 and given.leader[0] in members
    return Answer(
        all_of([None if members is None else True, led, None if given.kin is None else True]),
        {},
        _("考察组应有组长一人，且为考察组成员"),
    )
