"""基层选举当选 — in favour of more than half of those present.

GE/elected. A handbook names those due as base; the base is a parameter. Where the two bases differ
in who is elected, the verdict is review and both outcomes are given.
"""

from dataclasses import replace

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Given, must_hold
from banzi.rules.proceedings.winners import BALLOT_BOX, elected_answer
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/na/elected",
    title=_("基层选举当选"),
    cites=["GE/elected"],
    since="2020-07-13",
    asks=BALLOT_BOX,
)
def elected(at: Context, given: Given) -> Answer:
    """Reckon by the base in force, and say where the other base would elect others."""
    by_present = at.value("grassroots_elections/elected_base") == "present"
    one, other = (given.present, given.due) if by_present else (given.due, given.present)
    answer, check = elected_answer(given, one), elected_answer(given, other)
    if answer.holds is None or check.holds is None:
        return Answer(holds=None)
    value = {**answer.value, "by_other_base": check.value}
    if check.value == answer.value:
        return replace(answer, value=value)
    return replace(
        answer,
        doubt=True,
        doubtful=_("按实到会和应到会计算的结果不同（按规定的基数当选：{names}），请对照原文研究"),
        value=value,
    )
