"""个人推荐 — in writing, signed, and checked by the unit.

AR 21.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/21/individual-recommender",
    title=_("个人推荐"),
    cites=["AR/21"],
    since="2014-01-14",
    asks={
        "in_writing": Ask(_("写出推荐材料"), "flag"),
        "signed": Ask(_("推荐人署名"), "flag"),
        "unit_checked": Ask(_("所在单位党组织审核"), "flag"),
    },
)
def individual_recommender(at: Context, given: Given) -> Answer:
    """Hold when written, signed and checked."""
    return Answer(
        all_of([given.in_writing, given.signed, given.unit_checked]),
        {},
        _("个人推荐应当写出推荐材料并署名，经所在单位党组织审核"),
    )
