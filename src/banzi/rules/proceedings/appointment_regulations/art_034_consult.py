"""讨论前征求意见 — consent of the other manager, or a month of silence.

AR 34: for officials managed by two sides the other side is asked; silence of one month counts as
consent. The month is over on the same day of the next month.
"""

from banzi.kernel.dates import add_months
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

REPLIES = {"agrees": _("同意"), "disagrees": _("不同意"), "silent": _("未答复")}


@must_hold(
    id="appointment-regulations/34/consult",
    title=_("双重管理征求协管方意见"),
    cites=["AR/34"],
    since="2014-01-14",
    asks={
        "asked_on": Ask(_("征求意见之日"), "date"),
        "reply": Ask(_("协管方答复"), "choice", REPLIES),
        "discussed_on": Ask(_("讨论决定之日"), "date"),
        "is_head": Ask(_("拟任正职"), "flag"),
        "superior_settled": Ask(_("上级组织部门已协调"), "flag"),
    },
)
def consult(at: Context, given: Given) -> Answer:
    """Hold with consent, a month of silence, or the disagreement settled as the clause says."""
    months = at.value("appointment_regulations/dual_management_silence_months")
    if given.reply is None:
        return Answer(holds=None)
    if given.reply == "agrees":
        return Answer(True)
    if given.reply == "disagrees":
        if given.is_head is False:
            return Answer(True, doubt=True, doubtful=_("协管方不同意，副职由主管方决定，请研究"))
        return Answer(
            True if given.superior_settled else given.superior_settled if given.is_head else None,
            {},
            _("协管方不同意，正职须报上级组织部门协调"),
        )
    if given.asked_on is None or given.discussed_on is None:
        return Answer(holds=None)
    over = add_months(given.asked_on, months)
    return Answer(
        given.discussed_on >= over,
        {"asked": given.asked_on, "over": over, "discussed": given.discussed_on},
        _("{asked}征求意见未获答复，至{over}方视为同意，{discussed}讨论过早"),
    )
