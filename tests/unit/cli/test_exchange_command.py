"""`banzi exchange`, run as its user runs it: packed, shown, compared, taken in item by item."""

import json

import pytest
from tests.support.answering import answer, listed
from tests.support.exchanging import DAY, city

from banzi.roster import TABLES, load_roster, save_roster
from banzi.roster.difference import roster_changes

COMMAND = ("exchange",)

PEOPLE = [
    ("P1", "east", {"name": "欧甲", "current_posts_text": "东县县委书记"}),
    ("P2", "east-bureau", {"name": "阳乙"}),
    ("P3", "west", {"name": "司丙"}),
]


@pytest.fixture
def county(tmp_path):
    save_roster(city(PEOPLE), tmp_path / "县")
    return tmp_path / "县"


@pytest.fixture
def package(banzi, county, tmp_path):
    path = tmp_path / "包.zip"
    code, said, _err = banzi(
        "pack", county, "--scope", "东县县委", "--out", path, "--from", "东县", "--purpose", "换届"
    )
    assert code == 0
    assert "（2人、2个机构、2张照片，基准日2026-06-30）" in said
    return path


def test_show_says_who_gives_what_to_whom(banzi, package):
    code, said, _err = banzi("show", package)
    assert code == 0
    assert "东县→未填，用途：换届" in said
    assert "范围：东县县委" in said
    assert "校验值" in said


def test_nothing_is_written_until_answers_are_applied_and_then_only_those(banzi, package, tmp_path):
    people = [("P1", "east", {"name": "欧甲", "current_posts_text": "旧"}), PEOPLE[2]]
    save_roster(city(people), tmp_path / "市")
    before = load_roster(tmp_path / "市")
    out = tmp_path / "核对.xlsx"
    code, said, _err = banzi("merge", package, "--roster", tmp_path / "市", "--out", out)
    assert code == 1
    assert "新增人员1人" in said
    assert roster_changes(before, load_roster(tmp_path / "市")) == []
    assert ("阳乙", "新增人员") in {(row["人员"], row["栏目"]) for row in listed(out)}
    answer(out, {("欧甲", "现任职务"): ("用表二", ""), ("阳乙", "新增人员"): ("不改", "")})
    assert "将采用1项" in banzi("apply", out, "--dry-run")[1]
    assert banzi("apply", out)[0] == 0
    changes = roster_changes(before, load_roster(tmp_path / "市"))
    assert [(each.column, each.old, each.new) for each in changes] == [
        ("current_posts_text", "旧", "东县县委书记")
    ]
    (kept,) = tmp_path.glob("市-原件-*")
    assert roster_changes(before, load_roster(kept)) == []
    code, _out, err = banzi("apply", out)
    assert code == 2
    assert "exchange/changed-since" in err


def test_a_new_roster_is_made_of_what_is_prefilled(banzi, package, county, tmp_path):
    out, new = tmp_path / "核对.xlsx", tmp_path / "新"
    assert banzi("merge", package, "--roster", new, "--out", out, "--prefill-new")[0] == 1
    assert not new.exists()
    assert banzi("apply", out)[0] == 0
    made = load_roster(new)
    assert sorted(made["persons"]["name"]) == ["欧甲", "阳乙"]
    assert made.as_of == DAY
    assert len(made.photos) == 2
    again = banzi("merge", package, "--roster", new, "--out", tmp_path / "再.xlsx")
    assert again[0] == 0
    assert "没有差异" in again[1]
    assert banzi("merge", package, "--roster", county, "--out", tmp_path / "原.xlsx")[0] == 0


def test_a_person_without_the_organ_of_the_post_is_not_taken_in(banzi, package, tmp_path):
    out, new = tmp_path / "核对.xlsx", tmp_path / "新"
    banzi("merge", package, "--roster", new, "--out", out)
    answer(out, {("阳乙", "新增人员"): ("用表二", "")})
    code, _out, err = banzi("apply", out)
    assert code == 2
    assert "exchange/incomplete" in err
    assert not new.exists()


def test_completeness_is_not_taken_without_what_it_speaks_of(banzi, package, tmp_path):
    whole = city(PEOPLE)
    frames = {name: TABLES[name].empty() for name in ("sanctions", "completeness")}
    save_roster(whole.with_tables(**frames), tmp_path / "市")
    out = tmp_path / "核对.xlsx"
    banzi("merge", package, "--roster", tmp_path / "市", "--out", out)
    (field,) = {row["栏目"] for row in listed(out) if row["栏目"].startswith("完整性说明")}
    answer(out, {("欧甲", field): ("用表二", "")})
    code, _out, err = banzi("apply", out)
    assert code == 2
    assert "exchange/completeness-alone" in err


def test_left_out_classes_are_silence_not_absence(banzi, county, tmp_path):
    path = tmp_path / "少.zip"
    code, said, _err = banzi(
        "pack", county, "--scope", "east", "--out", path, "--without", "sanctions",
        "--without", "photos", "--json",
    )  # fmt: skip
    assert code == 0
    assert json.loads(said)["photos"] == 0
    shown = json.loads(banzi("show", path, "--json")[1])
    assert "sanctions" not in shown["rows"]
    assert "completeness" not in shown["rows"]  # nobody may read "no sanctions" out of it
    code, said, _err = banzi("merge", path, "--roster", county, "--out", tmp_path / "核对.xlsx")
    assert code == 0
    assert "没有差异" in said


def test_wrong_words_and_places_are_named(banzi, county, package, tmp_path):
    out = tmp_path / "b.zip"
    assert "exchange/no-such-organ" in banzi("pack", county, "--scope", "南县", "--out", out)[2]
    assert (
        "--without" in banzi("pack", county, "--scope", "east", "--out", out, "--without", "x")[2]
    )
    assert banzi("pack", county, "--scope", "east", "--out", tmp_path / "b.rar")[0] == 2
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "a.txt").write_text("x", encoding="utf-8")
    code, _out, err = banzi(
        "merge", package, "--roster", tmp_path / "别的", "--out", tmp_path / "c.xlsx"
    )
    assert code == 2
    assert "import/not-a-roster-folder" in err
    assert not out.exists()


def test_a_list_taken_over_keeps_our_own_links_to_officials(banzi, county, tmp_path):
    """The package has no link to the west; we know who the brother is and go on knowing."""
    relatives = [
        {"person_id": "P1", "relative_no": number, "relation_text": relation, "name": name}
        for number, (relation, name) in enumerate((("兄", "司丙"), ("妻", "某某")), start=1)
    ]
    ours = [{**relatives[0], "relative_person_id": "P3", "is_linked": True}]
    whole = city(PEOPLE)
    table = TABLES["relatives"]
    save_roster(whole.with_tables(relatives=table.frame(relatives)), county)
    save_roster(whole.with_tables(relatives=table.frame(ours)), tmp_path / "市")
    path, out = tmp_path / "包.zip", tmp_path / "核对.xlsx"
    banzi("pack", county, "--scope", "east", "--out", path)
    banzi("merge", path, "--roster", tmp_path / "市", "--out", out)
    answer(out, {("欧甲", "家庭成员及社会关系（整项）"): ("用表二", "")})
    assert banzi("apply", out)[0] == 0
    made = load_roster(tmp_path / "市")["relatives"].sort("relative_no")
    assert made["name"].to_list() == ["司丙", "某某"]
    assert made["relative_person_id"].to_list() == ["P3", None]
    assert banzi("merge", path, "--roster", tmp_path / "市", "--out", tmp_path / "再.xlsx")[0] == 0
