"""人大选举候选人差额 — one more for heads, one to three for deputies, a tenth to a fifth for members.

OL 27. A head may stand alone when only one is named. More names than the margin: a pre-selection by
votes comes first, no breach but a step to take. Fewer is a breach. How a tenth and a fifth are
rounded is not stated: a parameter (20 seats: 22 to 24 names).
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="organisation-law/27/margins",
    title=_("人大选举候选人差额"),
    cites=["OL/27"],
    since="2022-03-12",
    asks={
        "elects": Ask(
            _("选举职务"),
            "choice",
            {"head": _("正职"), "deputy": _("副职"), "standing_member": _("常委会委员")},
        ),
        "seats": Ask(_("应选名额")),
        "candidates": Ask(_("候选人数")),
    },
)
def margins(at: Context, given: Given) -> Answer:
    """Hold with names within the margin; above it a pre-selection is due; value: least and most."""
    margin = at.value("organisation_law/margins")
    if given.elects is None or given.seats is None:
        return Answer(holds=None)
    seats = given.seats
    if given.elects == "head":
        least, most = seats, seats + margin["head"]
    elif given.elects == "deputy":
        least, most = (seats + more for more in margin["deputy"])
    else:
        rounding = at.value("organisation_law/margin_rounding")
        least = seats + _part(seats, margin["standing_least"], rounding["least"])
        most = seats + _part(seats, margin["standing_most"], rounding["most"])
    names = given.candidates
    return Answer(
        None if names is None else names >= least,
        {"seats": seats, "candidates": names, "least": least, "most": most},
        _("应选{seats}人，候选人{candidates}人，不足{least}人"),
        doubt=names is not None and names > most,
        doubtful=_("应选{seats}人，候选人{candidates}人，超过{most}人，应先进行预选"),
        value=[least, most],
    )


def _part(seats: int, fraction: dict[str, int], rounding: str) -> int:
    up = fraction["denominator"] - 1 if rounding == "up" else 0
    return (seats * fraction["numerator"] + up) // fraction["denominator"]
