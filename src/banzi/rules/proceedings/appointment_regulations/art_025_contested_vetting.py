"""差额考察 — at a change of term more people are vetted than there are posts.

AR 25. A single post may have one candidate when opinions agree.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/25/contested-vetting",
    title=_("差额考察"),
    cites=["AR/25"],
    since="2014-01-14",
    asks={
        "change_of_term": Ask(_("换届"), "flag"),
        "posts": Ask(_("职位数")),
        "vetted": Ask(_("考察对象人数")),
        "opinions_agree": Ask(_("意见集中"), "flag"),
    },
)
def contested_vetting(at: Context, given: Given) -> Answer:
    """Hold with more than posts; as many is enough for a single post on which people agree."""
    if given.posts is None or given.vetted is None:
        return Answer(holds=None)
    shows = {"posts": given.posts, "vetted": given.vetted}
    if given.vetted > given.posts:
        return Answer(True, shows)
    if given.vetted < given.posts or given.change_of_term:
        return Answer(False, shows, _("职位{posts}个，考察对象{vetted}人，应当实行差额考察"))
    if given.change_of_term is None:
        return Answer(False if given.opinions_agree is False else None, shows, _AGREE)
    return Answer(given.opinions_agree, shows, _AGREE)


_AGREE = _("职位{posts}个，考察对象{vetted}人，意见不集中的不得等额考察")
