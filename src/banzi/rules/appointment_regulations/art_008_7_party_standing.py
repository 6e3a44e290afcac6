"""党龄 — Party standing for Party posts.

AR 8(7): leading posts of the Party ask for the Party standing of the Party Constitution. Its
article on local committees (PC 27 in our numbering): five years at province and city, three at county.

Reading chosen here: posts in a Party committee or discipline commission, and their heads by duty;
months from joining to the month of judgement. Who is known not to be a member has none. Never
waivable: AR 9 lets no exception touch it. Whoever holds the post is asked too.
Left out: townships and bodies that the article does not name; suspended standing.
"""

import polars as pl
from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on


@must(
    id="appointment-regulations/8.7/party-standing",
    title=_("党龄"),
    cites=["AR/8.7", "PC/27"],
    since="2014-01-14",
    about="appointment",
    reads=["is_party_post", "region_tier", "is_party_member", "party_standing_months"],
    of_post=["is_party_post", "region_tier"],
)
def party_standing(at: Context) -> Check:
    """Hold with the years of standing that the tier asks for."""
    years: dict[str, int] = at.value("party_constitution/committee_standing_months")
    tiers = list(years)
    return Check(
        applies=col("is_party_post") & col("region_tier").is_in(tiers),
        elsewhere=_("不是县级以上党的领导职务，不适用"),
        # A date of joining without the status says nothing about standing now.
        holds=col("is_party_member")
        & _by_tier(years, {t: at_least("party_standing_months", years[t]) for t in tiers}),
        shows={
            "months": col("party_standing_months_high"),
            "required": _by_tier(years, {tier: pl.lit(years[tier]) for tier in tiers}),
        },
        otherwise=_("党龄{months}个月，应满{required}个月"),
        # Standing goes on by itself only for whoever is a member.
        changes_on=when(col("party_standing_months_high") > 0).then(
            _by_tier(
                years,
                {t: reaches_on("party_standing_months", years[t], at.as_of) for t in tiers},
            )
        ),
    )


def _by_tier(years: dict[str, int], values: dict[str, pl.Expr]) -> pl.Expr:
    """The value of the post's tier; null at tiers the article does not name."""
    return pl.coalesce(when(col("region_tier") == tier).then(values[tier]) for tier in years)
