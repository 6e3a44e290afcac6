"""候选人名单顺序 — by 姓氏笔画, or as the committee above approved.

LE 30. Where only an unconfirmed tie of strokes decides between two neighbours, people decide
(formats.md 4).
"""

from banzi.codes.strokes import sort_names
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.local_party_elections.art_004_contested import CONTESTED, UNCONTESTED
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/30/ballot-order",
    title=_("候选人名单顺序"),
    cites=["LE/30"],
    since="2020-12-28",
    asks={
        "elects": Ask(_("选举职务"), "choice", {**CONTESTED, **UNCONTESTED}),
        "names": Ask(_("名单顺序"), "names"),
        "approved_order": Ask(_("上级批准的顺序"), "names"),
    },
)
def ballot_order(at: Context, given: Given) -> Answer:
    """Hold when the names stand in the order the law names; that order is the value."""
    if given.elects is None or given.names is None:
        return Answer(holds=None)
    if given.elects in UNCONTESTED:
        if given.approved_order is None:
            return Answer(holds=None)
        return Answer(
            given.names == given.approved_order,
            {"order": given.approved_order},
            _("书记、副书记应按上级批准的顺序排列：{order}"),
            value=given.approved_order,
        )
    found = sort_names(given.names)
    order = [given.names[place] for place in found.order]
    return Answer(
        given.names == order,
        {"order": order, "pairs": [f"{tie.names[0]}、{tie.names[1]}" for tie in found.tie_decided]},
        _("应以姓氏笔画为序：{order}"),
        doubt=bool(found.tie_decided),
        doubtful=_("笔画相同、先后未经核实：{pairs}，请人工确认"),
        value=order,
    )
