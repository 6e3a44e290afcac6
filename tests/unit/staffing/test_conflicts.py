"""The conflict set: exactly the clashing requirements, each needed, and in plain words."""

from __future__ import annotations

from typing import Any

from tests.support.staffing_bundles import bundle, city_bundle, target, with_hard_targets
from tests.support.staffing_solved import solved

from banzi.staffing.answers.demands import FEW_ARCS, Demands
from banzi.staffing.bundle import Bundle
from banzi.staffing.conflicts import explain_infeasible
from banzi.staffing.reading import interpret


def planted(*, without: str = "") -> Bundle:
    """Team t (three posts) must have two women; 甲 and 乙 are the only ones and are married.

    Four harmless targets, a harmless pin, ban and exclusion stand around the clash.
    """
    persons = [
        {"person_id": name, "female": int(name in "甲乙"), "one": 1, "age": 30 + i}
        for i, name in enumerate("甲乙丙丁戊")
    ]
    posts = [{"post_id": f"s{i}", "team_ids": "t" if i < 3 else "u"} for i in range(5)]
    pairs: list[dict[str, object]] = [
        {"post_id": post["post_id"], "person_id": person["person_id"], "fit": 1}
        for post in posts
        for person in persons
        if post["team_ids"] == "t" or person["person_id"] not in "甲乙"
    ]
    exclusions = [
        {"person_a": "甲", "person_b": "乙", "scope": "same_team", "reason": "夫妻"},
        {"person_a": "丙", "person_b": "丁", "scope": "same_team", "reason": "夫妻"},
    ]
    here = {"scope_table": "teams", "scope_column": "team_id", "scope_values": "t"}
    targets = [
        target("人数", "one", ">=", 2),
        target("上限", "one", "<=", 9, **here),
        target("女", "female", ">=", 2, citation="示例规定第八条", **here),
        target("龄", "age", "<=", 40, measure="mean"),
        target("占比", "one", ">=", 100, measure="share_permille"),
    ]
    parts: dict[str, Any] = {
        "exclusions": [e for e in exclusions if e["person_a"] != without],
        "targets": [t for t in targets if t["target_id"] != without],
    }
    return bundle(
        persons=persons,
        teams=[{"team_id": "t"}, {"team_id": "u", "superior_team_id": "t"}],
        posts=posts,
        candidates=pairs,
        tiers=[{"name": "merit", "pair_terms": {"fit": 1}}],
        pins=[{"post_id": "s3", "person_id": "丙"}],
        bans=[{"post_id": "s0", "person_id": "戊"}],
        **parts,
    )


def test_exactly_the_planted_clash_is_named_and_verified() -> None:
    report = explain_infeasible(interpret(planted()), 60)
    assert [(m.kind, *list(m.about.values())[:2]) for m in report.members] == [
        ("target", "女", "示例规定第八条"),
        ("exclusion", "甲", "乙"),
    ]
    assert report.sufficient
    assert report.necessary
    assert [str(member.text) for member in report.members] == [
        "目标女：team_id为t的班子，female合计不少于2（依据：示例规定第八条）",
        "回避：甲与乙不得在同一班子（夫妻）",
    ]


def test_giving_way_on_any_one_member_gives_a_plan() -> None:
    assert solved(planted())[1].status == "infeasible"
    assert solved(planted(without="女"))[1].status == "optimal"
    assert solved(planted(without="甲"))[1].status == "optimal"


def test_a_pin_against_a_ceiling_is_a_conflict_of_two() -> None:
    made = bundle(
        persons=[{"person_id": "甲", "one": 1}],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": "s", "team_ids": "t"}],
        candidates=[{"post_id": "s", "person_id": "甲"}],
        targets=[target("上限", "one", "<=", 0), target("别的", "one", "<=", 5)],
        tiers=[{"name": "fill", "vacancy": -1}],
        pins=[{"post_id": "s", "person_id": "甲"}],
    )
    report = explain_infeasible(interpret(made), 60)
    assert [member.kind for member in report.members] == ["pin", "target"]
    assert str(report.members[0].text) == "指定：职位s由甲担任"
    assert "未注明依据" in str(report.members[1].text)


def test_a_target_nobody_can_meet_clashes_alone() -> None:
    """One post per person and one person per post are never blamed."""
    made = bundle(
        persons=[{"person_id": "甲", "one": 1}],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": p, "team_ids": "t"} for p in ("a", "b")],
        candidates=[{"post_id": p, "person_id": "甲"} for p in ("a", "b")],
        targets=[target("两人", "one", ">=", 2)],
        tiers=[{"name": "fill", "vacancy": -1}],
    )
    report = explain_infeasible(interpret(made), 60)
    assert [member.about["target_id"] for member in report.members] == ["两人"]
    assert report.as_json()["members"][0]["text"].startswith("目标两人：全部职位")


def test_a_feasible_problem_has_no_conflict() -> None:
    report = explain_infeasible(interpret(planted(without="女")), 60)
    assert report.members == ()
    assert not report.sufficient


def test_a_clash_across_many_regions_has_a_way_out_of_each_member() -> None:
    """Walked to, not searched for: the pairs are too many for an exact search to be sooner."""
    regions = 12
    problem = interpret(with_few_young(city_bundle(8, regions=regions, persons=600, chance=0.3)))
    report = explain_infeasible(problem, 60)
    assert report.sufficient
    assert report.necessary
    members = {member.about["target_id"] for member in report.members}
    assert members == {"young-all", *(f"few-{region}" for region in range(regions))}
    arcs = Demands.of(problem).arcs_of([("target", member) for member in members])
    assert len(arcs) > FEW_ARCS
    eased = {way.about["target_id"] for way in report.ways_out if way.kind == "target"}
    assert eased == members


def with_few_young(made: Bundle) -> Bundle:
    """No region may have more than three born in the 1980s; all twelve together must have forty."""
    regions = dict.fromkeys(made.tables["teams.csv"].column("region"))
    few = [
        target(
            f"few-{region.removeprefix('区')}", "born_1980s", "<=", 3,
            scope_table="posts", scope_column="region", scope_values=region,
        )
        for region in regions
    ]  # fmt: skip
    return with_hard_targets(made, [target("young-all", "born_1980s", ">=", 40), *few])
