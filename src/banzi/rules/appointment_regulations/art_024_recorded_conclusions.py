"""由人作出的结论 — what only people conclude: conditions, gates and other bars.

AR 7, 8(6) and 24(1)(2)(4)(5)(7): basic conditions, health, political discipline, public recognition,
improper conduct, family abroad, other bars.

Reading chosen here: the latest conclusion valid on the day counts. Not met fails; under review is
for people. Where one without a date is worse than the latest dated one, nobody can tell which came
last: unknown. A matter without a conclusion does not hold anybody up at this stage and is named as
awaited: the procedure's gates ask for every one of them before a person is put to a meeting.
For whoever stays in the very post a breach is for review.
Left out: any inference. Nothing here is computed from other data.
"""

from polars import col, lit, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must


@must(
    id="appointment-regulations/24/recorded-conclusions",
    title=_("由人作出的结论"),
    cites=["AR/24.7", "AR/7", "AR/8.6", "AR/24.1", "AR/24.2", "AR/24.4", "AR/24.5"],
    since="2019-03-03",
    about="person",
    reads=[],
    also_reads=[
        "conclusions_not_met",
        "conclusions_under_review",
        "conclusions_undated",
        "conclusions_awaited",
    ],
    for_holder="softened",
)
def recorded_conclusions(at: Context) -> Check:
    """Hold unless a matter was concluded as not met."""
    return Check(
        holds=when(col("conclusions_not_met").is_not_null())
        .then(lit(False))
        .when(col("conclusions_undated").is_not_null())
        .then(None)
        .otherwise(lit(True)),
        doubt=col("conclusions_under_review").is_not_null(),
        doubtful=_("正在核查：{under_review}"),
        shows={
            "not_met": col("conclusions_not_met"),
            "under_review": col("conclusions_under_review"),
            "undated": col("conclusions_undated"),
            "awaited": col("conclusions_awaited").fill_null(_("无")),
        },
        otherwise=_("结论为不符合：{not_met}"),
        undecided=_("结论不一致且有的未填日期，无法认定以哪次为准，请补填：{undated}"),
        satisfied=_("尚待作出结论：{awaited}"),
    )
