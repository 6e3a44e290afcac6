"""能任满一届 — serving the whole term.

TM 3: a term is five years and holders stay for it. Changes of term therefore generally look for
people who can serve it out before the statutory retirement month.

Reading chosen here: retirement month at least one whole term after the month of judgement. It is
a 一般 rule: less than a term never fails anybody, the time left is shown and people decide.
Left out: terms that began earlier; a change of term begins a new one.
"""

from polars import col

from banzi.kernel.dates import month_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, first_of_month, generally


@generally(
    id="term-rules/3/full-term",
    title=_("能任满一届"),
    cites=["TM/3", "RETIRE/age"],
    since="2006-06-10",
    about="person",
    reads=["retirement_month"],
)
def full_term(at: Context) -> Check:
    """Hold with a whole term to go."""
    left = col("retirement_month").cast(int) - month_of(at.as_of)
    term = at.value("term_rules/term_months")
    return Check(
        holds=left >= term,
        shows={"months": left.clip(lower_bound=0)},
        otherwise=_("距法定退休年月{months}个月，任不满一届"),
        changes_on=first_of_month(col("retirement_month").cast(int) - term + 1),
    )
