"""政治关 — the political gate comes first.

ZZ: 首关不过、余关莫论 — the vetting of political quality is a stop, not a weight; people decide on evidence.

Reading chosen here: the latest valid conclusion counts; not met fails, under review is for people,
and without a conclusion nobody can tell. For whoever stays in the very post a breach is for review.
Left out: scores of the survey, which decide nothing by themselves.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind
from banzi.rules.runtime import Check, Context, concluded, conclusion_of, must


@must(
    id="political-quality/na/gate",
    title=_("政治素质考察"),
    cites=["ZZ/gate"],
    since="2019-12-31",
    about="person",
    reads=[],
    also_reads=[conclusion_of(ConclusionKind.POLITICAL_GATE)],
    for_holder="softened",
)
def gate(at: Context) -> Check:
    """Hold when concluded as met."""
    return concluded(ConclusionKind.POLITICAL_GATE, required=True)
