"""任职前公示 — five working days between the decision and the notice of appointment.

AR 42. Both ends count; public holidays do not, days worked in their place do (our reading). Special
posts and what was made public at a change of term need none; an exceptional promotion says why.
"""

from banzi.codes.workdays import working_days_between
from banzi.kernel.errors import BanziError
from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/42/public-notice",
    title=_("任职前公示"),
    cites=["AR/42"],
    since="2014-01-14",
    asks={
        "exempt": Ask(_("特殊岗位或者换届考察时已公示"), "flag"),
        "decided_on": Ask(_("讨论决定之日"), "date"),
        "first_day": Ask(_("公示起始之日"), "date"),
        "last_day": Ask(_("公示截止之日"), "date"),
        "appointed_on": Ask(_("下发任职通知之日"), "date"),
        "exceptional": Ask(_("破格提拔"), "flag"),
        "reason_stated": Ask(_("公示说明破格理由"), "flag"),
    },
)
def public_notice(at: Context, given: Given) -> Answer:
    """Hold with enough working days in the right place, and the reason where one is due."""
    least = at.value("appointment_regulations/public_notice_working_days")
    if given.exempt:
        return Answer(True)
    first, last = given.first_day, given.last_day
    days = None
    if first is not None and last is not None:
        try:
            days = working_days_between(first, last) if first <= last else 0
        except BanziError:  # no notice of public holidays for that year yet
            days = None
    parts = {
        _("公示{days}个工作日，不少于{least}个"): None if days is None else days >= least,
        _("公示应在讨论决定之后"): None
        if first is None or given.decided_on is None
        else given.decided_on <= first,
        _("公示期满后方可下发任职通知"): None
        if last is None or given.appointed_on is None
        else last < given.appointed_on,
        _("破格提拔的，公示应当说明理由"): True
        if given.exceptional is False or given.reason_stated
        else None
        if given.exceptional is None or given.reason_stated is None
        else False,
    }
    wrong = [text for text, holds in parts.items() if holds is False]
    if wrong and given.exempt is False:
        return Answer(False, {"days": days, "least": least}, wrong[0])
    whole = all_of(parts.values())
    return Answer(whole if whole or given.exempt is False else None)
