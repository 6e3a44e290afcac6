"""配偶子女经营企业回避 — not the leader of one's family's regulator.

RC 4: whose spouse, children or their spouses run a business does not lead the organ that regulates it.

Reading chosen here: whether an organ regulates a business is concluded by people; the latest valid
conclusion counts, for every post alike. A matter without a conclusion holds nobody up at this
stage and is named as awaited: the check of personal matters asks for it before a meeting. For
whoever stays in the very post a breach is for review, since the business may be given up instead.
Left out: any inference from what relatives do.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind
from banzi.rules.runtime import Check, Context, concluded, conclusion_of, must


@must(
    id="recusal-rules/4/family-business",
    title=_("配偶子女经营企业回避"),
    cites=["RC/4"],
    since="2006-06-10",
    about="person",
    reads=[],
    also_reads=[conclusion_of(ConclusionKind.FAMILY_BUSINESS)],
    for_holder="softened",
)
def family_business(at: Context) -> Check:
    """Hold unless concluded otherwise."""
    return concluded(ConclusionKind.FAMILY_BUSINESS, required=False)
