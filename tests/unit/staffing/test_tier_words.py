"""Tiers in the words of an office: persons and posts first, points behind."""

from __future__ import annotations

import pytest
from tests.support.staffing_answers import case_of
from tests.support.staffing_bundles import FILL, bundle, target

from banzi.staffing.answers.case import Case
from banzi.staffing.answers.tier_words import TierChange, tier_changes, tier_values
from banzi.staffing.reading import interpret

PLANS = {
    "now": {"a": "甲", "b": "乙", "c": "丙"},
    "gap": {"a": "甲", "b": "乙"},
    "new": {"a": "丁", "b": "乙", "c": "丙"},
    "turned": {"a": "乙", "b": "甲", "c": "丙"},
}


def cases() -> dict[str, Case]:
    """Three posts of one team; 甲, 乙 and 丙 hold them and must be placed, 丁 would be new.

    Wished for: two young members (丁 alone is young), a mean age of 500 months.
    """
    people = [("甲", 600, 0, 1), ("乙", 540, 0, 0), ("丙", 480, 0, 0), ("丁", 420, 1, 1)]
    held = {"a": "甲", "b": "乙", "c": "丙"}
    met = {"甲": (1, 1), "乙": (1, 0), "丙": (0, 1), "丁": (0, 0)}
    soft = {"force": "soft", "priority": 1, "weight": 3}
    made = bundle(
        persons=[
            {
                "person_id": p, "must_place": int(p != "丁"), "age_months": age, "young": young,
                "knows": knows,
            }
            for p, age, young, knows in people
        ],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": s, "team_ids": "t", "incumbent_person_id": p} for s, p in held.items()],
        candidates=[
            {
                "post_id": s, "person_id": p, "moves": int(held[s] != p),
                "short_term": int(age >= 600), "fit": 20 * met[p][0] + 5 * met[p][1],
                "meets_1": met[p][0], "meets_2": met[p][1],
            }
            for s in held
            for p, age, _young, _knows in people
        ],
        targets=[
            target("young", "young", ">=", 2, **soft),
            target("age", "age_months", "<=", 500, measure="mean", **soft),
        ],
        tiers=[
            FILL,
            {"name": "soft-1", "soft_priority": 1},
            {
                "name": "merit",
                "pair_terms": {"fit": 1, "moves": -8, "short_term": -15},
                "coverage": {"features": ["knows"], "gains": [30, 15]},
                "bands": {"feature": "age_months", "edges": [0, 590, 999], "cap": 1, "excess": -20},
            },
        ],
    )  # fmt: skip
    problem = interpret(made)
    return {name: case_of(problem, plan) for name, plan in PLANS.items()}


def changes(before: str, after: str) -> list[TierChange]:
    made = cases()
    case = made[before]
    return tier_changes(case.counting, case.standing, made[after].standing)


def said(before: str, after: str) -> list[str]:
    return [str(change.text) for change in changes(before, after)]


def test_a_plan_is_told_in_persons_and_posts() -> None:
    case = cases()["now"]
    assert [str(value.text) for value in tier_values(case.counting, case.standing)] == [
        "职位配齐：职位全部配齐（0分）",
        "尽量达到的目标（第1优先级）：2项未达到、缺口合计2人、平均数缺口合计120个月（-366分）",
        "综合择优：岗位条件符合4项、任不满一届1人、班子专业领域覆盖1项、"
        "同一年龄段过于集中1人（45分）",
    ]
    gap = cases()["gap"]
    value = tier_values(gap.counting, gap.standing)[0]
    assert str(value.said) == "空缺1职、须安排的1人未安排"
    assert value.points == -1100


def test_a_difference_says_what_there_is_more_and_less_of() -> None:
    assert said("now", "gap")[0] == "职位配齐：少配1职、须安排的少安排1人（0→-1100分）"
    assert said("gap", "now")[0] == "职位配齐：多配1职、须安排的多安排1人（-1100→0分）"
    assert said("now", "new") == [
        "职位配齐：须安排的少安排1人（0→-100分）",
        "尽量达到的目标（第1优先级）：未达到的目标少1项、目标缺口少1人、平均数缺口少120个月"
        "（-366→-3分）",
        "综合择优：岗位条件少符合2项、多调整现职1人、任不满一届的少1人、"
        "同一年龄段过于集中的多1人（45→7分）",
    ]
    assert said("now", "turned") == ["综合择优：多调整现职2人（45→29分）"]
    assert said("now", "now") == []


def test_each_part_says_whether_it_is_for_the_better() -> None:
    better = {
        str(part.text): part.good for change in changes("now", "new") for part in change.parts
    }
    assert better == {
        "须安排的少安排1人": False,
        "未达到的目标少1项": True,
        "目标缺口少1人": True,
        "平均数缺口少120个月": True,
        "岗位条件少符合2项": False,
        "多调整现职1人": False,
        "任不满一届的少1人": True,
        "同一年龄段过于集中的多1人": False,
    }


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        # as many conditions met, of other weight
        ({"fit": 25, "meets_1": 0, "meets_2": 1}, "岗位条件多计20分"),
        ({"fit": 30, "meets_1": 1, "meets_2": 1}, "岗位条件多符合1项"),
        # fewer conditions, worth more
        ({"fit": 30, "meets_1": 0, "meets_2": 0}, "岗位条件多计25分"),
    ],
)
def test_conditions_are_counted_unless_the_count_says_the_opposite(
    moved: dict[str, int], told: str
) -> None:
    made = bundle(
        persons=[{"person_id": p} for p in "甲乙"],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": "a", "team_ids": "t"}],
        candidates=[
            {"post_id": "a", "person_id": "甲", "fit": 5, "meets_1": 0, "meets_2": 1},
            {"post_id": "a", "person_id": "乙", **moved},
        ],
        tiers=[{"name": "merit", "pair_terms": {"fit": 1}}],
    )
    problem = interpret(made)
    before, after = (case_of(problem, {"a": person}) for person in "甲乙")
    (change,) = tier_changes(before.counting, before.standing, after.standing)
    assert str(change.said) == told


def test_a_column_from_elsewhere_is_called_by_its_name() -> None:
    made = bundle(
        persons=[{"person_id": p, "must_place": 0} for p in "甲乙"],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": "a", "team_ids": "t"}],
        candidates=[
            {"post_id": "a", "person_id": p, "skill": n} for n, p in enumerate("甲乙", start=2)
        ],
        tiers=[{"name": "本地目标", "pair_terms": {"skill": 4}}],
    )
    problem = interpret(made)
    before, after = (case_of(problem, {"a": person}) for person in "甲乙")
    (change,) = tier_changes(before.counting, before.standing, after.standing)
    assert str(change.text) == "本地目标：“skill”合计多1（8→12分）"
