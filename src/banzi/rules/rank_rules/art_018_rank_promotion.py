"""晋升职级的任职年限 — years before the next rank.

Rules on posts and ranks, Article 18: each rank (职级) asks for years in the leading post or rank below
it. From memory: a year assessed as 优秀 shortens them by half a year, one as 基本称职 adds a year.

Reading chosen here: whole months at the leading post or in the rank that counts, of several the
longest. Since the adjustment is from memory it fails nobody and clears nobody: who reaches the
years only with it, and who reached them with a 基本称职 year meanwhile, goes to people.
Left out: the quota of ranks, and comparing civil servants with each other.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on

_RANKS = (
    "一级巡视员", "二级巡视员", "一级调研员", "二级调研员", "三级调研员", "四级调研员",
    "一级主任科员", "二级主任科员", "三级主任科员", "四级主任科员", "一级科员",
)  # fmt: skip


@must(
    id="rank-rules/18/rank-promotion",
    title=_("晋升职级任职年限"),
    cites=["RANK/ladder", *(f"RANK/{rank}" for rank in _RANKS), "RANK/adjustment"],
    since="2019-06-01",
    about="rank",
    reads=["next_rank", "months_towards_rank", "months_required"],
    also_reads=["is_top_rank", "months_shortened", "barely_competent_years"],
)
def rank_promotion(at: Context) -> Check:
    """Hold with the months that the next rank asks for."""
    at.value("rank_rules/min_months")
    required = col("months_required")
    low, high = col("months_towards_rank_low"), col("months_towards_rank_high")
    return Check(
        applies=~col("is_top_rank").fill_null(False),
        elsewhere=_("已是最高职级"),
        holds=at_least("months_towards_rank", required),
        lenient=low >= col("months_shortened"),
        doubt=col("barely_competent_years") > 0,
        doubtful=_("任职年限已满，但期间有基本称职年度，是否延长由组织研究"),
        shows={"months": high, "required": required},
        otherwise=_("任职{months}个月，晋升该职级应满{required}个月"),
        changes_on=reaches_on("months_towards_rank", required, at.as_of),
    )
