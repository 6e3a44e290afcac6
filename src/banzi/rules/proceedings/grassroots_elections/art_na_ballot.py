"""基层选举选票 — no more back than voters; ballots with too many names void; no proxy.

GE/ballot.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.ballots import NUMBERS_OF_BALLOTS, ballots_hold
from banzi.rules.proceedings.declaring import Answer, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/na/ballot",
    title=_("基层选举选票有效"),
    cites=["GE/ballot"],
    since="2020-07-13",
    asks=NUMBERS_OF_BALLOTS,
)
def ballot(at: Context, given: Given) -> Answer:
    """Hold when the numbers of ballots can be right."""
    return ballots_hold(given)
