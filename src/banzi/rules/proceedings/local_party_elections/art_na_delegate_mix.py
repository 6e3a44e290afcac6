"""代表构成 — women's share among delegates not below their share among members.

LE, composition: in autonomous areas the same for minorities. Compared exactly, in integers.
"""

from banzi.kernel.logic import Truth, all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, should_hold
from banzi.rules.runtime.declaring import Context


@should_hold(
    id="local-party-elections/na/delegate-mix",
    title=_("代表构成"),
    cites=["LE/delegate-mix"],
    since="2020-12-28",
    asks={
        "delegates": Ask(_("代表总数")),
        "women_delegates": Ask(_("女代表")),
        "members": Ask(_("本地区党员总数")),
        "women_members": Ask(_("本地区女党员")),
        "autonomous": Ask(_("民族自治地方"), "flag"),
        "minority_delegates": Ask(_("少数民族代表")),
        "minority_members": Ask(_("本地区少数民族党员")),
    },
)
def delegate_mix(at: Context, given: Given) -> Answer:
    """Hold when no share lies below that among the members."""
    women = _not_below(given.women_delegates, given.delegates, given.women_members, given.members)
    minority = _not_below(
        given.minority_delegates, given.delegates, given.minority_members, given.members
    )
    if given.autonomous is None:
        minorities: Truth = True if minority else None
    else:
        minorities = minority if given.autonomous else True
    if women is False:
        message = _("女代表{women}名，占代表的比例低于女党员占党员的比例")
    else:
        message = _("少数民族代表{minority}名，占代表的比例低于少数民族党员占党员的比例")
    shows = {"women": given.women_delegates, "minority": given.minority_delegates}
    return Answer(all_of([women, minorities]), shows, message)


def _not_below(part: int | None, whole: int | None, other: int | None, all_: int | None) -> Truth:
    if part is None or whole is None or other is None or all_ is None:
        return None
    return part * all_ >= other * whole
