"""双签字 — the conclusion on integrity bears two signatures of two persons.

AR 31: the secretary of the unit's Party committee and its discipline secretary (or head of the
stationed discipline group).
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="appointment-regulations/31.3/integrity-statement",
    title=_("廉洁自律结论性意见双签字"),
    cites=["AR/31.3"],
    since="2019-03-03",
    asks={
        "secretary_signs": Ask(_("党委（党组）书记签字"), "names"),
        "discipline_signs": Ask(_("纪委书记（纪检监察组组长）签字"), "names"),
    },
)
def integrity_statement(at: Context, given: Given) -> Answer:
    """Hold with one signature on each line, by different persons."""
    one, other = given.secretary_signs, given.discipline_signs
    if one == [] or other == []:
        return Answer(
            False, {}, _("缺少签字，应由党委（党组）书记和纪委书记（纪检监察组组长）签字")
        )
    if one is None or other is None:
        return Answer(holds=None)
    both = sorted(set(one) & set(other))
    return Answer(not both, {"names": both}, _("{names}一人签了两处，应由两人分别签字"))
