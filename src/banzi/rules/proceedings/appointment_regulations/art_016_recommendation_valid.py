"""民主推荐结果有效期 — vetting begins within twelve months of the recommendation.

AR 16. Reading: still valid on the same day twelve months later; the day after, it is repeated.
"""

from banzi.kernel.dates import add_months
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/16/recommendation-valid",
    title=_("民主推荐结果有效期"),
    cites=["AR/16"],
    since="2002-07-09",
    asks={
        "recommended_on": Ask(_("民主推荐之日"), "date"),
        "vetted_on": Ask(_("考察之日"), "date"),
    },
)
def recommendation_valid(at: Context, given: Given) -> Answer:
    """Hold when vetting lies between the recommendation and the end of its validity."""
    months = at.value("appointment_regulations/recommendation_valid_months")
    if given.recommended_on is None or given.vetted_on is None:
        return Answer(holds=None)
    latest = add_months(given.recommended_on, months)
    return Answer(
        given.recommended_on <= given.vetted_on <= latest,
        {"recommended": given.recommended_on, "vetted": given.vetted_on, "latest": latest},
        _("{recommended}民主推荐，{vetted}考察，应在推荐之后、{latest}以前，须重新推荐"),
    )
