"""罢免案 — how many delegates may move one.

OL 28, 30 and 31: the presidium or the standing committee may; delegates need a tenth, in a township
a fifth. The person may answer the charge.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS_WITH_TOWNSHIP
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.proceedings.majorities import least_reaching, reaches
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="organisation-law/28/recall",
    title=_("罢免案的提出"),
    cites=["OL/28"],
    since="2022-03-12",
    asks={
        "level": Ask(_("层级"), "choice", LEVELS_WITH_TOWNSHIP),
        "delegates": Ask(_("全体代表")),
        "movers": Ask(_("联名代表人数")),
        "reasons_given": Ask(_("写明罢免理由"), "flag"),
        "heard": Ask(_("被提出罢免的人有申辩机会"), "flag"),
    },
)
def recall(at: Context, given: Given) -> Answer:
    """Hold with enough movers, reasons, and the person heard."""
    shares = at.value("organisation_law/recall_share")
    if given.level is None:
        return Answer(holds=None)
    part = shares["township" if given.level == "township" else "county_and_above"]
    fraction = {"numerator": 1, "denominator": part}
    least = None if given.delegates is None else least_reaching(fraction, given.delegates)
    return Answer(
        all_of(
            [reaches(given.movers, fraction, given.delegates), given.reasons_given, given.heard]
        ),
        {"movers": given.movers, "least": least},
        _("联名{movers}人（应有{least}人以上），须写明理由，并保证被提出罢免的人申辩的机会"),
    )
