"""破格的限制 — what an exceptional promotion may not do.

AR 9: no exception during probation (试用期), within a year of the last promotion, or for tenure twice
in a row (不得在任职年限上连续破格). Skipping two levels is under `one_step`; basic conditions, legal
qualifications and Party standing have no exception at all.

Reading chosen here: asked where an exception for the person and post is on record, in time or not.
"Within a year" counts months at the present level. The present level was reached exceptionally
when an appointment to it says so; one of unknown kind leaves it open. Nobody may waive this.
Left out: whether the reason stored is one of the grounds of AR 9, which people judge.
"""

from polars import col, lit, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on

_PROBATION = _("仍在试用期内")
_TOO_SOON = _("距上次提任不满一年")
_TWICE = _("在任职年限上连续破格")


@must(
    id="appointment-regulations/9/exceptional-limits",
    title=_("破格提拔的限制"),
    cites=["AR/9"],
    since="2014-01-14",
    about="appointment",
    reads=[],
    also_reads=[
        "has_waiver",
        "waives_tenure",
        "on_probation",
        "months_in_level",
        "promoted_exceptionally",
    ],
    of_post=["post_id"],
    for_holder="skipped",
)
def exceptional_limits(at: Context) -> Check:
    """Hold off probation, a year after promotion, and not twice in a row."""
    months = at.value("appointment_regulations/exceptional_limits")["months_since_promotion"]
    off_probation = ~col("on_probation")
    long_enough = at_least("months_in_level", months)
    first_time = ~(col("waives_tenure") & col("promoted_exceptionally"))
    return Check(
        applies=col("has_waiver").fill_null(False),
        elsewhere=_("没有破格审批记录，不适用"),
        holds=off_probation & long_enough & first_time,
        shows={
            "limit": when(~off_probation)
            .then(lit(_PROBATION))
            .when(~long_enough)
            .then(lit(_TOO_SOON))
            .otherwise(lit(_TWICE))
        },
        otherwise=_("{limit}，不得破格提拔"),
        undecided=_("是否在试用期、距上次提任时间或者上次是否破格不能认定"),
        changes_on=when(off_probation & first_time).then(
            reaches_on("months_in_level", months, at.as_of)
        ),
    )
