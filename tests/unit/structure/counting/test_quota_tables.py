"""Quota against actual, computed by hand in `tests.support.counting`."""

from __future__ import annotations

import pytest
from tests.support.counting import AS_OF, county, county_tables, with_values

from banzi.roster import Roster
from banzi.structure.counting.area_teams import area_table
from banzi.structure.counting.establishments import establishment_table
from banzi.structure.counting.figures import FigureTable, Unit
from banzi.structure.counting.filling import Filling
from banzi.structure.counting.institutions import institution_table
from banzi.structure.counting.quotas import quota_table
from banzi.structure.counting.reading_settings import default_settings
from banzi.teams.choices import RegionTier

SETTINGS = default_settings()
FOUR = ("allowed", "actual", "over", "short")


def shown(table: FigureTable, row: str, part: str) -> list[str]:
    return [table.figure(row, f"{part}_{key}").shown(Unit.COUNT) for key in FOUR]


def notes(table: FigureTable) -> str:
    return "\n".join(note.text() for note in table.notes)


def test_each_organ_is_held_against_its_quota() -> None:
    table = quota_table(county(), AS_OF, SETTINGS)
    assert shown(table, "party", "all") == ["4", "3", "0", "1"]
    assert shown(table, "party", "principal") == ["1", "1", "0", "0"]
    assert shown(table, "party", "deputy") == ["3", "2", "0", "1"]
    assert shown(table, "gov", "all") == ["2", "3", "1", "0"]
    assert shown(table, "gov", "deputy") == ["1", "2", "1", "0"]


def test_a_quota_nobody_entered_is_blank_and_not_zero() -> None:
    table = quota_table(county(), AS_OF, SETTINGS)
    assert shown(table, "congress", "principal") == ["", "1", "", ""]
    assert shown(table, "procuratorate", "all") == ["", "1", "", ""]
    assert "未登记数额" in notes(table)
    assert "congress" in notes(table)


def test_who_may_take_up_a_place_stands_apart_and_leaves_open_what_depends_on_it() -> None:
    table = quota_table(county(), AS_OF, SETTINGS)
    assert shown(table, "cppcc", "deputy") == ["2", "0", "0", "不详"]
    assert shown(table, "cppcc", "principal") == ["1", "1", "0", "0"]
    assert table.persons_behind("cppcc", "unknown") == ("壬",)
    assert table.figure("total", "unknown").value == 1


def test_the_total_adds_up_what_is_known_and_says_what_it_leaves_out() -> None:
    table = quota_table(county(), AS_OF, SETTINGS)
    # 4 + 2 + 3 + 3 + (1 principal only: court 1+2) are 12; 实配 3+3+1+1+1+1.
    assert shown(table, "total", "all") == ["12", "10", "1", "3"]
    assert "10人次、9人" in notes(table), "县长 takes up a place of the committee too"
    assert "cppcc" in notes(table)


def test_every_figure_names_the_persons_or_posts_behind_it() -> None:
    table = quota_table(county(), AS_OF, SETTINGS)
    assert table.persons_behind("party", "deputy_actual") == ("乙", "丙")
    assert table.persons_behind("gov", "deputy_over") == ("丁", "戊")
    assert table.figure("party", "deputy_short").posts == ("常委2",)
    frame = table.frame()
    row = frame.filter((frame["row"] == "gov") & (frame["column"] == "deputy_over"))
    assert row["value"].to_list() == [1.0]
    assert row["persons"].to_list() == [["丁", "戊"]]


def test_a_post_that_takes_up_no_quota_counts_nowhere() -> None:
    table = quota_table(county(), AS_OF, SETTINGS)
    everybody = {person for row in table.rows for person in row.figures["all_actual"].persons}
    assert "己" not in everybody


def test_the_head_of_a_second_team_counts_as_said() -> None:
    links = with_values(
        county_tables()["post_teams"], "team_id", **{"team-party": {"role_in_team": "principal"}}
    )
    only_mayor = [
        row if row["post_id"] == "县长" else {**row, "role_in_team": None} for row in links
    ]
    table = quota_table(county(post_teams=only_mayor), AS_OF, SETTINGS)
    assert shown(table, "party", "principal") == ["1", "2", "1", "0"]
    assert table.persons_behind("party", "deputy_actual") == ("丙",)


def test_two_posts_of_one_person_in_one_organ_take_up_one_place() -> None:
    seats = [
        *county_tables()["seats"],
        {"seat_no": 99, "post_id": "常委2", "person_id": "甲", "started_on": 20240100},
    ]
    table = quota_table(county(seats=seats), AS_OF, SETTINGS)
    assert shown(table, "party", "principal") == ["1", "1", "0", "0"]
    assert shown(table, "party", "deputy") == ["3", "2", "0", "1"]


def test_a_roster_without_organs_gives_an_empty_table() -> None:
    for make in (quota_table, establishment_table):
        table = make(Roster(AS_OF), AS_OF, SETTINGS)
        assert table.rows == ()
        assert "没有可列的机构" in notes(table)


