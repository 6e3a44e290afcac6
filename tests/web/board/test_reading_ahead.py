"""What a refused card asks for is read when the board opens, once, and beside the page."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.accounts import clerk, signed_in
from tests.support.boards import small_board

from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.board import verdicts
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was judged, in place of judging it."""
    found: list[Any] = []
    monkeypatch.setattr(verdicts, "explain", lambda *asked: found.append(asked))
    return found


def test_a_pair_is_judged_once_for_the_records_as_they_are(judged: list[Any]) -> None:
    table = small_board(clerk(Verb.VIEW, Verb.EDIT))
    first = verdicts.ready(table.desk)
    first.join()
    assert verdicts.ready(table.desk) is first
    ((roster, day, person, post),) = judged
    assert (day, person) == (table.desk.problem.as_of, table.desk.problem.persons[0])
    assert post == table.desk.problem.posts[0].post_id
    assert "left_out" in vars(table.desk)
    with act("test.name", by=None):
        RECORDS["persons"]._default_manager.filter(pk=person).update(name="甲一一")
    verdicts.ready(table.desk).join()
    assert len(judged) == 2
    assert judged[1][0] is not roster


def test_what_cannot_be_judged_ahead_keeps_no_board_shut(
    monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    def broken(*_asked: object) -> None:
        raise ValueError

    monkeypatch.setattr(verdicts, "explain", broken)
    leader = clerk(Verb.VIEW, Verb.EDIT)
    table = small_board(leader)
    assert signed_in(client, leader).get(f"/board/draft/{table.draft.pk}/").status_code == 200
    reading = verdicts.ready(table.desk)
    reading.join()
    assert not reading.is_alive()
