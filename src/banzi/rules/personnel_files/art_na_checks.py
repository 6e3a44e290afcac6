"""干部人事档案审核 — the check of the personnel file.

PF: files are checked at every promotion, entry and transfer by two or more people who sign the
conclusion.

Reading chosen here: the latest valid conclusion counts. A matter without one holds nobody up at
this stage and is named as awaited: the gate of the procedure asks for it before a meeting.
For whoever stays in the very post a breach is for review.
Left out: who signed, which the rules of the procedure look at.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind
from banzi.rules.runtime import Check, Context, concluded, conclusion_of, must


@must(
    id="personnel-files/na/checks",
    title=_("干部人事档案审核"),
    cites=["PF/checks"],
    since="2018-11-30",
    about="person",
    reads=[],
    also_reads=[conclusion_of(ConclusionKind.FILE_CHECK)],
    for_holder="softened",
)
def checks(at: Context) -> Check:
    """Hold unless the file was found wanting."""
    return concluded(ConclusionKind.FILE_CHECK, required=False)
