"""民主推荐参加人员 — at a change of term every class of participants is there.

AR 19. For candidates of people's congress, government and CPPCC also the heads of the democratic
parties and of the federation of industry, and persons without party. Knowledge and
representativeness of the others are judged by people.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

CLASSES = {
    "committee": _("党委成员"),
    "congress_government_cppcc": _("人大常委会、政府、政协领导成员"),
    "discipline": _("纪委监委领导成员"),
    "court_procuratorate": _("法院、检察院主要领导成员"),
    "departments": _("党委、政府工作部门和群众团体主要领导成员"),
    "lower_level": _("下一级党委、政府主要领导成员"),
}
OUTSIDE_PARTY = _("民主党派、工商联主要领导成员和无党派代表人士")


@must_hold(
    id="appointment-regulations/19/participants",
    title=_("民主推荐参加人员"),
    cites=["AR/19"],
    since="2019-03-03",
    asks={
        **{name: Ask(zh) for name, zh in CLASSES.items()},
        "state_or_cppcc": Ask(_("推荐人大、政府、政协人选"), "flag"),
        "outside_party": Ask(OUTSIDE_PARTY),
    },
)
def participants(at: Context, given: Given) -> Answer:
    """Hold when nobody's class is missing."""
    numbers = {name: getattr(given, name) for name in CLASSES}
    absent = [CLASSES[name] for name, number in numbers.items() if number == 0]
    if given.state_or_cppcc and given.outside_party == 0:
        absent.append(OUTSIDE_PARTY)
    if absent:
        return Answer(False, {"absent": absent}, _("没有参加的：{absent}"))
    outside = given.state_or_cppcc is False or bool(given.outside_party)
    open_flag = given.state_or_cppcc is None and not given.outside_party
    return Answer(
        all_of(
            [
                *(None if number is None else True for number in numbers.values()),
                None if open_flag or not outside else True,
            ]
        )
    )
