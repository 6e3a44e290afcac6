"""处分、处理影响期未满或者期满影响使用 — sanctions running, or with lasting effect.

AR 24(6): not a person under vetting while the effect of an admonition (诫勉), an organisational
measure or a Party or administrative sanction runs, nor afterwards if it affects the use of the
person. Lengths: CSL/64, PDL/8 and 19 (administrative), DP (Party, admonition), ZL (measures).

Reading chosen here: months from the day of the decision, over on the day they end, so a warning
of 1 January bars on 30 June and no longer on 1 July; of several sanctions the last to end counts.
Periods of measures (组织处理) are known from memory: a breach that rests on them is for review.
A lasting effect is concluded by people: not met or under review goes to them.
"Never any" needs a statement that the record is complete. For whoever stays in the very post a
breach is for review: the clause bars promotion and vetting, not holding on.
Left out: adding up combined sanctions (PDL/15); see facts/sanctions.py.
"""

from polars import col, lit, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must


@must(
    id="appointment-regulations/24.6/sanctions-over",
    title=_("处分、处理影响期"),
    cites=[
        "AR/24.6",
        "CSL/64",
        "PDL/8",
        "PDL/19",
        "DP/party-effect",
        "DP/admonition",
        "ZL/organisational",
    ],
    since="2014-01-14",
    about="person",
    reads=["sanctions_end_on"],
    also_reads=["sanctions_bar_until", "sanction_effect"],
    for_holder="softened",
)
def sanctions_over(at: Context) -> Check:
    """Hold once the last sanction has run its course, or when there never was one."""
    is_barred = (col("sanctions_bar_until") > at.as_of).fill_null(False)
    return Check(
        holds=when(is_barred).then(lit(False)).otherwise(col("sanctions_end_on") <= at.as_of),
        lenient=~is_barred,
        doubt=col("sanction_effect").is_in(["not_met", "under_review"]).fill_null(False),
        doubtful=_("处分期已满，但是否影响使用尚无符合使用条件的结论（结论为不符合，或正在核查）"),
        shows={"ends_on": col("sanctions_end_on")},
        otherwise=_("处分、处理影响期至{ends_on}"),
        changes_on=col("sanctions_end_on"),
    )
