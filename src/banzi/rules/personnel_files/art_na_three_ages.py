"""三龄二历一身份 — what a file must make certain.

PF: age, service and Party standing; education and career; identity as a cadre.

Reading chosen here: age and Party standing have rules of their own; documents that differ about the
start of work or education leave them unknown until somebody settles it.
Left out: identity as a cadre (干部身份), of which there is no record.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.personnel_files.disputed import undisputed
from banzi.rules.runtime import Check, Context, must


@must(
    id="personnel-files/na/three-ages",
    title=_("参加工作时间和学历认定"),
    cites=["PF/three-ages"],
    since="2018-11-30",
    about="person",
    reads=[],
    also_reads=["disputed_file"],
)
def three_ages(at: Context) -> Check:
    """Hold when no two documents differ."""
    return undisputed("file")
