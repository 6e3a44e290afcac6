"""未到法定退休年龄 — not past the statutory retirement month.

Decision on raising the retirement age (2025) and its tables; civil servants retire promptly at the
statutory age, without flexible delay.

Reading chosen here: the month in which the age is reached counts as reached, so the person is no
candidate from that month on. Where the table is known from memory (ages before 2025, women leaders
with base age 60) a breach is for review; so it is for every woman at county level or above, since
how the rule of 2015 for women leaders maps onto the tables of 2025 is not verified. A table of the
other sex is a contradiction and decides nothing. Holders of the post are asked too.
Left out: limits of age for posts (任职年龄界限), which are internal; early retirement by choice.
"""

from polars import col

from banzi.kernel.dates import month_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, first_of_month, must


@must(
    id="retirement/na/before-retirement",
    title=_("未到法定退休年龄"),
    cites=[
        "RETIRE/age",
        "RETIRE/men",
        "RETIRE/women-cadre",
        "RETIRE/women-worker",
        "RETIRE/women-leaders",
    ],
    since="1978-06-02",
    about="person",
    reads=["retirement_month"],
    also_reads=["retirement_is_verified"],
)
def before_retirement(at: Context) -> Check:
    """Hold before the month in which the statutory age is reached."""
    year, month = col("retirement_month") // 12, col("retirement_month") % 12 + 1
    return Check(
        holds=col("retirement_month") > month_of(at.as_of),
        lenient=~col("retirement_is_verified"),
        shows={"year": year, "month": month},
        otherwise=_("已于{year}年{month}月到法定退休年龄"),
        changes_on=first_of_month(col("retirement_month")),
    )
