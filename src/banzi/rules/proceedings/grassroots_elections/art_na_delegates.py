"""基层代表大会代表 — their number and the margin of candidates.

GE, delegates: usually 100 to 200, at most 300, candidates a fifth more. Outside the usual range but
not above the most, people decide.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.margins import names_needed
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/na/delegates",
    title=_("基层代表大会代表名额和差额"),
    cites=["GE/delegates"],
    since="2020-07-13",
    asks={"seats": Ask(_("代表名额")), "candidates": Ask(_("代表候选人数"))},
)
def delegates(at: Context, given: Given) -> Answer:
    """Hold up to the most delegates with enough candidates."""
    numbers = at.value("grassroots_elections/delegate_numbers")
    percent = at.value("grassroots_elections/delegate_margin_percent")
    if given.seats is None:
        return Answer(holds=None)
    least = names_needed(given.seats, percent)
    usual_least, usual_most = numbers["usual"]
    return Answer(
        all_of(
            [
                given.seats <= numbers["most"],
                None if given.candidates is None else given.candidates >= least,
            ]
        ),
        {"seats": given.seats, "candidates": given.candidates, "least": least, **numbers}
        | {"usual_least": usual_least, "usual_most": usual_most},
        _("代表名额{seats}名（最多{most}名），候选人{candidates}人（至少{least}人）"),
        doubt=not usual_least <= given.seats <= usual_most,
        doubtful=_("代表名额{seats}名，一般为{usual_least}至{usual_most}名，请研究"),
        value=least,
    )
