"""人大代表名额 — a base, one more for so many inhabitants, and a cap.

EL 12. Whole parts only; a county of two million reaches the cap of 450. Below 50,000 (county) or
2,000 (township) there may be fewer than the base. Minority areas may add a twentieth by decision.
"""

from banzi.kernel.logic import Truth, any_of
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.choices import LEVELS_WITH_TOWNSHIP
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="election-law/12/delegate-number",
    title=_("人大代表名额"),
    cites=["EL/12"],
    since="2020-10-18",
    asks={
        "level": Ask(_("层级"), "choice", {**LEVELS_WITH_TOWNSHIP, "municipality": _("直辖市")}),
        "population": Ask(_("人口")),
        "delegates": Ask(_("代表名额")),
        "minority_addition": Ask(_("经决定另加百分之五"), "flag"),
    },
)
def delegate_number(at: Context, given: Given) -> Answer:
    """Hold with the number the law gives, which is the value."""
    table = at.value("election_law/delegate_numbers")
    if given.level is None or given.population is None:
        return Answer(holds=None)
    numbers = table[given.level]
    lawful = min(numbers["base"] + given.population // numbers["one_per"], numbers["most"])
    most = lawful + lawful // 20
    shows = {"population": given.population, "delegates": given.delegates, "lawful": lawful}
    if given.delegates is None:
        return Answer(None, shows, value=lawful)
    few = given.delegates < lawful and given.population < numbers["small_below"]
    added: Truth = False
    if lawful < given.delegates <= most:
        added = given.minority_addition
    return Answer(
        any_of([few or given.delegates == lawful, added]),
        shows,
        _("人口{population}，代表名额{delegates}名，按规定为{lawful}名"),
        value=lawful,
    )
