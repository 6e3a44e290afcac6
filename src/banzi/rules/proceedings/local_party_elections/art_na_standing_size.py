"""常委会人数 — members of the standing committee, secretaries and deputy secretaries.

LE, size of standing committees. The numbers of city and county are from memory and there are
exceptions everywhere, so that another number asks for review.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS
from banzi.rules.proceedings.declaring import Answer, Ask, Given, should_hold
from banzi.rules.runtime.declaring import Context


@should_hold(
    id="local-party-elections/na/standing-size",
    title=_("常委会人数"),
    cites=["LE/standing-size"],
    since="2020-12-28",
    asks={
        "level": Ask(_("层级"), "choice", LEVELS),
        "standing_members": Ask(_("常委人数")),
        "secretaries": Ask(_("书记人数")),
        "deputy_secretaries": Ask(_("副书记人数")),
    },
)
def standing_size(at: Context, given: Given) -> Answer:
    """Hold when all three numbers lie in their ranges."""
    sizes = at.value("local_party_elections/standing_size")
    if given.level is None:
        return Answer(holds=None)
    asked = {
        given.level: given.standing_members,
        "secretaries": given.secretaries,
        "deputy_secretaries": given.deputy_secretaries,
    }
    least, most = sizes[given.level]
    return Answer(
        all_of(
            None if number is None else sizes[name][0] <= number <= sizes[name][1]
            for name, number in asked.items()
        ),
        {
            "standing": given.standing_members,
            "secretaries": given.secretaries,
            "deputies": given.deputy_secretaries,
            "least": least,
            "most": most,
        },
        _(
            "常委{standing}人（一般{least}至{most}人）、书记{secretaries}人、副书记{deputies}人，与规定不一致"
        ),
    )
