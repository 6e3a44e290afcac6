"""人大常委会组成人员不担任其他国家机关职务 — members of a standing committee hold no other office.

OL 47: members of the standing committee of a people's congress may hold no post in an administrative,
supervisory, judicial or procuratorial organ.

Reading chosen here: whoever holds a post of the team on the day and also one of a government,
department, discipline and supervision, court or procuratorate team on the roster is named.
Left out: offices that the roster does not hold; the size of the committee, which is a proceeding.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must
from banzi.teams.choices import TeamKind


@must(
    id="organisation-law/47/no-other-office",
    title=_("人大常委会组成人员兼职"),
    cites=["OL/47"],
    since="2022-03-12",
    about="team",
    reads=[],
    also_reads=["state_office_names"],
)
def no_other_office(at: Context) -> Check:
    """Hold when no member holds such an office."""
    return Check(
        applies=col("team_kind") == TeamKind.PEOPLES_CONGRESS.value,
        elsewhere=_("不是人大常委会，不适用"),
        holds=col("state_office_names").is_null(),
        shows={"names": col("state_office_names")},
        otherwise=_("{names}同时担任行政、监察、审判、检察机关职务"),
    )
