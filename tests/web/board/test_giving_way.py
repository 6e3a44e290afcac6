"""No plan is possible: what clashes is said, and a way out becomes a version of its own."""

import pytest
from django.test import Client
from tests.support.boards import Table, small_board
from tests.support.staffing_bundles import target

from banzi.web.accounts.models import Account
from banzi.web.audit.models import Act
from banzi.web.board.desk import desk_of, placed_in
from banzi.web.board.models import Draft, Project, WishKind
from banzi.web.board.moving import place, wish
from banzi.web.jobs.claiming import claim, new_owner
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import run

pytestmark = pytest.mark.django_db


def clashing(table: Table, owner: Account, *, keep: bool = False) -> Job:
    """The job of a draft that no plan exists for."""
    given = {"draft": table.draft.pk, "seconds": 30, "keep": keep}
    asked = enqueue("board.solve", given, by=owner)
    taken = claim(new_owner())
    assert taken is not None
    run(taken)
    asked.refresh_from_db()
    assert asked.result is not None, asked.problems
    return asked


def address(table: Table, job: Job) -> str:
    return f"/board/draft/{table.draft.pk}/clash/{job.pk}/"


def ways(job: Job) -> list[dict[str, object]]:
    assert job.result is not None
    found: list[dict[str, object]] = job.result["conflict"]["zh"]["ways_out"]
    return found


@pytest.fixture
def women(owner: Account) -> Table:
    """A woman is wanted in government, and at the same time nobody at all."""
    none = target(
        "nobody", "one", "<=", 0, citation="示例二", title="政府班子不配人",
        scope_table="teams", scope_column="team_id", scope_values="gov",
    )  # fmt: skip
    return small_board(owner, more=[none])


def test_a_target_moves_in_a_version_of_its_own(
    women: Table, owner: Account, client: Client
) -> None:
    place(women.draft, women.desk, "person-2", "p1", by=owner)
    wish(women.draft, women.desk, WishKind.PIN, "p1", "person-2", by=owner)
    job = clashing(women, owner)
    page = client.get(address(women, job)).content.decode()
    assert "政府班子至少1名女干部" in page
    assert "按此调整，另存新版本" in page
    at = next(n for n, way in enumerate(ways(job)) if way.get("target_id") == "women")
    asked = {"way": str(at), "reason": "部务会研究"}
    answer = client.post(f"{address(women, job)}take/", asked)
    made = Draft.objects.order_by("-pk")[0]
    assert answer["Location"] == f"/board/draft/{made.pk}/"
    assert made.project.name == "换届（调整1）"
    assert placed_in(made) == {"p1": "person-2"}
    assert list(made.wishes.values_list("kind", "person_id")) == [("pin", "person-2")]
    desk = desk_of(made.project)
    assert {each.target_id: each.bound for each in desk.problem.targets} == {
        "women": 0,
        "nobody": 0,
    }
    assert desk.titles["women"] == "政府班子至少1名女干部（由1调整为0）"
    assert [each.bound for each in desk_of(women.project).problem.targets] == [1, 0]
    step = Act.objects.order_by("-seq")[0]
    assert (step.verb, step.reason) == ("board.give-way", "部务会研究")
    assert client.get(f"/board/draft/{made.pk}/").status_code == 200


def test_without_a_reason_nothing_gives_way(women: Table, owner: Account, client: Client) -> None:
    job = clashing(women, owner)
    page = client.post(f"{address(women, job)}take/", {"way": "0", "reason": " "}, follow=True)
    assert "没有填写依据或理由" in page.content.decode()
    assert Project.objects.count() == 1


def test_a_pin_is_lifted_in_a_copy_of_the_draft(
    table: Table, owner: Account, client: Client
) -> None:
    for post, person in (("g1", "person-2"), ("g2", "person-3")):
        place(table.draft, table.desk, person, post, by=owner)
        wish(table.draft, table.desk, WishKind.PIN, post, person, by=owner)
    job = clashing(table, owner)
    at = next(n for n, way in enumerate(ways(job)) if way["kind"] == "pin")
    post = ways(job)[at]["post_id"]
    client.post(f"{address(table, job)}take/", {"way": str(at), "reason": "酝酿后调整"})
    made = Draft.objects.order_by("-pk")[0]
    assert made.project == table.project
    left = set(made.wishes.values_list("post_id", flat=True))
    assert left == {"g1", "g2"} - {post}
    assert table.draft.wishes.count() == 2


def test_a_card_that_was_kept_is_taken_out_of_the_copy(
    table: Table, owner: Account, client: Client
) -> None:
    for post, person in (("g1", "person-2"), ("g2", "person-3")):
        place(table.draft, table.desk, person, post, by=owner)
    job = clashing(table, owner, keep=True)
    at = next(n for n, way in enumerate(ways(job)) if way["kind"] == "pin")
    client.post(f"{address(table, job)}take/", {"way": str(at), "reason": "酝酿后调整"})
    made = Draft.objects.order_by("-pk")[0]
    assert len(placed_in(made)) == 1
    assert len(placed_in(table.draft)) == 2


def test_a_way_that_is_not_there_is_not_taken(women: Table, owner: Account, client: Client) -> None:
    job = clashing(women, owner)
    for typed in ("99", "-1", "x", ""):
        answer = client.post(f"{address(women, job)}take/", {"way": typed, "reason": "试"})
        assert answer.status_code == 404
    assert Project.objects.count() == 1
