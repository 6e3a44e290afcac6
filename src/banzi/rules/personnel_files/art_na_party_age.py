"""入党时间认定 — one date of joining the Party.

PF: the date of joining is the one in the application for admission (入党志愿书), as the rules of its day
count it.

Reading chosen here: documents that give different dates leave it unknown until somebody settles it.
Left out: reading the application itself.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.personnel_files.disputed import undisputed
from banzi.rules.runtime import Check, Context, must


@must(
    id="personnel-files/na/party-age",
    title=_("入党时间认定"),
    cites=["PF/party-age"],
    since="2018-11-30",
    about="person",
    reads=[],
    also_reads=["disputed_party"],
)
def party_age(at: Context) -> Check:
    """Hold when no two documents differ."""
    return undisputed("party")
