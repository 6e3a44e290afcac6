"""有无应当免职情形 — grounds of removal.

AR (2019), removal: eight grounds, from age to illness or unassigned study of a year; CSL 88: absence
from work of more than 15 days running or 30 in a year.

Reading chosen here: whether a ground is given is concluded by people, on the attendance record and
the findings of the bodies in charge; the latest valid conclusion counts. A matter without a
conclusion holds nobody up at this stage and is named as awaited. For whoever stays in the very post
a breach is for review: removal is decided, not computed.
Left out: the age limits, which have rules of their own.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind
from banzi.rules.runtime import Check, Context, concluded, conclusion_of, must


@must(
    id="appointment-regulations/na/removal-grounds",
    title=_("有无应当免职情形"),
    cites=["AR/removal", "CSL/88"],
    since="2019-03-03",
    about="person",
    reads=[],
    also_reads=[conclusion_of(ConclusionKind.REMOVAL_GROUND)],
    for_holder="softened",
)
def removal_grounds(at: Context) -> Check:
    """Hold unless a ground of removal was concluded."""
    at.value("appointment_regulations/removal_periods")
    return concluded(ConclusionKind.REMOVAL_GROUND, required=False)
