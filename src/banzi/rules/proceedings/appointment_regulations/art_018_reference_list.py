"""会议推荐参考名单 — talks first, then a list with more names than posts, then the meeting.

AR 18, for a change of term. AR 20 lets a single post hold the meeting first; the list has more
names than posts there as well (rule 20).
"""

from datetime import date

from banzi.kernel.logic import Truth, all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/18/reference-list",
    title=_("换届民主推荐的顺序和参考名单"),
    cites=["AR/18"],
    since="2019-03-03",
    asks={
        "talks_on": Ask(_("谈话调研推荐之日"), "date"),
        "list_on": Ask(_("提出参考名单之日"), "date"),
        "meeting_on": Ask(_("会议推荐之日"), "date"),
        "posts": Ask(_("职位数")),
        "names": Ask(_("参考名单人数")),
    },
)
def reference_list(at: Context, given: Given) -> Answer:
    """Hold with the steps in order and more names than posts."""
    ordered = all_of(
        [_not_after(given.talks_on, given.list_on), _not_after(given.list_on, given.meeting_on)]
    )
    enough = more_names(given)
    shows = {"posts": given.posts, "names": given.names}
    if enough is False:
        return Answer(False, shows, MORE_NAMES)
    return Answer(
        all_of([ordered, enough]),
        shows,
        _("换届应先谈话调研推荐，再提出参考名单，后会议推荐"),
    )


MORE_NAMES = _("职位{posts}个，参考名单{names}人，应当差额")


def more_names(given: Given) -> Truth:
    """Whether the list has more names than there are posts."""
    if given.posts is None or given.names is None:
        return None
    return bool(given.names > given.posts)


def _not_after(one: date | None, other: date | None) -> Truth:
    if one is None or other is None:
        return None
    return one <= other
