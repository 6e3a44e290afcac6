"""当选名单顺序 — members by 姓氏笔画, alternates by votes, the others as approved.

LE/result-order (text of 1994): alternates with equal votes stand by 姓氏笔画.
"""

from banzi.codes.strokes import sort_names
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="local-party-elections/na/result-order",
    title=_("当选名单顺序"),
    cites=["LE/result-order"],
    since="2020-12-28",
    asks={
        "elects": Ask(
            _("选举职务"),
            "choice",
            {
                "member": _("代表、委员"),
                "alternate": _("候补委员"),
                "officer": _("常委、副书记、书记"),
            },
        ),
        "names": Ask(_("名单顺序"), "names"),
        "votes": Ask(_("赞成票"), "counts"),
        "approved_order": Ask(_("上级批准的顺序"), "names"),
    },
)
def result_order(at: Context, given: Given) -> Answer:
    """Hold when the names stand in the order the law names; that order is the value."""
    if given.elects is None or given.names is None:
        return Answer(holds=None)
    if given.elects == "officer":
        order = given.approved_order
    else:
        by_strokes = [given.names[place] for place in sort_names(given.names).order]
        order = by_strokes if given.elects == "member" else _by_votes(by_strokes, given.votes)
    if order is None:
        return Answer(holds=None)
    return Answer(given.names == order, {"order": order}, _("公布顺序应为：{order}"), value=order)


def _by_votes(by_strokes: list[str], votes: dict[str, int] | None) -> list[str] | None:
    if votes is None or any(votes.get(name) is None for name in by_strokes):
        return None
    return sorted(by_strokes, key=lambda name: -votes[name])
