"""出生日期认定 — one date of birth.

PF with the notice of 2006: the earliest material in the file decides the date of birth; it is changed
only by a finding of the organisation with its basis.

Reading chosen here: documents that give different dates, or an ID number that does, leave it unknown
until somebody settles the finding; the mean or the newest is never taken. A date that is simply
missing is the business of the rules that read it.
Left out: which document is the earliest, which no record tells.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.personnel_files.disputed import undisputed
from banzi.rules.runtime import Check, Context, must


@must(
    id="personnel-files/na/birth-date",
    title=_("出生日期认定"),
    cites=["PF/birth-date"],
    since="2006-12-31",
    about="person",
    reads=[],
    also_reads=["disputed_birth"],
)
def birth_date(at: Context) -> Check:
    """Hold when no two documents differ."""
    return undisputed("birth")
