"""当选 — in favour of more than half of those due, not of those present.

LE/elected: the base is 应到会有选举权人数. More than the seats: those with most votes; a tie at the
last place is voted on again among the tied; fewer: a new vote, or fewer seats by consent. A seat
not filled is no breach of law: the verdict is review, and the value says who is elected, who is
tied and how many places are left.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.winners import winners
from banzi.rules.runtime.declaring import Context

TIED = _("{tied}得票相等，应就{places}个名额再次投票")
LEFT = _("当选{elected}人，尚有{places}个名额，应另行选举或者依规定减少名额")


@must_hold(
    id="local-party-elections/na/elected",
    title=_("当选"),
    cites=["LE/elected"],
    since="2020-12-28",
    asks={
        "due": Ask(_("应到会有选举权人数")),
        "present": Ask(_("实到会有选举权人数")),
        "seats": Ask(_("应选名额")),
        "votes": Ask(_("赞成票"), "counts"),
    },
)
def elected(at: Context, given: Given) -> Answer:
    """Reckon who has more than half of the base, and what remains to be done."""
    base = given.due if at.value("local_party_elections/elected_base") == "due" else given.present
    return elected_answer(given, base)


def elected_answer(given: Given, base: int | None) -> Answer:
    """The outcome by one base; unknown while a number is missing."""
    if base is None or given.seats is None or given.votes is None or None in given.votes.values():
        return Answer(holds=None)
    found = winners(given.votes, given.seats, base)
    return Answer(
        holds=True,
        shows={
            "tied": list(found.tied),
            "places": found.places_left,
            "elected": len(found.elected),
            "names": list(found.elected),
        },
        satisfied=_("当选：{names}"),
        doubt=found.places_left > 0,
        doubtful=TIED if found.tied else LEFT,
        value=found.as_value(),
    )
