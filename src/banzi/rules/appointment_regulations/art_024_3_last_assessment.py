"""上一年年度考核基本称职以下 — a poor annual assessment last year.

AR 24(3), 2019: whose annual assessment of the last year was 基本称职 or below may not become a
person under vetting (考察对象). Edition 2014: one of the last three years.

Reading chosen here: the year before the year of judgement. 不定等次, 不进行考核 and 其他 are not
"基本称职 or below", yet no clearance either: people decide. For whoever stays in the very post
a breach is for review as well, since leaving them there is no promotion.
Left out: special and term assessments, of which the clause does not speak.
"""

from datetime import date
from functools import reduce
from operator import and_, or_

from polars import col, lit

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must

_YEARS = ("last_assessment", "assessment_2_years_back", "assessment_3_years_back")


@must(
    id="appointment-regulations/24.3/last-assessment",
    title=_("年度考核结果"),
    cites=["AR/24.3"],
    since="2014-01-14",
    about="person",
    reads=["last_assessment"],
    also_reads=["assessment_2_years_back", "assessment_3_years_back"],
    for_holder="softened",
)
def last_assessment(at: Context) -> Check:
    """Hold when no year looked at ended with 基本称职 or below."""
    years = _YEARS[: at.value("appointment_regulations/assessment_years_back")]
    outcomes = at.value("appointment_regulations/assessment_outcomes")
    poor = [col(year).is_in(outcomes["barring"]) for year in years]
    clear = [col(year).is_in(outcomes["clearing"]) for year in years]
    return Check(
        holds=~reduce(or_, poor),
        doubt=~reduce(and_, clear),
        doubtful=_("有年度未确定考核等次，由组织研究"),
        shows={"years": lit(len(years))},
        otherwise=_("近{years}年年度考核有基本称职以下等次"),
        changes_on=lit(date(at.as_of.year + 1, 1, 1)),  # another year becomes the last one
    )
