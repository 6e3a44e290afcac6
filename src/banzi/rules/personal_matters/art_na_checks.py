"""个人有关事项核查 — the check of personal matters.

RP: what officials report of themselves is checked before every promotion (凡提必核), and one in ten
yearly at random.

Reading chosen here: the latest valid conclusion counts. A matter without one holds nobody up at
this stage and is named as awaited: the gate of the procedure asks for it before a meeting.
For whoever stays in the very post a breach is for review.
Left out: what was declared, of which only status and day are stored.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind
from banzi.rules.runtime import Check, Context, concluded, conclusion_of, must


@must(
    id="personal-matters/na/checks",
    title=_("个人有关事项报告核查"),
    cites=["RP/checks"],
    since="2017-02-08",
    about="person",
    reads=[],
    also_reads=[conclusion_of(ConclusionKind.PERSONAL_MATTERS_CHECK)],
    for_holder="softened",
)
def personal_matters(at: Context) -> Check:
    """Hold unless the check was not passed."""
    return concluded(ConclusionKind.PERSONAL_MATTERS_CHECK, required=False)
