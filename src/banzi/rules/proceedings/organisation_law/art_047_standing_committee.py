"""人大常委会名额 — by level, more where the area is populous; members hold no other state office.

OL 47.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="organisation-law/47/standing-committee",
    title=_("人大常委会名额和兼职"),
    cites=["OL/47"],
    since="2022-03-12",
    asks={
        "level": Ask(_("层级"), "choice", LEVELS),
        "population": Ask(_("人口")),
        "members": Ask(_("组成人员名额")),
        "in_state_office": Ask(_("担任行政、监察、审判、检察职务的组成人员"), "names"),
    },
)
def standing_committee(at: Context, given: Given) -> Answer:
    """Hold with a number in the range and nobody in a state office."""
    if given.in_state_office:
        return Answer(
            False,
            {"names": given.in_state_office},
            _("{names}担任行政、监察、审判或者检察机关职务，不得为常委会组成人员"),
        )
    sizes = at.value("organisation_law/standing_committee_size")
    if given.level is None or given.members is None:
        return Answer(holds=None)
    size = sizes[given.level]
    least, usual = size["usual"]
    shows = {"members": given.members, "least": least, "usual": usual}
    if given.members < least or given.members > size["most_if_larger"]:
        shows["usual"] = size["most_if_larger"]
        return Answer(False, shows, _("名额{members}名，应为{least}至{usual}名"))
    if given.members > usual:
        if given.population is None:
            return Answer(holds=None)
        if given.population <= size["larger_than"]:
            return Answer(False, shows, _("名额{members}名，按人口应为{least}至{usual}名"))
    return Answer(None if given.in_state_office is None else True, shows)
