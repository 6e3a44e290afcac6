"""The person and the post a user means: by identifier, name or ID number, or a helpful refusal."""

from __future__ import annotations

import pytest
from tests.builders import person, roster

from banzi.cli.choosing import find_post
from banzi.documents.selecting import PersonIndex, one_person
from banzi.kernel.errors import BanziError
from banzi.roster import Roster


@pytest.fixture(scope="module")
def office() -> Roster:
    post = {"role": "deputy"}
    return roster(
        persons=[
            {**person("王一"), "person_id": "p1", "id_number": "11010519750312001X"},
            {**person("李二"), "person_id": "p2", "birth": 19750300},
            {**person("李二"), "person_id": "p3", "current_posts_text": "乙局局长"},
        ],
        organs=[
            {"organ_id": "o1", "organ_name": "甲县政府"},
            {"organ_id": "o2", "organ_name": "乙县政府"},
        ],
        posts=[
            {"post_id": "s1", "post_name": "副县长", "organ_id": "o1", **post},
            {"post_id": "s2", "post_name": "副县长", "organ_id": "o2", **post},
            {"post_id": "s3", "post_name": "县长助理", "organ_id": "o2", **post},
        ],
    )


def find_person(office: Roster, typed: str) -> str:
    return one_person(typed, PersonIndex(office))


@pytest.mark.parametrize(
    "typed", ["p1", "王一", " 王　一", "11010519750312001x", "王一 11010519750312001X"]
)
def test_a_person_is_found_however_named(office: Roster, typed: str) -> None:
    assert find_person(office, typed) == "p1"


@pytest.mark.parametrize(
    ("typed", "post"), [("s1", "s1"), ("乙县政府副县长", "s2"), ("县长助理", "s3")]
)
def test_a_post_is_found_however_named(office: Roster, typed: str, post: str) -> None:
    assert find_post(office, typed) == post


@pytest.mark.parametrize(
    ("find", "typed", "code", "names"),
    [
        (find_person, "李二", "selection/several-persons", ["p2", "1975.03", "p3", "乙局局长"]),
        (find_person, "王二", "selection/no-such-person", ["王一"]),
        (find_post, "副县长", "eligibility/several-posts", ["s1（甲县政府副县长）", "s2"]),
        (find_post, "县长助手", "eligibility/no-such-post", ["县长助理"]),
    ],
)
def test_what_is_not_one_is_refused_with_what_to_type_instead(
    office: Roster, find, typed: str, code: str, names: list[str]
) -> None:
    with pytest.raises(BanziError) as caught:
        find(office, typed)
    assert caught.value.message.code == code
    assert all(name in caught.value.message.text() for name in names)
