"""代表选举的投票 — valid election, majorities, proxies, and the new vote.

EL 32, 42 to 45, 48. Directly: more than half of the voters take part, and more than half of the
ballots cast elect. Indirectly: more than half of all delegates. A new vote elects with at least a
third of the ballots. A ballot box with more ballots than voters is void.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import exceeds, least_reaching
from banzi.rules.proceedings.winners import HALF, elected_answer
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="election-law/42/voting",
    title=_("代表选举的投票和当选"),
    cites=["EL/42"],
    since="2020-10-18",
    asks={
        "way": Ask(
            _("选举方式"),
            "choice",
            {
                "direct": _("直接选举"),
                "indirect": _("间接选举"),
                "new_vote": _("直接选举另行选举"),
            },
        ),
        "voters": Ask(_("选民或者全体代表")),
        "cast": Ask(_("收回选票")),
        "most_proxies": Ask(_("一人接受委托最多")),
        "seats": Ask(_("应选名额")),
        "votes": Ask(_("赞成票"), "counts"),
    },
)
def voting(at: Context, given: Given) -> Answer:
    """Reckon validity first, then who is elected."""
    rule = at.value("election_law/voting")
    voters, cast = given.voters, given.cast
    shows: dict[str, object] = {"voters": voters, "cast": cast, "proxies": given.most_proxies}
    if voters is not None and cast is not None and cast > voters:
        return Answer(False, shows, _("收回选票{cast}张，多于投票人数{voters}人，选举无效"))
    if given.most_proxies is not None and given.most_proxies > rule["proxies_most"]:
        most = shows | {"most": rule["proxies_most"]}
        return Answer(False, most, _("一人接受{proxies}人委托，不得超过{most}人"))
    if given.way == "direct" and exceeds(cast, HALF, voters) is False:
        return Answer(False, shows, _("选民{voters}人，参加投票{cast}人，未过半数，选举无效"))
    figures = (given.way, voters, cast, given.seats, given.votes)
    if any(figure is None for figure in figures) or None in given.votes.values():
        return Answer(holds=None)
    if given.way == "direct" and given.most_proxies is None:
        return Answer(holds=None)
    return elected_answer(given, _base(given, rule["new_vote_least"]))


def _base(given: Given, new_vote_least: dict[str, int]) -> int:
    """The number of which more than half must be in favour."""
    if given.way == "direct":
        return int(given.cast)
    if given.way == "indirect":
        return int(given.voters)
    return 2 * least_reaching(new_vote_least, given.cast) - 1
