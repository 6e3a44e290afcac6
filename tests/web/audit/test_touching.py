"""What acts changed is asked once for questions that follow one another, and anew afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.standing_area import area as area

from banzi.roster import Roster
from banzi.web.audit.acts import act
from banzi.web.audit.touching import last_touching, one_look
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


def test_one_look_serves_every_question_inside(
    area: Roster, django_assert_num_queries: Any
) -> None:
    last_touching({"persons"})
    with django_assert_num_queries(1), one_look():
        first = last_touching({"persons"})
        with one_look():
            assert last_touching({"persons"}) == first
        assert last_touching({"persons", "seats"}) == first
    with django_assert_num_queries(2):
        last_touching({"persons"})
        last_touching({"persons"})


def test_what_an_act_changed_is_seen_by_the_next_look(area: Roster) -> None:
    with one_look():
        before = last_touching({"persons"})
    person = area["persons"]["person_id"][0]
    with act("test.change", by=None, person_id=person):
        RECORDS["persons"]._default_manager.filter(pk=person).update(birth=19880500)
    with one_look():
        assert last_touching({"persons"}) != before


def test_a_look_that_fails_leaves_nothing_behind(
    area: Roster, django_assert_num_queries: Any
) -> None:
    with pytest.raises(RuntimeError), one_look():
        last_touching({"persons"})
        raise RuntimeError
    with django_assert_num_queries(1):
        last_touching({"persons"})
