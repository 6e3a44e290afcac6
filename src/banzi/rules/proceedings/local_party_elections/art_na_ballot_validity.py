"""选举和选票是否有效 — no more ballots back than were given out; none with too many names.

LE, validity (from memory; the same as EL/44 and GE): a ballot with more names than seats is void,
with fewer valid. A breach asks for review until the text is compared.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.ballots import NUMBERS_OF_BALLOTS, ballots_hold
from banzi.rules.proceedings.declaring import Answer, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/ballot-validity",
    title=_("选举和选票有效"),
    cites=["LE/ballot-validity"],
    since="2020-12-28",
    asks=NUMBERS_OF_BALLOTS,
)
def ballot_validity(at: Context, given: Given) -> Answer:
    """Hold when the numbers of ballots can be right."""
    return ballots_hold(given)
