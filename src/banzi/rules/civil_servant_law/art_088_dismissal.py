"""连续两年不称职的辞退 — two years running as not competent.

CSL 88: whoever is assessed as 不称职 in two years running is dismissed (辞退), as is long absence.

Reading chosen here: the two years before the year of judgement. One of them known to be better
clears it; otherwise a year without a known result is unknown. The very post held is asked too.
Left out: absence from work, which `removal_grounds` has as a recorded conclusion.
"""

from functools import reduce
from operator import or_

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must

_YEARS = ("last_assessment", "assessment_2_years_back", "assessment_3_years_back")


@must(
    id="civil-servant-law/88/dismissal",
    title=_("连续年度考核不称职"),
    cites=["CSL/88"],
    since="2019-06-01",
    about="person",
    reads=[],
    also_reads=["last_assessment", "assessment_2_years_back"],
)
def dismissal(at: Context) -> Check:
    """Hold when one of the years running was better than 不称职."""
    running = at.value("civil_servant_law/dismissal")["incompetent_years_running"]
    outcomes = at.value("civil_servant_law/incompetent_outcomes")
    return Check(
        holds=reduce(or_, (~col(year).is_in(outcomes) for year in _YEARS[:running])),
        otherwise=_("连续两年年度考核不称职，应当予以辞退"),
        undecided=_("近两年年度考核结论不掌握"),
    )
