"""支部规模 — when there is a branch, and when it has a committee.

GE/branch: three full members make a branch, seven a committee of three to five, at most seven.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="grassroots-elections/na/branch",
    title=_("支部规模"),
    cites=["GE/branch"],
    since="2020-07-13",
    asks={"members": Ask(_("正式党员")), "committee": Ask(_("支委会委员（未设的填零）"))},
)
def branch(at: Context, given: Given) -> Answer:
    """Hold when the committee fits the number of full members."""
    sizes = at.value("grassroots_elections/branch_sizes")
    members, committee = given.members, given.committee
    if members is not None and members < sizes["branch_members"]:
        shows = {"members": members, "least": sizes["branch_members"]}
        return Answer(False, shows, _("正式党员{members}人，不足{least}人，不得单独设支部"))
    if members is None or committee is None:
        return Answer(holds=None)
    least, most = sizes["committee_usual"]
    top = sizes["committee_most"]
    shows = {"members": members, "committee": committee, "least": least, "most": most, "top": top}
    if members < sizes["committee_members"]:
        return Answer(
            committee == 0, shows, _("正式党员{members}人，不设支委会，现有委员{committee}人")
        )
    return Answer(
        least <= committee <= top,
        shows,
        _("正式党员{members}人，支委会委员{committee}人，应为{least}至{most}人，最多{top}人"),
        doubt=committee > most,
        doubtful=_("支委会委员{committee}人，一般为{least}至{most}人，请研究"),
    )
