"""问责后的任职限制 — bars after resignation or removal for accountability, and after demotion.

AR (2019) with the accountability rules of 2009: after 引咎辞职, 责令辞职 or removal for accountability no
leading post for twelve months and no higher level for 24; after 降职 no promotion for 24 months.

Reading chosen here: months from the day of the decision, over on the day they end. To a higher
level the longer bar applies, to others the shorter. The periods are known from memory in part, so a
breach asks for review. "Never any" needs a statement that the record is complete.
Left out: resignations that the record does not tell from others.
"""

from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must

_BARS = ("leading_post_barred_until", "higher_level_barred_until")


@must(
    id="appointment-regulations/na/after-accountability",
    title=_("问责后的任职限制"),
    cites=["AR/after-accountability"],
    since="2019-03-03",
    about="appointment",
    reads=["target_level_order", "level_order"],
    also_reads=_BARS,
    of_post=["target_level_order"],
)
def after_accountability(at: Context) -> Check:
    """Hold once the bar has run its course."""
    at.value("appointment_regulations/accountability_bar_months")
    is_higher = col("target_level_order") > col("level_order")
    leading, higher = (col(bar) <= at.as_of for bar in _BARS)
    until = when(is_higher).then(_BARS[1]).otherwise(_BARS[0])
    return Check(
        # Where it is not known whether the post is higher, both bars must be over.
        holds=when(is_higher)
        .then(higher)
        .when(~is_higher)
        .then(leading)
        .otherwise(when(leading & higher).then(True)),
        shows={"until": until},
        otherwise=_("问责、降职后的限制期至{until}"),
        changes_on=until,
    )
