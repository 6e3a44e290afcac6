"""个别提拔任职的参考名单 — more names than posts.

AR 20. The order of talks and meeting is free; small units whose members are the same in both may
skip the meeting.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.appointment_regulations.art_018_reference_list import (
    MORE_NAMES,
    more_names,
)
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/20/single-post",
    title=_("个别提拔任职的参考名单"),
    cites=["AR/20"],
    since="2019-03-03",
    asks={"posts": Ask(_("职位数")), "names": Ask(_("参考名单人数"))},
)
def single_post(at: Context, given: Given) -> Answer:
    """Hold with more names than posts."""
    return Answer(more_names(given), {"posts": given.posts, "names": given.names}, MORE_NAMES)
