"""考察材料 — every part the material must have.

AR 32, from memory: a missing part asks for review. What the parts say is written and judged by
people.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.checklists import all_done
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

PARTS = {
    "strengths": _("德能勤绩廉和主要特长"),
    "weaknesses": _("主要缺点和不足"),
    "opinions": _("民主推荐、民主测评、谈话情况"),
    "checks": _("四项核查结论"),
}


@must_hold(
    id="appointment-regulations/32/report",
    title=_("考察材料内容"),
    cites=["AR/32"],
    since="2019-03-03",
    asks={name: Ask(zh, "flag") for name, zh in PARTS.items()},
)
def report(at: Context, given: Given) -> Answer:
    """Hold when all four parts are there."""
    return all_done(given, PARTS, _("考察材料缺少：{open}"))
