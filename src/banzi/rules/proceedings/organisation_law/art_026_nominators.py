"""联名提名 — how many delegates it takes, and no more names than seats.

OL 26.
"""

from banzi.kernel.logic import all_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS_WITH_TOWNSHIP
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="organisation-law/26/nominators",
    title=_("联名提名"),
    cites=["OL/26"],
    since="2022-03-12",
    asks={
        "level": Ask(_("层级"), "choice", LEVELS_WITH_TOWNSHIP),
        "nominators": Ask(_("联名代表人数")),
        "names": Ask(_("提名人数")),
        "seats": Ask(_("应选名额")),
    },
)
def nominators(at: Context, given: Given) -> Answer:
    """Hold with enough delegates behind no more names than seats."""
    needed = at.value("organisation_law/joint_nominators")
    least = None if given.level is None else needed[given.level]
    return Answer(
        all_of(
            [
                None if least is None or given.nominators is None else given.nominators >= least,
                None if None in (given.names, given.seats) else given.names <= given.seats,
            ]
        ),
        {
            "nominators": given.nominators,
            "least": least,
            "names": given.names,
            "seats": given.seats,
        },
        _(
            "联名代表{nominators}人（应有{least}人以上），提名{names}人（不得超过应选名额{seats}人）"
        ),
    )
