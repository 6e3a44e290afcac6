"""Sealed projects: who may open them at which stage, that it is noted, and the mark on everything."""

import io
import re
import zipfile
from itertools import product

import pytest
from tests.support.accounts import browser, clerk
from tests.support.boards import Table, board, small_board

from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.models import Act
from banzi.web.audit.sealing import unsealed
from banzi.web.board.models import Stage
from banzi.web.board.moving import place

pytestmark = pytest.mark.django_db
EVERYTHING = (Verb.VIEW, Verb.EDIT, Verb.APPROVE, Verb.RELEASE)


@pytest.fixture
def owner() -> Account:
    return clerk(*EVERYTHING)


@pytest.fixture
def table(owner: Account) -> Table:
    return small_board(owner, sealed=True)


def noted(of: Account) -> list[tuple[str, str, str]]:
    """(kind, what, person) of what an account read, in order."""
    return [(n.kind, n.what, n.person_id) for n in unsealed() if n.by == of.username]


def name_reader(table: Table, owner: Account, reader: Account, stage: str) -> None:
    answer = browser(owner).post(
        f"/board/{table.project.pk}/reader/", {"account": reader.username, "stage": stage}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(("named", "present"), list(product(Stage, Stage)))
def test_a_reader_opens_it_at_the_stage_he_is_named_for(
    table: Table, owner: Account, named: Stage, present: Stage
) -> None:
    reader = clerk(*EVERYTHING)
    name_reader(table, owner, reader, named)
    browser(owner).post(f"/board/{table.project.pk}/stage/", {"stage": present})
    expected = 200 if named == present else 404
    for page in (board(table), f"/board/{table.project.pk}/", f"{board(table)}paper.pdf"):
        assert browser(reader).get(page).status_code == expected, page
    assert browser(owner).get(board(table)).status_code == 200


def test_a_reader_is_unnamed_again(table: Table, owner: Account) -> None:
    reader = clerk(*EVERYTHING)
    name_reader(table, owner, reader, "motion")
    asked = {"account": reader.username, "stage": "motion", "remove": "1"}
    browser(owner).post(f"/board/{table.project.pk}/reader/", asked)
    assert browser(reader).get(board(table)).status_code == 404
    verbs = list(Act.objects.order_by("-seq").values_list("verb", flat=True)[:2])
    assert verbs == ["board.unname-reader", "board.name-reader"]


def test_an_unknown_login_name_is_said(table: Table, owner: Account) -> None:
    asked = {"account": "nobody", "stage": "motion"}
    page = browser(owner).post(f"/board/{table.project.pk}/reader/", asked, follow=True)
    assert "没有登录名为“nobody”的在用账号" in page.content.decode()


def test_only_who_made_it_names_readers(table: Table, owner: Account) -> None:
    reader = clerk(*EVERYTHING)
    name_reader(table, owner, reader, "motion")
    asked = {"account": reader.username, "stage": "inspection"}
    page = browser(reader).get(f"/board/{table.project.pk}/").content.decode()
    assert "各阶段可以打开的人" not in page
    for address in ("reader", "stage"):
        answer = browser(reader).post(f"/board/{table.project.pk}/{address}/", asked)
        assert answer.status_code == 404


def test_each_opening_is_noted(table: Table, owner: Account) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    client = browser(owner)
    pages = [
        (board(table), ""),
        (f"{board(table)}post/p1/", ""),
        (f"{board(table)}person/person-2/", "person-2"),
        (f"{board(table)}why/?post=p1&person=person-2", "person-2"),
        (f"/board/{table.project.pk}/", ""),
        (f"/board/{table.project.pk}/compare/", ""),
    ]
    for address, _person in pages:
        assert client.get(address).status_code == 200
    client.get(board(table), {"region": "云县"})
    pages.append((f"{board(table)}?region=云县", ""))
    assert noted(owner) == [("read", address, person) for address, person in pages]


def test_a_refused_opening_is_noted_too(table: Table) -> None:
    stranger = clerk(*EVERYTHING)
    assert browser(stranger).get(board(table)).status_code == 404
    answer = browser(stranger).post(f"{board(table)}move/", {"person": "person-2", "post": "p1"})
    assert answer.status_code == 404
    assert browser(stranger).get("/board/draft/99999/").status_code == 404
    assert noted(stranger) == [
        ("refused", board(table), ""),
        ("refused", f"{board(table)}move/", ""),
    ]


def test_reading_a_board_that_is_not_sealed_is_noted(owner: Account) -> None:
    table = small_board(owner)
    other = clerk(*EVERYTHING)
    browser(other).get(board(table))
    assert noted(other) == [("read", board(table), "")]


def test_every_page_bears_name_and_time(table: Table, owner: Account) -> None:
    mark = rf"{owner.name} {owner.username} \d{{4}}-\d\d-\d\d \d\d:\d\d"
    for address in (
        board(table),
        f"{board(table)}?region=*&view=meeting",
        f"/board/{table.project.pk}/",
        f"/board/{table.project.pk}/compare/",
        f"{board(table)}sign/",
    ):
        page = browser(owner).get(address).content.decode()
        assert len(re.findall(mark, page)) > 20, address


def test_an_ordinary_board_bears_no_mark(owner: Account) -> None:
    table = small_board(owner)
    assert "bz-mark" not in browser(owner).get(board(table)).content.decode()


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_file_bears_name_and_time(table: Table, owner: Account, ending: str) -> None:
    place(table.draft, table.desk, "person-2", "p1", by=owner)
    answer = browser(owner).get(f"{board(table)}paper.{ending}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        text = "".join(file.read(name).decode() for name in file.namelist() if "xml" in name)
    assert re.search(rf"{owner.name} {owner.username} \d{{4}}-\d\d-\d\d", text)
    assert re.search(r"丙\s*三", text)
    assert ("export", f"plan-{table.draft.pk}-2021-07-01.{ending}", "") in noted(owner)


def test_a_file_needs_the_right_to_release(table: Table) -> None:
    assert browser(clerk(Verb.VIEW)).get(f"{board(table)}paper.xlsx").status_code == 403
