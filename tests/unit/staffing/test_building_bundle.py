"""From members, verdicts, targets and settings to a bundle: each number by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.builders_structure import members

from banzi.kernel.errors import BadInput
from banzi.staffing.building import Built, build, write_built
from banzi.staffing.candidate_pairs import Screened
from banzi.staffing.reading import read_problem
from banzi.staffing.settings import AgeBands, CoverageWish, NamedPair, PlanSettings, Profile
from banzi.structure.members import Members
from banzi.structure.settling import condition
from banzi.structure.targets import Target
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS, TEAM_WORDS

TEAMS = [
    {"team_id": "party", "team_name": "甲市委", "team_kind": "party_committee", "region": "甲"},
    {
        "team_id": "gov",
        "team_name": "甲市政府",
        "team_kind": "government",
        "region": "甲",
        "superior_team_id": "party",
    },
    {"team_id": "town", "team_name": "乙镇政府", "team_kind": "government", "region": "乙"},
]
POSTS = [
    {"post_id": "1", "post_name": "书记", "role": "principal", "post_level": "1A31", "teams": ["party"]},
    {"post_id": "2", "post_name": "市长", "role": "principal", "post_level": "1A31", "teams": ["party", "gov"]},
    {"post_id": "3", "post_name": "镇长", "role": "principal", "post_level": "1A41", "teams": ["town"]},
]  # fmt: skip
# Level orders of post_level_zb09: 1A41 乡科级正职 is 2, 1A32 is 3, 1A31 县处级正职 is 4.
PEOPLE = [
    {"person_id": "a", "name": "王一", "level_order": 4, "age_months": 600, "birth_year": 1976,
     "serves_full_term": True, "has_grassroots": True, "is_woman": False},
    {"person_id": "b", "name": "王二", "level_order": 3, "age_months": 500, "birth_year": 1984,
     "serves_full_term": True, "has_grassroots": None, "is_woman": True},
    {"person_id": "c", "name": "王三", "level_order": 2, "age_months": 700, "birth_year": 1968,
     "serves_full_term": False, "has_grassroots": True, "is_woman": False},
    {"person_id": "d", "name": "王四", "level_order": None, "age_months": None,
     "serves_full_term": None, "knows_finance": True},
]  # fmt: skip
SEATS = {"1": "a", "3": "c"}
VERDICTS = {
    ("1", "a"): "pass", ("1", "b"): "review", ("1", "c"): "fail", ("1", "d"): "unknown",
    ("2", "a"): "pass", ("2", "b"): "pass", ("2", "c"): "pass", ("2", "d"): "pass",
    ("3", "a"): "pass", ("3", "c"): "pass", ("3", "b"): "pass",
}  # fmt: skip


def house() -> Members:
    return members(PEOPLE, TEAMS, POSTS, SEATS)


def screened() -> Screened:
    pairs = [
        {"post_id": post, "person_id": person, "verdict": verdict, "text": "任期" if verdict == "review" else ""}
        for (post, person), verdict in VERDICTS.items()
    ]  # fmt: skip
    recusals = [
        {"person_a": "a", "person_b": "b", "scope": "line_of_command", "reason": "夫妻"},
        {"person_a": "a", "person_b": "d", "scope": "line_of_command", "reason": "父子"},
    ]
    return Screened(pl.DataFrame(pairs), pl.DataFrame(recusals))


def built(*targets: dict[str, Any], **settings: Any) -> Built:
    read = [
        Target.model_validate({"id": f"t{n}", "title": "目标", **t}) for n, t in enumerate(targets)
    ]
    return build(house(), screened(), read, PlanSettings(**settings))


def rows(found: Built, name: str) -> list[dict[str, str]]:
    table = found.bundle.tables.get(name) or found.side_files[name]
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def codes(*targets: dict[str, Any], **settings: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        built(*targets, **settings)
    return [problem.message.code for problem in caught.value.problems]


def test_only_pass_and_review_within_one_step_are_candidates() -> None:
    found = built()
    pairs = [(row["post_id"], row["person_id"]) for row in rows(found, "candidates.csv")]
    # c may not become 市长 from 乡科级正职 (two steps); d's level is not known; a and b stand above
    # 乡科级正职; c holds 镇长.
    assert pairs == [("1", "a"), ("1", "b"), ("2", "a"), ("2", "b"), ("3", "c")]
    assert found.left_out == {"fail": 1, "level": 4, "unknown": 1}


def test_who_is_no_candidate_is_kept_beside_the_bundle() -> None:
    found = built()
    assert [tuple(row.values()) for row in rows(found, "left_out.csv")] == [
        ("1", "fail", "1"),
        ("1", "unknown", "1"),
        ("2", "level", "2"),
        ("3", "level", "2"),
    ]
    assert [tuple(row.values()) for row in rows(found, "left_out_by_plan.csv")] == [
        ("a", "level", "3"),
        ("b", "level", "3"),
        ("c", "level", "2"),
        ("d", "level", "2"),
    ]


def test_a_bundle_without_any_candidate_is_built_and_read() -> None:
    pairs = screened().pairs.with_columns(verdict=pl.lit("unknown"))
    nobody = Screened(pairs, screened().recusals)
    settings = PlanSettings(
        profiles=(Profile(title="年轻", where=condition("出生年份>=1980", PERSON_WORDS), weight=5),)
    )
    found = build(house(), nobody, [], settings)
    assert found.problem.pairs == ()
    assert found.left_out == {"unknown": pairs.height}


def test_without_a_limit_of_steps_the_verdicts_alone_decide() -> None:
    found = built(level_steps=None)
    assert len(rows(found, "candidates.csv")) == 9
    assert found.left_out == {"fail": 1, "unknown": 1}


def test_incumbents_are_considered_whatever_the_plan_considers() -> None:
    found = built(considered=condition("熟悉金融", PERSON_WORDS))
    pairs = {(row["post_id"], row["person_id"]) for row in rows(found, "candidates.csv")}
    assert pairs == {("1", "a"), ("2", "a"), ("3", "c")}
    assert found.left_out["considered"] == 2


def test_pair_columns_are_whole_numbers_with_the_unknown_against_the_pair() -> None:
    profiles = (
        Profile(
            title="基层",
            post_where=condition("班子类型=政府", POST_WORDS),
            where=condition("基层工作经历", PERSON_WORDS),
            weight=20,
        ),
        Profile(title="年轻", where=condition("出生年份>=1980", PERSON_WORDS), weight=5),
    )
    found = built(profiles=profiles, level_steps=None)
    by_pair = {(row["post_id"], row["person_id"]): row for row in rows(found, "candidates.csv")}
    expected = {
        # fit: 20 for 基层 in a government post (the concurrent 市长 too), 5 for 年轻
        ("1", "a"): ("0", "0", "0", "0", "0"),
        ("1", "b"): ("5", "1", "0", "0", "1"),
        ("2", "a"): ("20", "1", "0", "0", "0"),
        ("2", "b"): ("5", "1", "0", "0", "0"),
        ("2", "c"): ("20", "1", "1", "1", "0"),
        ("2", "d"): ("0", "1", "1", "0", "0"),
        ("3", "a"): ("20", "1", "0", "1", "0"),
        ("3", "c"): ("20", "0", "1", "0", "0"),
    }
    names = ("fit", "moves", "short_term", "from_other_region", "review")
    for pair, values in expected.items():
        assert tuple(by_pair[pair][name] for name in names) == values, pair
    assert (by_pair["2", "a"]["meets_1"], by_pair["2", "a"]["meets_2"]) == ("1", "0")
    assert [row["where"] for row in rows(found, "profiles.csv")] == [
        "基层工作经历为是",
        "出生年份不小于1980",
    ]


def test_incumbents_must_be_placed_unless_known_to_retire_within_the_term() -> None:
    must = {row["person_id"]: row["must_place"] for row in rows(built(), "persons.csv")}
    assert must == {"a": "1", "b": "0", "c": "0"}
    free = rows(built(must_place="nobody"), "persons.csv")
    assert {row["must_place"] for row in free} == {"0"}


def test_unknown_facts_count_against_each_target() -> None:
    grassroots = condition("基层工作经历", PERSON_WORDS)
    found = built(
        {"measure": "count", "where": grassroots, "op": ">=", "bound": 1},
        {"measure": "share", "where": grassroots, "op": "<=", "bound": 900},
        {"measure": "mean", "value": "age_months", "op": "<=", "bound": 600},
        level_steps=None,
    )
    persons = {row["person_id"]: row for row in rows(found, "persons.csv")}
    at_least, at_most = "has_grassroots_at_least", "has_grassroots_at_most"
    assert [persons[p][at_least] for p in "abcd"] == ["1", "0", "1", "0"]
    assert [persons[p][at_most] for p in "abcd"] == ["1", "1", "1", "1"]
    assert persons["d"]["age_months"] == "1187"
    listed = [(row["feature"], row["measure"]) for row in rows(found, "targets.csv")]
    assert listed == [(at_least, "count"), (at_most, "share_permille"), ("age_months", "mean")]
    unknown = {row["column"]: row["unknown_persons"] for row in rows(found, "features.csv")}
    assert unknown == {at_least: "2", at_most: "2", "age_months": "1"}


def test_a_target_for_each_team_becomes_one_row_a_team() -> None:
    young = condition("出生年份>=1980", PERSON_WORDS)
    found = built(
        {"measure": "count", "where": young, "op": ">=", "bound": 1, "scope": "teams",
         "scope_where": condition("班子类型=政府", TEAM_WORDS), "each": "team"},
        {"measure": "count", "where": young, "op": ">=", "bound": 2, "scope": "teams",
         "scope_where": condition("班子类型=政府", TEAM_WORDS),
         "force": "soft", "priority": 1, "weight": 3},
        {"measure": "count", "op": ">=", "bound": 1, "scope": "posts",
         "scope_where": condition("正副职=正职", POST_WORDS), "each": "team"},
    )  # fmt: skip
    listed = [
        (r["target_id"], r["scope_table"], r["scope_column"], r["scope_values"], r["feature"])
        for r in rows(found, "targets.csv")
    ]
    assert listed == [
        ("t0/gov", "teams", "team_id", "gov", "where_t0"),
        ("t0/town", "teams", "team_id", "town", "where_t0"),
        ("t1", "teams", "team_kind", "government", "where_t0"),
        ("t2/party", "teams", "team_id", "party", "one"),
        ("t2/gov", "teams", "team_id", "gov", "one"),
        ("t2/town", "teams", "team_id", "town", "one"),
    ]
    assert [tier.name for tier in found.problem.tiers] == ["fill", "soft-1", "merit"]


def test_protected_columns_are_marked() -> None:
    women = condition("女干部", PERSON_WORDS)
    found = built(
        {"measure": "count", "where": women, "op": ">=", "bound": 1, "citation": "妇女发展纲要"}
    )
    assert found.bundle.settings["protected"] == ["is_woman"]
    assert next(r for r in rows(found, "features.csv"))["protected"] == "1"


def test_tiers_coverage_bands_and_weights_reach_the_problem() -> None:
    found = built(
        coverage=CoverageWish(fields=(condition("熟悉金融", PERSON_WORDS),), gains=(9, 3)),
        age_bands=AgeBands(edges=(0, 552, 1188), excess=-7),
        tiers=("fill", "merit", "soft"),
        level_steps=None,
    )
    fill, merit = found.problem.tiers
    assert (fill.vacancy, fill.displaced) == (-1000, -100)
    assert dict(merit.pair_terms) == {"fit": 1, "moves": -8, "short_term": -15}
    assert merit.coverage is not None
    assert merit.coverage.features == ("knows_finance",)
    assert merit.bands is not None
    assert (merit.bands.edges, merit.bands.seats_per_cap) == ((0, 552, 1188), 3)
    # d's age is not known: counted in the oldest band.
    place = found.problem.persons.index("d")
    assert found.problem.person_features[merit.bands.feature][place] == 1187


def test_exclusions_keep_only_persons_of_the_bundle() -> None:
    kept = [(r["person_a"], r["person_b"]) for r in rows(built(), "exclusions.csv")]
    assert kept == [("a", "b")]


def test_pins_by_name_and_by_id_and_bans_of_no_candidates_are_dropped() -> None:
    found = built(
        decided=(NamedPair(post="市长", person="王二"),),
        pins=(NamedPair(post="2", person="b"), NamedPair(post="书记", person="a")),
        bans=(NamedPair(post="3", person="王二"), NamedPair(post="1", person="b")),
    )
    assert found.bundle.settings["pins"] == [
        {"post_id": "2", "person_id": "b"},
        {"post_id": "1", "person_id": "a"},
    ]
    assert found.bundle.settings["bans"] == [{"post_id": "1", "person_id": "b"}]


def test_every_wrong_pair_is_reported_with_the_reason() -> None:
    pairs = [("书记", "王三"), ("书记", "王四"), ("市长", "王三"), ("3", "d"), ("区长", "王五")]
    with pytest.raises(BadInput) as caught:
        built(pins=tuple(NamedPair(post=post, person=person) for post, person in pairs))
    found = [(p.at.column, p.message.code) for p in caught.value.problems]
    assert found == [
        *((f"pins[{n}]", "plan-build/not-a-candidate") for n in range(4)),
        ("pins[4]", "plan-build/no-such-post"),
        ("pins[4]", "plan-build/no-such-person"),
    ]
    why = [str(p.message.values["why"]) for p in list(caught.value.problems)[:4]]
    assert why == [
        "不符合任职条件",
        "材料不足，无法判断",
        "职务层次等不在本方案考虑范围",
        "未列入审核",
    ]


def test_a_target_that_reaches_no_team_and_an_age_outside_the_bands_are_refused() -> None:
    nowhere = {
        "measure": "count",
        "op": ">=",
        "bound": 1,
        "scope": "teams",
        "scope_where": condition("地区=丙", TEAM_WORDS),
    }
    bands = AgeBands(edges=(0, 650))
    assert codes(nowhere, age_bands=bands) == ["plan-build/no-scope", "plan-build/age-outside"]


def test_written_bundle_reads_back_and_is_the_same_bytes_twice(tmp_path: Path) -> None:
    first = write_built(tmp_path / "one", built())
    second = write_built(tmp_path / "two", built())
    assert first == second == read_problem(tmp_path / "one").sha256
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    assert (tmp_path / "one" / "review.csv").read_text("utf-8") == (
        "post_id,person_id,text\n1,b,任期\n"
    )
