"""Plans at the API: sealed ones for those named only, persons out of sight not named.

That they are not counted either is tested with the board's own pages (`board/test_seeing`).
"""

import pytest
from tests.support.accounts import account, clerk, grant
from tests.support.boards import PERSONS, small_board
from tests.support.tokens import API, ask, asking

from banzi.web.audit.acts import act
from banzi.web.board.models import Placement, Project, Reader

pytestmark = pytest.mark.django_db


def test_a_sealed_project_is_told_to_those_named_for_it() -> None:
    owner, named, other = clerk(), clerk(), clerk()
    table = small_board(owner, sealed=True)
    with act("test.reader", by=None):
        Reader.objects.create(project=table.project, account=named, stage=table.project.stage)
    for who in (owner, named):
        assert [each["number"] for each in ask(asking(who), "plans")["items"]] == [table.project.pk]
    client = asking(other)
    assert ask(client, "plans")["count"] == 0
    hidden = client.get(f"{API}/plans/{table.project.pk}")
    nobody = client.get(f"{API}/plans/{Project.objects.count() + 99}")
    assert (hidden.status_code, hidden.content) == (404, nobody.content)
    ask(client, f"plans/drafts/{table.draft.pk}", 404)


def test_a_draft_names_those_in_sight() -> None:
    owner, partly = clerk(), account()
    table = small_board(owner)
    grant(partly, organ="yun")
    with act("test.place", by=None):
        for post, person in (("p1", "person-0"), ("p2", "person-2")):
            Placement.objects.create(draft=table.draft, post_id=post, person_id=person)
    whole = ask(asking(owner), f"plans/drafts/{table.draft.pk}")
    named = {each["post_id"]: each["name"] for each in whole["posts"]}
    assert named == {"p1": PERSONS[0], "p2": PERSONS[2], "g1": None, "g2": None}
    assert [(each["target_id"], each["missing"]) for each in whole["figures"]] == [("women", 1)]
    part = ask(asking(partly), f"plans/drafts/{table.draft.pk}")
    told = {each["post_id"]: (each["name"], each["is_hidden"]) for each in part["posts"]}
    assert told["p1"] == (PERSONS[0], False)
    assert told["p2"] == (None, True)
    assert told["g1"] == (None, False)
    assert PERSONS[2] not in str(part)
