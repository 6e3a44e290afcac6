"""基层组织按期换届 — at most a year late.

GE 3 to 5. The same day a year later is still in time.
"""

from banzi.kernel.dates import add_months
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/3/on-time",
    title=_("基层组织按期换届"),
    cites=["GE/3"],
    since="2020-07-13",
    asks={
        "term_ends": Ask(_("任期届满之日"), "date"),
        "held_on": Ask(_("换届之日"), "date"),
    },
)
def on_time(at: Context, given: Given) -> Answer:
    """Hold up to the longest delay after the end of the term."""
    longest = at.value("grassroots_elections/max_delay_months")
    if given.term_ends is None or given.held_on is None:
        return Answer(holds=None)
    latest = add_months(given.term_ends, longest)
    return Answer(
        given.held_on <= latest,
        {"ends": given.term_ends, "held": given.held_on, "latest": latest},
        _("{ends}任期届满，{held}换届，延期超过限度（最迟{latest}）"),
    )
