"""个别谈话范围 — every class that must be asked about a candidate of a local team.

AR 29 and 30.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.checklists import all_represented
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

CLASSES = {
    "committee_government": _("党委和政府领导成员"),
    "congress_cppcc_discipline": _("人大、政协、纪检、法院、检察院主要领导成员"),
    "own_unit": _("考察对象所在单位领导成员"),
    "related_units": _("有关部门、内设机构和下属单位主要领导成员"),
}


@must_hold(
    id="appointment-regulations/29/interviewees",
    title=_("个别谈话范围"),
    cites=["AR/29"],
    since="2014-01-14",
    asks={name: Ask(zh) for name, zh in CLASSES.items()},
)
def interviewees(at: Context, given: Given) -> Answer:
    """Hold when somebody of every class was asked."""
    return all_represented(given, CLASSES, _("没有谈话的：{absent}"))
