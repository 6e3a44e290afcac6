"""基层选举到会人数 — four fifths of the members with a vote.

GE/quorum: from 2020 不少于, before it 超过 four fifths. The current wording was not compared with the
text: at exactly four fifths a person decides.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import exceeds, least_exceeding, least_reaching, reaches
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/na/quorum",
    title=_("基层选举到会人数"),
    cites=["GE/quorum"],
    since="1990-06-27",
    asks={"due": Ask(_("应到会有选举权人数")), "present": Ask(_("实到会有选举权人数"))},
)
def quorum(at: Context, given: Given) -> Answer:
    """Hold with four fifths; exactly four fifths is doubtful where the text counts it in."""
    rule = at.value("grassroots_elections/quorum")
    fraction, included = rule["fraction"], rule["included"]
    if given.due is None or given.present is None:
        return Answer(holds=None)
    more = exceeds(given.present, fraction, given.due)
    least = (least_reaching if included else least_exceeding)(fraction, given.due)
    return Answer(
        reaches(given.present, fraction, given.due) if included else more,
        {"due": given.due, "present": given.present, "least": least},
        _("应到会{due}人，实到会{present}人，至少应有{least}人到会方可选举"),
        doubt=not more,
        doubtful=_("应到会{due}人，实到会{present}人，恰为五分之四；条文未与原文核对，请研究"),
    )
