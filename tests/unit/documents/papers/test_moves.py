import pytest
from tests.example_teams import AS_OF, PLAN, example_roster

from banzi.documents.papers.moves import (
    changes_of,
    full_title,
    holds_other_office,
    house_of,
    moves_of,
)
from banzi.kernel.errors import BadInput


def test_movers_are_those_whose_posts_differ_in_order_of_posts_leavers_last() -> None:
    moves = moves_of(house_of(example_roster(), AS_OF), PLAN)
    assert [(m.name, m.to_posts, m.from_posts, m.team_id) for m in moves] == [
        ("孙明", ("shizhang",), ("fushi1",), "party"),
        ("钱文", (), ("shizhang",), "party"),
        ("李芳", ("fushi1",), (), "gov"),
        ("周强", (), ("fushi2",), "gov"),
    ]


def test_who_goes_to_another_seat_of_the_same_title_is_not_moved_in_words() -> None:
    house = house_of(example_roster(), AS_OF)
    assert ("fushi1", "p3") in house.seats
    moves = moves_of(house, [("fushi1", None), ("fushi2", "p3")])
    assert [(m.name, m.to_posts, m.from_posts) for m in moves] == [("周强", (), ("fushi2",))]


def test_a_post_outside_the_problem_moves_nobody() -> None:
    house = house_of(example_roster(), AS_OF)
    assert [m.name for m in moves_of(house, [("fushi2", None)])] == ["周强"]
    assert moves_of(house, [("shuji", "p1")]) == ()


def test_the_form_says_what_is_proposed_and_at_which_date() -> None:
    house = house_of(example_roster(), AS_OF)
    up, leaving, *_rest = moves_of(house, PLAN)
    changes = changes_of(up, house, AS_OF)
    assert changes["proposed_posts_text"] == "云岭市委副书记、市长"
    assert changes["removed_posts_text"] == "云岭市副市长"
    assert changes["age_counted_on"] == "20210701"
    assert "由云岭市副市长转任云岭市委副书记、市长" in changes["appointment_reason"]
    gone = changes_of(leaving, house, AS_OF)
    assert gone["proposed_posts_text"] == ""
    assert "去向另行研究" in gone["appointment_reason"]


def test_a_plan_for_another_roster_is_refused_with_every_stranger_named() -> None:
    house = house_of(example_roster(), AS_OF)
    with pytest.raises(BadInput) as refused:
        moves_of(house, [("nowhere", "p1"), ("shuji", "nobody")])
    codes = [problem.message.code for problem in refused.value.problems]
    assert codes == ["papers/unknown-post", "papers/unknown-person"]


def test_what_must_be_settled_travels_with_the_pair() -> None:
    settling = {("fushi1", "p5"): "须附批复", ("fushi1", "p6"): "不相干"}
    moves = moves_of(house_of(example_roster(), AS_OF), PLAN, settling)
    assert [m.settling for m in moves] == ["", "", "须附批复", ""]


def test_who_enters_from_another_office_is_told_apart_from_who_moves_within() -> None:
    moves = moves_of(house_of(example_roster(), AS_OF), PLAN)
    assert [holds_other_office(move, "某职务") for move in moves] == [False, False, True, False]
    assert not holds_other_office(moves[2], "")


@pytest.mark.parametrize(
    ("post", "organ", "region", "kind", "title"),
    [
        ("市委书记", "中共云岭市委员会", "云岭市", "party_committee", "云岭市委书记"),
        ("副市长", "云岭市人民政府", "云岭市", "government", "云岭市副市长"),
        ("云岭市市长", "云岭市人民政府", "云岭市", "government", "云岭市市长"),
        ("县长", "临溪县人民政府", "临溪县", "government", "临溪县县长"),
        ("局长", "云岭市财政局", "云岭市", "department", "云岭市财政局局长"),
        ("主任", "云岭市教育局", None, "department", "云岭市教育局主任"),
    ],
)
def test_titles_name_their_place_once(
    post: str, organ: str, region: str | None, kind: str, title: str
) -> None:
    assert full_title(post, organ, region, kind) == title
