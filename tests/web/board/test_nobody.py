"""Whoever is no candidate, and boards without any: the reason is said, and what to do next."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.accounts import account, grant
from tests.support.boards import Table, small_board

from banzi.staffing.left_out import PLAN_FILE, POSTS_FILE, RULES_FILE
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.board import desk as desks
from banzi.web.board.desk import Desk
from banzi.web.board.emptiness import emptiness
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    desks.forget()


def kept(folder: Path, **counts: int) -> None:
    """What building keeps of a problem where everybody is left out for these reasons."""
    rows = "".join(f"p1,{reason},{count}\n" for reason, count in counts.items())
    (folder / POSTS_FILE).write_text(f"post_id,reason,persons\n{rows}", "utf-8")
    (folder / RULES_FILE).write_text(
        "title,clause,verdict,pairs\n逐级提拔,AR/9/one-step,fail,7\n", "utf-8"
    )


def words(desk: Desk) -> list[str]:
    found = emptiness(desk)
    assert found is not None
    return [str(each) for each in (*found.reasons, *found.rules, found.next_step)]


def test_a_board_with_candidates_says_nothing_of_it(table: Table, client: Client) -> None:
    assert emptiness(table.desk) is None
    page = client.get(f"/board/draft/{table.draft.pk}/").content.decode()
    assert "没有可选人员" not in page


def test_a_board_without_candidates_says_why_and_what_to_do(owner: Account, client: Client) -> None:
    table = small_board(owner, candidates=False)
    kept(table.desk.folder, unknown=20, fail=4)
    for address in (f"/board/draft/{table.draft.pk}/", f"/board/{table.project.pk}/"):
        page = client.get(address).content.decode()
        assert "没有可选人员" in page
        assert "不符合任职条件4对、材料不足无法认定20对" in page
        assert (
            "不符合｜逐级提拔（《党政领导干部选拔任用工作条例》第9条，AR/9/one-step）：7对" in page
        )
        assert "国家公务员系统导入模板工作簿" in page
        assert f'href="{reverse("imports")}"' in page


@pytest.mark.parametrize(
    ("counts", "step"),
    [
        ({"fail": 9, "unknown": 2}, "核对有关人员的信息"),
        ({"fail": 3, "level": 2, "reach": 5}, "放宽人选来源"),
    ],
)
def test_the_next_step_follows_what_leaves_most_out(
    owner: Account, counts: dict[str, int], step: str
) -> None:
    table = small_board(owner, candidates=False)
    kept(table.desk.folder, **counts)
    assert step in words(table.desk)[-1]


def test_a_problem_that_kept_no_reasons_says_so(owner: Account) -> None:
    table = small_board(owner, candidates=False)
    assert words(table.desk) == [
        "本项目没有保存原因；重新生成项目后可以看到",
        "请用现在的资料新建项目",
    ]


def test_a_post_without_candidates_says_why(owner: Account, client: Client) -> None:
    table = small_board(owner, candidates=False)
    kept(table.desk.folder, unknown=20, fail=4)
    page = client.get(f"/board/draft/{table.draft.pk}/post/p1/").content.decode()
    assert "不符合任职条件4人" in page
    assert "材料不足无法认定20人" in page


def outsider() -> None:
    with act("test.person", by=None):
        RECORDS["persons"]._default_manager.create(
            person_id="person-9", name="庚七", birth=19800100
        )


def test_somebody_the_problem_does_not_know_is_found_by_name_and_told_why_not(
    table: Table, client: Client
) -> None:
    outsider()
    board = f"/board/draft/{table.draft.pk}"
    page = client.get(f"{board}/post/g1/", {"q": "庚七"}).content.decode()
    assert "可选人员中没有“庚七”" in page
    assert "不是本职位可选人员的" in page
    assert "person=person-9" in page
    told = client.get(f"{board}/why/", {"post": "g1", "person": "person-9"}).content.decode()
    assert "庚七不是职位县长的可选人员" in told
    assert "无法认定｜" in told
    assert "《" in told


def test_a_limit_of_the_plan_is_told_as_such(owner: Account, table: Table) -> None:
    desk = table.desk
    (desk.folder / PLAN_FILE).write_text(
        "person_id,reason,post_ids\nperson-5,level,p1;g1\n", "utf-8"
    )
    assert str(desk.left_out.limit("person-5", "p1")) == "职务层次不在考虑范围"
    assert desk.left_out.limit("person-5", "p2") is None


def test_nobody_out_of_sight_is_found_or_told_of(table: Table) -> None:
    outsider()
    stranger = account()
    with act("test.organ", by=None):
        RECORDS["organs"]._default_manager.create(organ_id="far", organ_name="远县")
    grant(stranger, Verb.VIEW, organ="far")
    browser = Client()
    browser.force_login(stranger)
    board = f"/board/draft/{table.draft.pk}"
    assert "person-9" not in browser.get(f"{board}/post/g1/", {"q": "庚七"}).content.decode()
    asked = {"post": "g1", "person": "person-9"}
    assert browser.get(f"{board}/why/", asked).status_code == 404


def test_values_and_changes_are_told_in_persons_and_posts(table: Table, client: Client) -> None:
    page = client.get(f"/board/draft/{table.draft.pk}/").content.decode()
    assert "空缺4职、须安排的2人未安排" in page
    assert "（-4200分）" in page
    page = client.get(f"/board/draft/{table.draft.pk}/post/p1/").content.decode()
    assert "多配1职" in page
    assert "须安排的多安排1人" in page
    assert "职位配齐+" not in page
    page = client.get(f"/board/{table.project.pk}/").content.decode()
    assert "空缺4职、须安排的2人未安排" in page
