"""人大选举当选 — more than half of all delegates.

OL 25 and 29. The base is everybody who is a delegate, present or not.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.winners import elected_answer
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="organisation-law/25/elected",
    title=_("人大选举当选"),
    cites=["OL/25"],
    since="2022-03-12",
    asks={
        "delegates": Ask(_("全体代表")),
        "seats": Ask(_("应选名额")),
        "votes": Ask(_("赞成票"), "counts"),
    },
)
def elected(at: Context, given: Given) -> Answer:
    """Reckon who has more than half of all delegates."""
    return elected_answer(given, given.delegates)
