"""Bands, education and structural requirements over six members, counted by hand.

person  post            born      age at 2026-06  sex  party  highest, full-time, degree
甲      书记 (p)        1968-06   58              男   是     2, 2, 1
乙      县长 (p, and    1979-07   46              女   是     3, 2, 1
        deputy in party)
丙      常委            1984-06   42              男   是     3, 3, 3
丁      副县长1         1985 (month unknown)      女   否     2, 3, none known
戊      副县长2         not known                 —    —      —, —, —
己      调研员          1986-07   39              男   否     1, 0, 0
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders_structure import people_frame
from tests.support.counting import AS_OF, county, county_tables

from banzi.structure.counting.figures import FigureTable, Unit
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.counting.statistics import birth_year_table, statistics_table
from banzi.structure.counting.structural import Aspect, aspect_of, structural_table
from banzi.structure.members import Members, members_of
from banzi.structure.settling import condition
from banzi.structure.targets import Each, Measure, ScopeKind, Target
from banzi.structure.vocabulary import PERSON_WORDS, TEAM_WORDS

SETTINGS = default_settings()
TEAMS = ("party", "gov")


def fact(name: str, age: int | None, year: int | None, woman: Any, party: Any, *tiers: Any) -> dict:
    highest, full_time, degree = tiers
    return {
        "person_id": name, "age_months": None if age is None else 12 * age + 3, "birth_year": year,
        "is_woman": woman, "is_party_member": party, "education_tier": highest,
        "full_time_education_tier": full_time, "full_time_degree_tier": degree,
    }  # fmt: skip


FACTS = [
    fact("甲", 58, 1968, False, True, 2, 2, 1),
    fact("乙", 46, 1979, True, True, 3, 2, 1),
    fact("丙", 42, 1984, False, True, 3, 3, 3),
    fact("丁", None, 1985, True, False, 2, 3, None),
    fact("戊", None, None, None, None, None, None, None),
    fact("己", 39, 1986, False, False, 1, 0, 0),
]


def only_two_teams() -> Any:
    tables = county_tables()
    keep = {f"team-{name}" for name in TEAMS}
    links = [row for row in tables["post_teams"] if row["team_id"] in keep]
    posts = {row["post_id"] for row in links}
    return county(
        teams=[row for row in tables["teams"] if row["team_id"] in keep],
        post_teams=links,
        posts=[row for row in tables["posts"] if row["post_id"] in posts],
        seats=[row for row in tables["seats"] if row["post_id"] in posts],
    )


ROSTER = only_two_teams()
MEMBERS: Members = members_of(ROSTER, people_frame(FACTS), AS_OF)


def shown(table: FigureTable, row: str, *keys: str) -> list[str]:
    units = {column.key: column.unit for column in table.columns}
    return [table.figure(row, key).shown(units[key]) for key in keys]


def ages(table: FigureTable, row: str) -> list[str]:
    return shown(table, row, *[c.key for c in table.columns if c.key.startswith("age:")])


def test_every_member_of_a_team_stands_in_one_age_band() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    # 40岁及以下, 41—45, 46—50, 51—55, 56—60, 61岁及以上, 不详
    assert ages(table, "team-party") == ["0", "1", "1", "0", "1", "0", "0"]
    assert ages(table, "team-gov") == ["1", "0", "1", "0", "0", "0", "2"]
    assert shown(table, "team-gov", "present") == ["4"]


def test_in_the_total_everybody_counts_once_and_a_note_says_so() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    assert shown(table, "total", "present") == ["6"]
    assert ages(table, "total") == ["1", "1", "1", "0", "1", "0", "2"]
    assert any("7人次，实为6人" in note.text() for note in table.notes)


def test_the_mean_age_is_of_those_whose_age_is_known() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    # (46 + 39) years and twice 3 months: 42.75 → 42.8
    assert shown(table, "team-gov", "mean_age") == ["42.8"]
    assert table.persons_behind("team-gov", "mean_age") == ("乙", "己")
    assert any("2人出生年月不详" in note.text() for note in table.notes)


def test_generations_and_about_forty_follow_their_bounds() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    keys = ("generation:70后", "generation:75后", "generation:80后", "young_and_below")
    assert shown(table, "total", *keys) == ["1", "1", "3", "2"]
    assert table.persons_behind("total", "generation:80后") == ("丙", "丁", "己")
    assert table.persons_behind("total", "young_and_below") == ("丙", "己")


def test_the_mayor_is_a_principal_of_the_government_only() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    assert table.persons_behind("team-party", "principals") == ("甲",)
    assert table.persons_behind("team-gov", "principals") == ("乙",)
    assert table.persons_behind("total", "principals") == ("甲", "乙")
    assert table.persons_behind("total", "women_principals") == ("乙",)


def test_education_takes_in_everybody_with_the_unknown_apart() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    highest = [f"highest:{name}" for name in ("postgraduate", "university", "college", "unknown")]
    assert shown(table, "total", *highest) == ["2", "2", "1", "1"]
    full = [f"full_time:{n}" for n in ("doctor", "master", "university", "college", "unknown")]
    assert shown(table, "total", *full) == ["1", "0", "2", "1", "2"]
    young = [key.replace("full_time", "young_full_time") for key in full[:-1]]
    assert shown(table, "total", *young) == ["1", "0", "0", "1"]


def test_women_and_those_outside_the_party_are_counted_with_the_unknown_apart() -> None:
    table = statistics_table(ROSTER, MEMBERS, SETTINGS)
    keys = ("women", "women_unknown", "outside_party", "outside_party_unknown")
    assert shown(table, "total", *keys) == ["2", "1", "2", "1"]
    assert "women_unknown" in [column.key for column in table.columns]


def test_no_column_of_unknown_values_stands_where_all_are_known() -> None:
    facts = [fact(name, 50, 1976, False, True, 2, 2, 1) for name in "甲乙丙丁戊己"]
    members = members_of(ROSTER, people_frame(facts), AS_OF)
    table = statistics_table(ROSTER, members, SETTINGS)
    assert not [column.key for column in table.columns if column.key.endswith("unknown")]


def test_the_table_by_year_of_birth_ends_with_ages_about_and_their_share() -> None:
    table = birth_year_table(ROSTER, MEMBERS, SETTINGS)
    years = ("born:68年生", "born:79年生", "born:84年生", "born:85后", "born:unknown")
    assert shown(table, "total", *years) == ["1", "1", "1", "2", "1"]
    assert shown(table, "total", "around:45岁左右", "around_share:45岁左右") == ["1", "16.7%"]
    assert shown(table, "total", "around:40岁左右", "around_share:40岁左右") == ["2", "33.3%"]
    assert table.persons_behind("total", "around_share:40岁左右") == ("丙", "己")


def test_a_condition_in_the_settings_chooses_the_teams() -> None:
    chosen = SETTINGS.model_copy(update={"teams": "班子类型为政府"})
    table = statistics_table(ROSTER, MEMBERS, chosen)
    assert [row.key for row in table.rows] == ["team-gov", "total"]
    nobody = SETTINGS.model_copy(update={"teams": "班子类型为法院"})
    assert statistics_table(ROSTER, MEMBERS, nobody).rows == ()


def test_several_teams_of_a_kind_have_a_subtotal() -> None:
    tables, more = county_tables(), county_tables("二", 10)
    both = county(**{name: [*tables[name], *more[name]] for name in tables})
    people = people_frame([{"person_id": name} for name in both["persons"]["person_id"]])
    table = statistics_table(both, members_of(both, people, AS_OF), SETTINGS)
    keys = [row.key for row in table.rows]
    assert keys[:3] == ["team-party", "二team-party", "subtotal:县级党委班子"]
    assert table.figure("subtotal:县级党委班子", "present").value == 6
    assert table.row("team-party").group == "县级党委班子"


def target(where: str, bound: int, **more: Any) -> Target:
    facts = {"id": where, "title": where, "measure": Measure.COUNT, "op": ">=", "bound": bound}
    facts |= {"scope": ScopeKind.TEAMS, "each": Each.TEAM, "where": condition(where, PERSON_WORDS)}
    return Target.model_validate(facts | more)


def test_a_requirement_is_held_against_each_team_and_not_netted() -> None:
    table = structural_table(MEMBERS, [target("女干部为是", 1), target("中共党员为否", 1)])
    women = [f"women_{key}" for key in ("allowed", "actual", "short")]
    assert shown(table, "县级党委班子", *women) == ["1", "1", "0"]
    assert shown(table, "县级政府班子", *women) == ["1", "2", "0"]
    outside = [f"outside_party_{key}" for key in ("allowed", "actual", "short")]
    assert shown(table, "县级党委班子", *outside) == ["1", "0", "1"]
    assert shown(table, "total", *outside) == ["2", "2", "1"]
    assert table.row("县级党委班子").texts["short_teams"] == "缺党外干部1名：party班子"


def test_somebody_unknown_leaves_a_shortage_open() -> None:
    table = structural_table(MEMBERS, [target("女干部为是", 3)])
    assert shown(table, "县级政府班子", "women_short", "women_unknown") == ["不详", "1"]
    assert shown(table, "县级党委班子", "women_short") == ["2"]


def test_without_a_target_nothing_is_required_or_short() -> None:
    table = structural_table(MEMBERS, [])
    assert shown(table, "total", "women_allowed", "women_actual", "women_short") == ["", "3", ""]
    assert any("目标文件" in note.text() for note in table.notes)
    assert not [column for column in table.columns if column.key.startswith("minority")]


def test_a_share_asks_for_whole_persons_and_a_joint_target_has_its_own_row() -> None:
    share = target("女干部为是", 300, measure=Measure.SHARE, id="a", title="女干部不少于三成")
    joint = target("少数民族干部为是", 2, each=Each.TOGETHER, id="b", title="少数民族合计2名")
    table = structural_table(MEMBERS, [share, joint])
    assert shown(table, "县级政府班子", "women_allowed") == ["2"], "30% of four"
    row = table.row("少数民族合计2名")
    assert row.figures["minority_allowed"].value == 2
    assert row.figures["minority_short"].is_open, "nobody's ethnicity is known"


def test_a_requirement_on_teams_that_are_not_there_has_no_row() -> None:
    court = condition("班子类型为法院", TEAM_WORDS)
    asked = target("女干部为是", 1, each=Each.TOGETHER, scope_where=court)
    assert [row.key for row in structural_table(MEMBERS, [asked]).rows][-1] == "total"


@pytest.mark.parametrize(
    ("where", "aspect"),
    [
        ("女干部为是", Aspect.WOMEN),
        ("性别为女", Aspect.WOMEN),
        ("中共党员为否", Aspect.OUTSIDE_PARTY),
        ("民族不为汉族", Aspect.MINORITY),
        ("女干部为是 且 出生年份>=1980", None),
        ("政治面貌为民建", None),
        ("出生年份>=1980", None),
    ],
)
def test_a_target_is_read_by_what_its_condition_means(where: str, aspect: Aspect | None) -> None:
    assert aspect_of(condition(where, PERSON_WORDS)) is aspect


def test_a_team_condition_is_no_requirement_on_persons() -> None:
    assert condition("班子类型为政府", TEAM_WORDS) is not None
    assert aspect_of(None) is None


def test_a_share_of_nobody_is_blank() -> None:
    empty = members_of(county(seats=[]), people_frame(FACTS), AS_OF)
    table = birth_year_table(county(seats=[]), empty, SETTINGS)
    assert table.figure("total", "around_share:45岁左右").shown(Unit.SHARE) == ""
    assert table.figure("total", "mean_age").shown(Unit.MEAN_AGE) == ""
