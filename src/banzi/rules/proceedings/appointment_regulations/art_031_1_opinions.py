"""听取意见 — personnel department, discipline body and Party organisation of the organ.

AR 31. Inspection and audit are heard as needed: whether they are needed is for people.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.checklists import all_done
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context

BODIES = {
    "personnel": _("听取组织（人事）部门意见"),
    "discipline": _("听取纪检监察机关意见"),
    "party_organisation": _("听取机关党组织意见"),
}


@must_hold(
    id="appointment-regulations/31.1/opinions",
    title=_("听取有关方面意见"),
    cites=["AR/31.1"],
    since="2019-03-03",
    asks={name: Ask(zh, "flag") for name, zh in BODIES.items()},
)
def opinions(at: Context, given: Given) -> Answer:
    """Hold when all three were heard."""
    return all_done(given, BODIES, _("尚未完成：{open}"))
