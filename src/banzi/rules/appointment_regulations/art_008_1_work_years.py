"""五年以上工龄、两年以上基层工作经历 — years of service and of work at the grassroots.

AR 8(1): promotion to a county-level (县处级) leading post needs five years of service (工龄) and two
of work at the grassroots (基层工作经历).

Reading chosen here: whole months to the month of judgement; overlapping segments count once;
months judged to be grassroots work prove the minimum, months that nobody judged leave it open.
Who has the two years only with the help of secondments (挂职) goes to people: the clause does not
say whether they count. Both 县处级 levels are meant, and only promotions: somebody already at the
post's level or above it does not enter 县处级 again.
Left out: the route of civil servants with a 职级 into leading posts (AR/8, 2019), known from
memory only.
"""

from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on


@must(
    id="appointment-regulations/8.1/work-years",
    title=_("工龄和基层工作经历"),
    cites=["AR/8.1"],
    since="2014-01-14",
    about="appointment",
    reads=[
        "target_level_order",
        "level_order",
        "service_months",
        "grassroots_months",
        "grassroots_own_months",
    ],
    of_post=["post_level", "target_level_order"],
    for_holder="skipped",
)
def work_years(at: Context) -> Check:
    """Hold with five years of service and two at the grassroots, own posts and secondments."""
    service = at.value("appointment_regulations/min_service_months")
    grassroots = at.value("appointment_regulations/min_grassroots_months")
    tier = col("post_level").is_in(at.value("appointment_regulations/county_tier"))
    return Check(
        applies=tier & (col("target_level_order") > col("level_order")),
        elsewhere=_("不是提任县处级领导职务，不适用"),
        holds=at_least("service_months", service) & at_least("grassroots_months", grassroots),
        doubt=~at_least("grassroots_own_months", grassroots),
        doubtful=_("计入挂职才满两年基层工作经历，是否认定由组织研究"),
        shows={
            "service_months": col("service_months_low"),
            "grassroots_months": col("grassroots_months_high"),
        },
        otherwise=_(
            "工龄{service_months}个月、基层工作经历至多{grassroots_months}个月，未达到要求"
        ),
        # Service goes on by itself; whether the present work is at the grassroots, people judge.
        changes_on=when(at_least("grassroots_months", grassroots)).then(
            reaches_on("service_months", service, at.as_of)
        ),
    )
