"""主席团人数 — about a tenth of the delegates.

LE 25. 左右 has no number: the rule gives a tenth (rounded to the nearest) as value; another number
is shown for review.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, should_hold
from banzi.rules.runtime.declaring import Context


@should_hold(
    id="local-party-elections/25/presidium",
    title=_("主席团人数"),
    cites=["LE/25"],
    since="2020-12-28",
    asks={"delegates": Ask(_("代表总数")), "presidium": Ask(_("主席团人数"))},
)
def presidium(at: Context, given: Given) -> Answer:
    """Hold with the tenth rounded; anything else is for people to see."""
    percent = at.value("local_party_elections/presidium_percent")
    if given.delegates is None:
        return Answer(holds=None)
    about = (given.delegates * percent + 50) // 100
    return Answer(
        None if given.presidium is None else given.presidium == about,
        {"delegates": given.delegates, "presidium": given.presidium, "about": about},
        _("代表{delegates}名，主席团{presidium}人，百分之十左右为{about}人，请研究"),
        value=about,
    )
