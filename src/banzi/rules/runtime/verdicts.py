"""The four verdicts and how several become one: fail > unknown > review > pass.

In arrays a verdict is its rank, so that "several become one" is the greatest.
"""

from __future__ import annotations

from banzi.kernel.columns import Labelled


class Verdict(Labelled):
    PASS = "pass", "符合", "pass"
    REVIEW = "review", "需研究", "for review"
    UNKNOWN = "unknown", "无法认定", "unknown"
    FAIL = "fail", "不符合", "fail"


RANKED = (Verdict.PASS, Verdict.REVIEW, Verdict.UNKNOWN, Verdict.FAIL)
"""Verdicts by rank, 0 to 3."""

PASS, REVIEW, UNKNOWN, FAIL = range(4)
