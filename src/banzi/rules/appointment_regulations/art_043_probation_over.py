"""试用期满 — no promotion while on probation.

AR 43: who is promoted to a non-elected leading post of 厅局级 or below serves twelve months of
probation; who proves unfit goes back to the former level.

Reading chosen here: a person on probation holds the new level provisionally, so a further promotion
waits until it is over: twelve months from the day of promotion to the present level, unless the
post is elected (by the post, or by an appointment whose method is 选任). Of unknown kind or day,
within those months, nobody can tell. Not waivable (AR 9).
Left out: departments' heads whom a standing committee appoints; record their post as elected.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import NO_PROMOTION, is_promotion
from banzi.rules.runtime import Check, Context, must


@must(
    id="appointment-regulations/43/probation-over",
    title=_("任职试用期"),
    cites=["AR/43", "AR/9"],
    since="2014-01-14",
    about="appointment",
    reads=["target_level_order", "level_order", "on_probation"],
    also_reads=["probation_ends_on"],
    of_post=["target_level_order"],
    for_holder="skipped",
)
def probation_over(at: Context) -> Check:
    """Hold once probation has run its course."""
    at.value("appointment_regulations/probation_months")
    return Check(
        applies=is_promotion(at),
        elsewhere=NO_PROMOTION,
        holds=~col("on_probation"),
        shows={"ends_on": col("probation_ends_on")},
        otherwise=_("任职试用期至{ends_on}，期满前不得提拔"),
        changes_on=col("probation_ends_on"),
    )
