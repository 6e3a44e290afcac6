"""经过规定的培训 — prescribed training before promotion.

AR 8(5): whoever is promoted has had the prescribed training; where special circumstances prevented
it, it is completed within a year after promotion. TR 14 prescribes, from 县处级 on, three months or
550 class hours in five years; below, 12 days or 90 hours a year.

Reading chosen here: five years back from the day, below 县处级 the last calendar year, by the
person's present level. Thirty days count as a month. Since the training may be completed later, a
shortfall asks for review and never fails. What is recorded proves the minimum; that there was no
more is known only where the training table is stated to be complete.
Left out: which courses a post prescribes; online hours are not told apart.
"""

from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import NO_PROMOTION, is_promotion, lowest_level
from banzi.rules.appointment_regulations.training import least, trained, trained_below
from banzi.rules.runtime import Check, Context, generally


@generally(
    id="appointment-regulations/8.5/training",
    title=_("提任前培训"),
    cites=["AR/8.5", "TR/14"],
    since="2023-10-17",
    about="appointment",
    reads=["target_level_order", "level_order"],
    also_reads=[
        "training_hours",
        "training_days",
        "training_year_hours",
        "training_year_days",
    ],
    of_post=["target_level_order"],
    for_holder="skipped",
)
def training(at: Context) -> Check:
    """Hold with the training of five years, or below 县处级 of the last year."""
    required = at.value("training_regulations/least_training")
    is_higher = col("level_order") >= lowest_level(at)
    return Check(
        applies=is_promotion(at),
        elsewhere=NO_PROMOTION,
        holds=when(is_higher)
        .then(trained(required, "training"))
        .otherwise(trained_below(required, "training_year")),
        shows={
            name: when(is_higher).then(least("training")[name]).otherwise(year)
            for name, year in least("training_year").items()
        },
        otherwise=_("培训{hours}学时、{days}天，未达到规定；确有特殊情况的应当在提任后一年内完成"),
        undecided=_("已登记的培训{hours}学时、{days}天，培训记录是否完整不明"),
    )
