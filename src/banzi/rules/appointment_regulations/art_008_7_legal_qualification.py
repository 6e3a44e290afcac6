"""法定任职资格 — legal qualifications for posts of courts and procuratorates.

AR 8(7): legal qualifications are met (法官、检察官 and the like).

Reading chosen here: asked of posts in the team of a court or a procuratorate, and their heads; it is
concluded by people, the latest valid conclusion counts, and without one nobody can tell. Never
waivable (AR 9). Whoever holds the post is asked too.
Left out: posts elsewhere that ask for a qualification, which the post's own conditions name.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind
from banzi.rules.runtime import Check, Context, concluded, conclusion_of, must


@must(
    id="appointment-regulations/8.7/legal-qualification",
    title=_("法定任职资格"),
    cites=["AR/8.7"],
    since="2014-01-14",
    about="appointment",
    reads=["is_judicial_post"],
    also_reads=[conclusion_of(ConclusionKind.LEGAL_QUALIFICATION)],
    of_post=["is_judicial_post"],
)
def legal_qualification(at: Context) -> Check:
    """Hold when concluded as met."""
    return concluded(
        ConclusionKind.LEGAL_QUALIFICATION,
        required=True,
        applies=col("is_judicial_post"),
        elsewhere=_("不是法院、检察院领导职务，不适用"),
    )
