"""代表名额 — how many delegates a congress has, by level.

LE, delegates. Outside the range the committee above may agree; a number it agreed to holds.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/delegate-number",
    title=_("党代表大会代表名额"),
    cites=["LE/delegate-number"],
    since="2020-12-28",
    asks={
        "level": Ask(_("层级"), "choice", LEVELS),
        "delegates": Ask(_("代表名额")),
        "approved": Ask(_("上一级党委批准增减名额"), "flag"),
    },
)
def delegate_number(at: Context, given: Given) -> Answer:
    """Hold inside the range of the level, or with approval."""
    ranges = at.value("local_party_elections/delegate_numbers")
    if given.level is None or given.delegates is None:
        return Answer(holds=None)
    least, most = ranges[given.level]
    shows = {"delegates": given.delegates, "least": least, "most": most}
    if least <= given.delegates <= most:
        return Answer(True, shows)
    return Answer(
        given.approved, shows, _("代表名额{delegates}名，规定为{least}至{most}名，未经批准增减")
    )