@pytest.mark.parametrize(
    ("allowed", "sure", "doubtful", "over", "short"),
    [
        (3, 2, 0, "0", "1"),
        (3, 4, 0, "1", "0"),
        (3, 2, 1, "0", "不详"),
        (3, 3, 1, "不详", "0"),
        (3, 2, 2, "不详", "不详"),
        (0, 0, 0, "0", "0"),
        (None, 2, 1, "", ""),
    ],
)
def test_over_and_short_are_said_only_where_they_are_certain(
    allowed: int | None, sure: int, doubtful: int, over: str, short: str
) -> None:
    filling = Filling(allowed, tuple("甲乙丙丁"[:sure]), tuple("子丑"[:doubtful]))
    assert (filling.over.shown(Unit.COUNT), filling.short.shown(Unit.COUNT)) == (over, short)


def test_an_area_has_its_four_teams_and_two_heads_in_one_row() -> None:
    table = area_table(county(), AS_OF, SETTINGS)
    (row, total) = table.rows
    assert row.key == "县"
    counts = {key: figure.shown(Unit.COUNT) for key, figure in row.figures.items()}
    assert [counts[f"{kind}_allowed"] for kind in ("party_committee", "government")] == ["4", "2"]
    assert counts["peoples_congress_allowed"] == ""
    assert counts["all_actual"] == "8"
    assert (counts["heads_allowed"], counts["heads_actual"]) == ("2", "1")
    short = [
        counts[f"{kind}_short"]
        for kind in (
            "party_committee", "government", "peoples_congress",
            "consultative_conference", "court", "procuratorate",
        )
    ]  # fmt: skip
    assert short == ["1", "0", "", "不详", "1", "0"]
    assert row.texts["vacant"] == "常委2；院长"
    assert row.texts["remarks"] == "政府超配1名、政协缺配不能确定"
    assert total.figures["court_short"].value == 1
    assert "县" in notes(table)


def test_an_area_where_nothing_is_short_lists_no_vacant_post() -> None:
    organs = with_values(
        county_tables()["organs"],
        "organ_id",
        party={"deputy_quota": 2},
        court={"principal_quota": 0},
    )
    row = area_table(county(organs=organs), AS_OF, SETTINGS).rows[0]
    assert row.texts["vacant"] == ""


def test_areas_of_another_tier_are_left_out_and_the_table_says_so() -> None:
    organs = [{**row, "region_tier": "prefecture"} for row in county_tables()["organs"]]
    table = area_table(county(organs=organs), AS_OF, SETTINGS)
    assert table.rows == ()
    assert "县级" in notes(table)
    wide = SETTINGS.model_copy(update={"area_tiers": (RegionTier.PREFECTURE,)})
    assert area_table(county(organs=organs), AS_OF, wide).rows[0].key == "县"


def enterprise(technical: int | None) -> Roster:
    organ = {
        "organ_id": "q", "organ_name": "青河集团", "organ_category": "国有企业",
        "principal_quota": 1, "deputy_quota": 2, "technical_head_quota": technical,
    }  # fmt: skip
    posts = (("董事长", "principal", True), ("副总经理", "deputy", True), ("总工程师", "deputy", True),
             ("工会主席", "deputy", False), ("总会计师", "deputy", True))  # fmt: skip
    return Roster.of(
        AS_OF,
        persons=[{"person_id": name, "name": name} for name in "甲乙丙丁"],
        organs=[organ, {"organ_id": "o", "organ_name": "某局", "organ_category": "行政机关"}],
        teams=[{"team_id": "t", "team_name": "集团班子", "team_kind": "other", "organ_id": "q"}],
        posts=[
            {"post_id": name, "post_name": name, "organ_id": "q", "role": role,
             "counts_against_quota": counts, "display_order": number}
            for number, (name, role, counts) in enumerate(posts)
        ],
        post_teams=[{"post_id": name, "team_id": "t", "team_order": 1} for name, *_rest in posts],
        seats=[
            {"seat_no": number, "post_id": post[0], "person_id": person, "started_on": 20230600}
            for number, (post, person) in enumerate(zip(posts, "甲乙丙丁", strict=False))
        ],
    )  # fmt: skip


def test_an_enterprise_counts_its_technical_heads_apart() -> None:
    table = institution_table(enterprise(3), AS_OF, SETTINGS)
    assert [row.key for row in table.rows] == ["q", "total"]
    row = table.rows[0]
    counts = {key: figure.shown(Unit.COUNT) for key, figure in row.figures.items()}
    assert [counts[f"{part}_allowed"] for part in ("all", "principal", "deputy", "technical_head")] == [
        "6", "1", "2", "3",
    ]  # fmt: skip
    assert [counts[f"{part}_actual"] for part in ("all", "principal", "deputy", "technical_head")] == [
        "3", "1", "1", "1",
    ]  # fmt: skip
    assert counts["outside"] == "1"
    assert (counts["principal_short"], counts["deputy_short"]) == ("0", "1")
    assert row.texts["vacant"] == "总会计师"
    assert table.persons_behind("q", "outside") == ("丁",)


def test_without_a_quota_of_their_own_technical_heads_take_places_of_deputies() -> None:
    table = institution_table(enterprise(None), AS_OF, SETTINGS)
    assert table.figure("q", "deputy_actual").value == 2
    assert table.figure("q", "technical_head_actual").shown(Unit.COUNT) == ""


def test_a_roster_without_institutions_says_which_words_were_looked_for() -> None:
    table = institution_table(county(), AS_OF, SETTINGS)
    assert table.rows == ()
    assert "企业" in notes(table)
