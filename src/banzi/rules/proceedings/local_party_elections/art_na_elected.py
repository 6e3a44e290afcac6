"""当选 — in favour of more than half of those due, not of those present.

LE/elected: the base is 应到会有选举权人数. More than the seats: those with most votes; a tie at the
last place is voted on again among the tied; fewer: a new vote, or fewer seats by consent. A seat
not filled is no breach of law: the verdict is review, and the value says who is elected, who is
tied and how many places are left.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Given, must_hold
from banzi.rules.proceedings.winners import BALLOT_BOX, elected_answer
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/elected",
    title=_("当选"),
    cites=["LE/elected"],
    since="2020-12-28",
    asks=BALLOT_BOX,
)
def elected(at: Context, given: Given) -> Answer:
    """Reckon who has more than half of the base, and what remains to be done."""
    base = given.due if at.value("local_party_elections/elected_base") == "due" else given.present
    return elected_answer(given, base)
