"""少数民族代表名额 — how many inhabitants one minority delegate may stand for.

EL 19 to 21, for a nationality living together in the area: from thirty per cent of the population
the usual ratio; below fifteen fewer inhabitants for a delegate, at least half the usual number;
between them fewer, with at most thirty per cent of the seats; each nationality at least one.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, must_hold
from banzi.rules.runtime.declaring import Context


@must_hold(
    id="election-law/19/minority-seats",
    title=_("少数民族代表名额"),
    cites=["EL/19"],
    since="2020-10-18",
    asks={
        "population": Ask(_("总人口")),
        "nationality": Ask(_("该民族人口")),
        "delegates": Ask(_("代表总名额")),
        "seats": Ask(_("该民族代表名额")),
    },
)
def minority_seats(at: Context, given: Given) -> Answer:
    """Hold with at least one seat and no more than the law's ratio allows."""
    rule = at.value("election_law/minority_seats")
    people, part, total, seats = given.population, given.nationality, given.delegates, given.seats
    if seats is not None and seats < rule["least_each"] and part != 0:
        return Answer(False, {"least": rule["least_each"]}, _("聚居的民族应有代表至少{least}名"))
    if None in (people, part, total, seats):
        return Answer(holds=None)
    shows = {"seats": seats, "total": total}
    usual = total * part
    if 100 * part >= rule["normal_from"] * people:
        least, most = usual // people, -(-usual // people)
        shows |= {"least": least, "most": most}
        return Answer(
            least <= seats <= most, shows, _("代表{seats}名，按一般比例应为{least}至{most}名")
        )
    half = rule["least_fraction"]
    most = usual * half["denominator"] // (people * half["numerator"])
    if 100 * part >= rule["fewer_below"] * people:
        most = min(most, total * rule["middle_seats_most"] // 100)
    shows |= {"least": usual // people, "most": max(most, rule["least_each"])}
    return Answer(
        shows["least"] <= seats <= shows["most"],
        shows,
        _("代表{seats}名，应为{least}至{most}名"),
    )
