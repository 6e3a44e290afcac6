"""提任后一年内完成培训 — training completed within a year after promotion.

AR 8(5): who was promoted without the prescribed training completes it within a year.

Reading chosen here: asked of promotions to 县处级 levels and above since the training regulations of
2023 are in force; the five years end on the last day of that year (12 months after the day of
promotion, that day included), or today before it. Until then a shortfall asks for review, after
it is a breach. For whoever stays in the very post a breach is for review.
Left out: whether special circumstances excused the delay at the time.
"""

from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import lowest_level
from banzi.rules.appointment_regulations.training import least, trained
from banzi.rules.runtime import Check, Context, must


@must(
    id="appointment-regulations/8.5/training-after-promotion",
    title=_("提任后一年内完成培训"),
    cites=["AR/8.5", "TR/14"],
    since="2023-10-17",
    about="person",
    reads=["level_order", "has_training_deadline", "training_deadline"],
    also_reads=["training_due_hours", "training_due_days"],
    for_holder="softened",
)
def training_after_promotion(at: Context) -> Check:
    """Hold when the training was done by the deadline, or the deadline is still to come."""
    required = at.value("training_regulations/least_training")
    at.value("appointment_regulations/training_after_promotion_months")
    is_over = (
        when(col("training_deadline_high") < at.as_of)
        .then(True)
        .when(col("training_deadline_low") >= at.as_of)
        .then(False)
    )
    is_trained = trained(required, "training_due")
    return Check(
        applies=col("has_training_deadline") & (col("level_order") >= lowest_level(at)),
        elsewhere=_("不是现行培训条例施行后提任县处级以上职务，不适用"),
        holds=is_trained | ~is_over,
        doubt=~is_trained,
        doubtful=_("提任后尚未完成规定的培训，应当在{deadline}前完成"),
        shows={"deadline": col("training_deadline_high"), **least("training_due")},
        otherwise=_("提任后至{deadline}仍未完成规定的培训（{hours}学时、{days}天）"),
        undecided=_("截至{deadline}已登记的培训{hours}学时、{days}天，能否认定须核对记录"),
    )
