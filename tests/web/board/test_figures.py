"""Figures of the board in the words people use: persons short, years too high."""

import pytest

from banzi.staffing.problem import Measure, Target
from banzi.web.board.figures import Figure


def figure(measure: Measure, op: str, missing: int, total: int, bound: int, feature: str) -> Figure:
    target = Target(
        target_id="t", scope_table="teams", scope_column="all", scope_values=(),
        posts=frozenset({0, 1}), measure=measure, feature=feature, op=op, bound=bound, hard=True,
        priority=None, weight=None, citation="示例",
    )  # fmt: skip
    return Figure(target, "目标", total, 10, total, missing, ())


@pytest.mark.parametrize(
    ("measure", "op", "missing", "total", "bound", "feature", "actual", "gap"),
    [
        (Measure.COUNT, ">=", 2, 1, 3, "women", "1", "差2人"),
        (Measure.COUNT, "<=", 1, 4, 3, "women", "4", "超1人"),
        (Measure.SHARE_PERMILLE, ">=", 3, 1, 400, "young", "1/10（10.0%）", "差3人"),
        (
            Measure.MEAN,
            "<=",
            300,
            6300,
            600,
            "age_months",
            "52.5岁",
            "高2.5岁（合计需减少300个月）",
        ),
        (Measure.MEAN, ">=", 36, 84, 12, "rural_months", "0.7", "低0.3年（合计需增加36个月）"),
    ],
)
def test_what_is_missing_is_said_in_the_measure_of_the_target(
    measure: Measure, op: str, missing: int, total: int, bound: int, feature: str, actual: str,
    gap: str,
) -> None:  # fmt: skip
    made = figure(measure, op, missing, total, bound, feature)
    assert made.actual == actual
    assert made.gap.text("zh") == gap
