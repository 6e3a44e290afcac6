"""公务员优秀比例 — a fifth, with approval a quarter.

KH/excellent-share, from memory: a breach asks for review.
"""

from banzi.kernel.logic import all_of, any_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.shares import at_most_percent
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="civil-servant-assessment/na/excellent-share",
    title=_("公务员优秀等次比例"),
    cites=["KH/excellent-share"],
    since="2020-12-31",
    asks={
        "assessed": Ask(_("参加考核人数")),
        "excellent": Ask(_("优秀等次人数")),
        "approved": Ask(_("经批准提高比例"), "flag"),
    },
)
def excellent_share(at: Context, given: Given) -> Answer:
    """Hold within the usual share, or with approval within the higher one."""
    share = at.value("civil_servant_assessment/excellent_percent")
    usual = at_most_percent(given.excellent, share["usual"], given.assessed)
    higher = at_most_percent(given.excellent, share["with_approval"], given.assessed)
    return Answer(
        any_of([usual, all_of([higher, given.approved])]),
        {"assessed": given.assessed, "excellent": given.excellent, **share},
        _(
            "参加考核{assessed}人，优秀{excellent}人，不超过百分之{usual}，经批准不超过百分之{with_approval}"
        ),
    )
