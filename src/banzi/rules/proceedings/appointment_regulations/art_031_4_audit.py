"""经济责任审计 — where it is due, it comes before the decision.

AR 31.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/31.4/audit",
    title=_("经济责任审计"),
    cites=["AR/31.4"],
    since="2019-03-03",
    asks={
        "is_due": Ask(_("需要进行经济责任审计"), "flag"),
        "done_on": Ask(_("完成审计之日"), "date"),
        "discussed_on": Ask(_("讨论决定之日"), "date"),
    },
)
def audit(at: Context, given: Given) -> Answer:
    """Hold when not due, or done before the discussion."""
    if given.is_due is False:
        return Answer(True)
    if given.done_on is None or given.discussed_on is None:
        return Answer(holds=None)
    in_time = given.done_on <= given.discussed_on
    return Answer(
        True if in_time else (False if given.is_due else None),
        {"done": given.done_on, "discussed": given.discussed_on},
        _("{discussed}讨论决定，{done}才完成审计，应当事先审计"),
    )
