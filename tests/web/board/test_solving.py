"""The solver finishes a draft; what people changed meanwhile is not lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.support.boards import FULL, Table, fill_seats, sign

from banzi.web.accounts.models import Account
from banzi.web.audit.models import Act
from banzi.web.board import work
from banzi.web.board.desk import placed_in
from banzi.web.board.models import Draft, DraftState, WishKind
from banzi.web.board.moving import place, release, wish
from banzi.web.jobs.claiming import claim, new_owner
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.running import run

pytestmark = pytest.mark.django_db


def solved(
    table: Table, by: Account, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]
) -> Job:
    """The job after its end; something happens when the plan is found and not yet written."""
    found = work.solve

    def then(*given: Any, **named: Any) -> Any:
        plan = found(*given, **named)
        meanwhile()
        return plan

    monkeypatch.setattr(work, "solve", then)
    asked = enqueue("board.solve", {"draft": table.draft.pk, "seconds": 30, "keep": False}, by=by)
    taken = claim(new_owner())
    assert taken is not None
    run(taken)
    asked.refresh_from_db()
    assert asked.state == JobState.DONE, asked.problems
    return asked


def test_a_plan_is_taken_onto_a_draft_that_nobody_touched(
    table: Table, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = solved(table, owner, monkeypatch, lambda: None)
    assert job.result is not None
    assert job.result["draft"] == table.draft.pk
    assert len(placed_in(table.draft)) == 4
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("what", ["place", "release", "pin", "ban"])
def test_what_people_changed_while_it_solved_stays_and_the_plan_stands_beside(
    table: Table, owner: Account, client: Client, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Seen before: the plan wrote over cards that had been moved since, without a word."""
    place(table.draft, table.desk, "person-3", "p2", by=owner)
    wish(table.draft, table.desk, WishKind.PIN, "p2", "person-3", by=owner)
    place(table.draft, table.desk, "person-4", "p1", by=owner)
    draft, desk = table.draft, table.desk
    changes: dict[str, Callable[[], object]] = {
        "place": lambda: place(draft, desk, "person-2", "g1", by=owner),
        "release": lambda: release(draft, desk, "person-4", by=owner),
        "pin": lambda: wish(draft, desk, WishKind.PIN, "p1", "person-4", by=owner),
        "ban": lambda: wish(draft, desk, WishKind.BAN, "g2", "person-1", by=owner),
    }
    left: dict[str, Any] = {}

    def meanwhile() -> None:
        changes[what]()
        left.update(
            placed=placed_in(draft), wishes=set(draft.wishes.values_list("kind", "post_id"))
        )

    job = solved(table, owner, monkeypatch, meanwhile)
    assert placed_in(draft) == left["placed"]
    assert set(draft.wishes.values_list("kind", "post_id")) == left["wishes"]
    draft.refresh_from_db()
    assert draft.proof == ""
    made = Draft.objects.exclude(pk=draft.pk).get()
    assert len(placed_in(made)) == 4
    assert placed_in(made)["p2"] == "person-3"
    assert set(made.wishes.values_list("kind", "post_id")) == {("pin", "p2")}, "as when it began"
    assert made.proof
    assert made.name == f"{draft.name}（求解结果）"
    assert job.result is not None
    page = client.get(job.result["address"]).content.decode()
    assert "求解期间" in page
    differ = [post for post in FULL if placed_in(made).get(post) != left["placed"].get(post)]
    assert differ
    for post in differ:
        assert f"<td>{desk.title_of(post)}</td>" in page
    assert Act.objects.order_by("-seq")[0].verb == "board.draft"
    assert not Act.objects.filter(verb="board.fill").exists()


def test_a_draft_signed_while_it_solved_stays_signed_and_the_plan_is_kept(
    table: Table, leader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_seats(table, leader)
    job = solved(table, leader, monkeypatch, lambda: sign(table, leader))
    table.draft.refresh_from_db()
    assert table.draft.state == DraftState.SIGNED
    assert placed_in(table.draft) == FULL
    assert job.result is not None
    assert Draft.objects.get(pk=job.result["draft"]).state == DraftState.OPEN
