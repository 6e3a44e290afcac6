"""投票 — nobody votes for another; only someone who is no candidate may fill in for him.

LE 31.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/31/vote",
    title=_("代写和委托投票"),
    cites=["LE/31"],
    since="2020-12-28",
    asks={
        "proxy_votes": Ask(_("委托投票数")),
        "filled_in_by": Ask(_("代写人"), "names"),
        "candidates": Ask(_("候选人"), "names"),
    },
)
def vote(at: Context, given: Given) -> Answer:
    """Hold without proxies and with no candidate filling in a ballot for another."""
    if given.proxy_votes:
        return Answer(
            False, {"count": given.proxy_votes}, _("有{count}票由他人代为投票，不得委托投票")
        )
    if given.filled_in_by is not None and given.candidates is not None:
        both = [name for name in given.filled_in_by if name in given.candidates]
        if both:
            return Answer(False, {"names": both}, _("{names}是候选人，不得代写选票"))
    everything = (given.proxy_votes, given.filled_in_by, given.candidates)
    return Answer(None if any(part is None for part in everything) else True)
