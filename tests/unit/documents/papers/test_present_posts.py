"""现任职务 after 任免: what is given up goes, what is taken up stands in its place, the rest stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.documents.papers.present_posts import reworded

MAYOR = ("云岭市委副书记、市长", frozenset({"云岭市委副书记、市长", "市委副书记、市长"}))
DEPUTY = ("云岭市副市长", frozenset({"云岭市副市长", "副市长"}))


@pytest.mark.parametrize(
    ("text", "removed", "taken", "after"),
    [
        ("云岭市委副书记、市长", [MAYOR], ["云岭市委书记"], "云岭市委书记"),
        ("云岭市委副书记、市人民政府市长", [MAYOR], ["云岭市委书记"], "云岭市委书记"),
        ("中共云岭市委副书记、市长", [MAYOR], [], ""),
        ("云岭市人民政府副市长，云岭市红十字会会长", [DEPUTY], ["云岭市市长"], "云岭市市长，云岭市红十字会会长"),
        ("云岭市委常委、副市长", [DEPUTY], [], "云岭市委常委"),
        ("云岭市财政局党组书记、局长", [], ["云岭市副市长"], "云岭市财政局党组书记、局长，云岭市副市长"),
        ("", [], ["云岭市副市长"], "云岭市副市长"),
    ],
)  # fmt: skip
def test_offices_are_taken_out_and_put_in(
    text: str, removed: list[tuple[str, frozenset[str]]], taken: list[str], after: str
) -> None:
    assert reworded(text, removed, taken)[0] == after


@pytest.mark.parametrize(
    ("text", "removed", "code"),
    [
        ("云岭市财政局局长", [], "papers/office-kept"),
        ("云岭市政府主要负责人", [MAYOR], "papers/office-reworded"),
        ("云岭市甲局局长，云岭市乙局局长", [MAYOR], "papers/office-not-found"),
        ("云岭市副市长", [DEPUTY], "papers/office-none-left"),
    ],
)
def test_what_a_person_should_look_at_is_said(
    text: str, removed: list[tuple[str, frozenset[str]]], code: str
) -> None:
    taken = [] if code == "papers/office-none-left" else ["云岭市政协主席"]
    _after, notes = reworded(text, removed, taken)
    assert [note.code for note in notes] == [code]


OFFICES = st.sampled_from(("云岭市副市长", "临溪县县长", "云岭市财政局局长", "云岭市人大代表"))


@given(st.lists(OFFICES, unique=True, min_size=1), st.data())
def test_what_is_not_decided_about_stays_in_its_order(
    offices: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(offices))
    after, _notes = reworded("，".join(offices), [(gone, frozenset({gone}))], ["云岭市政协主席"])
    kept = [each for each in offices if each != gone]
    assert [each for each in after.split("，") if each != "云岭市政协主席"] == kept
    assert after.count("云岭市政协主席") == 1
