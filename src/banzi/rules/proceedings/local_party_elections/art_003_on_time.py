"""按期换届 — the term ends when it ends; early or late needs approval, and late has an end.

LE 3. Late by up to twelve months: on the same day a year later it is still in time (the law's last
day of a period is its last day). On the very day the term ends it is neither early nor late.
"""

from banzi.kernel.dates import add_months
from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/3/on-time",
    title=_("按期换届"),
    cites=["LE/3"],
    since="2020-12-28",
    asks={
        "term_ends": Ask(_("任期届满之日"), "date"),
        "held_on": Ask(_("换届之日"), "date"),
        "approved": Ask(_("上一级党委批准提前或者延期"), "flag"),
    },
)
def on_time(at: Context, given: Given) -> Answer:
    """Hold on the day the term ends, or with approval up to the longest delay after it."""
    longest = at.value("local_party_elections/max_delay_months")
    if given.term_ends is None or given.held_on is None:
        return Answer(holds=None)
    latest = add_months(given.term_ends, longest)
    shows = {"ends": given.term_ends, "held": given.held_on, "latest": latest}
    if given.held_on > latest:
        return Answer(False, shows, _("{ends}任期届满，{held}换届，延期超过限度（最迟{latest}）"))
    if given.held_on == given.term_ends:
        return Answer(True, shows)
    return Answer(
        all_of([given.approved]),
        shows,
        _("{ends}任期届满，{held}换届，提前或者延期未经上一级党委批准"),
    )
