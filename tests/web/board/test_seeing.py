"""Figures of a draft that count somebody out of the viewer's sight are told nowhere: not on the page,
not in what a move answers, not in a file, not at the API. All others are told everywhere."""

import io
import re
from collections.abc import Callable, Mapping

import pytest
from python_calamine import CalamineWorkbook
from tests.support.accounts import account, browser, clerk, grant
from tests.support.boards import FULL, PERSONS, Table, small_board
from tests.support.staffing_bundles import target
from tests.support.tokens import ask, asking

from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act
from banzi.web.board.models import Draft, Placement
from banzi.web.board.seeing import seen_of
from banzi.web.board.signing import sign_draft

pytestmark = pytest.mark.django_db
PARTY, GOVERNMENT, WIDE = "县委班子至少2人", "政府班子至少1名女干部", "两套班子至少4人"
EVERYTHING = (Verb.VIEW, Verb.EDIT, Verb.RELEASE)


@pytest.fixture
def whole() -> Account:
    """Sees everybody."""
    return clerk(*EVERYTHING)


@pytest.fixture
def table(whole: Account) -> Table:
    """In 县委 the two who hold posts now; in 政府 two more, of whom `partly` may see nobody."""
    teams = {"scope_table": "teams", "scope_column": "team_id"}
    more = [
        target(
            "party", "one", ">=", 2, **teams, scope_values="party", citation="示例", title=PARTY
        ),
        target("wide", "one", ">=", 4, citation="示例", title=WIDE),
    ]
    made = small_board(whole, more=more)
    seat(made, {"p1": "person-0", "p2": "person-1", "g1": "person-3", "g2": "person-4"})
    return made


@pytest.fixture
def partly(table: Table) -> Account:
    """Sees whoever has a post in 云县 now: persons 0 and 1."""
    holder = account()
    for verb in EVERYTHING:
        grant(holder, verb, organ="yun")
    return holder


def seat(table: Table, placed: Mapping[str, str]) -> None:
    with act("test.place", by=None):
        for post, person in placed.items():
            Placement.objects.create(draft=table.draft, post_id=post, person_id=person)


Told = dict[str, bool]
"""Title of each target that is named → whether what it comes to is told."""


def in_rows(text: str) -> Told:
    """The rows of the tables of figures in a page or a part of one."""
    rows = re.findall(r"<tr><td>(.*?)</td>(.*?)</tr>", text, re.DOTALL)
    named = {title: [row for name, row in rows if title in name] for title in ALL}
    return {title: "不显示" not in found[0] for title, found in named.items() if found}


def page(table: Table, who: Account) -> Told:
    client = browser(who)
    return in_rows(client.get(f"/board/draft/{table.draft.pk}/").content.decode())


def fragment(table: Table, who: Account) -> Told:
    """What a move answers that changes nothing: both columns, and what stands beside them."""
    client = browser(who)
    moved = {"person": "person-0", "post": "p1", "from": "g1"}
    answer = client.post(f"/board/draft/{table.draft.pk}/move/", moved)
    return in_rows(answer.content.decode())


def sheet(table: Table, who: Account, number: int) -> list[list[str]]:
    """The cells of a sheet of the workbook that somebody takes along."""
    answer = browser(who).get(f"/board/draft/{table.draft.pk}/paper.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(number).to_python()
    return [[str(cell) for cell in row] for row in rows]


def export(table: Table, who: Account) -> Told:
    rows = [[cell for cell in row if cell] for row in sheet(table, who, 1)]
    return {row[0]: "不显示" not in row[-1] for row in rows if row and row[0] in ALL}


def interface(table: Table, who: Account) -> Told:
    told = ask(asking(who), f"plans/drafts/{table.draft.pk}")["figures"]
    for each in told:
        kinds = {each[name] is None for name in ("actual", "holds", "missing")}
        assert len(kinds) == 1, "all of it or nothing"
    return {each["title"]: each["actual"] is not None for each in told}


ALL = (PARTY, GOVERNMENT, WIDE)
PLACES = (page, fragment, export, interface)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_figures_are_told_everywhere(
    table: Table, whole: Account, partly: Account, place: Callable[[Table, Account], Told]
) -> None:
    assert place(table, whole) == dict.fromkeys(ALL, True)
    assert place(table, partly) == {PARTY: True, GOVERNMENT: False, WIDE: False}


def test_a_figure_that_counts_nobody_is_told(table: Table, partly: Account) -> None:
    with act("test.empty", by=None):
        table.draft.placements.filter(post_id__startswith="g").delete()
    assert interface(table, partly) == dict.fromkeys(ALL, True)


def test_what_rests_on_the_whole_draft_is_told_to_who_sees_all(
    table: Table, whole: Account, partly: Account
) -> None:
    """Tiers, what a choice gains, who would be better, what differs from another draft."""
    with act("test.draft", by=None):
        other = Draft.objects.create(
            project=table.project, name="另一方案", created_by=whole,
            created_at=table.draft.created_at,
        )  # fmt: skip
    draft, project = f"/board/draft/{table.draft.pk}", f"/board/{table.project.pk}"
    told_in = {
        f"{draft}/": "综合择优",
        f"{draft}/post/p2/": "综合择优",
        f"{draft}/person/person-0/": "综合择优",
        f"{draft}/why/?post=p2&person=person-0": "最好|变差|可行",
        f"{project}/compare/?a={table.draft.pk}&b={other.pk}": "综合择优",
    }
    for address, words in told_in.items():
        for who, is_told in ((whole, True), (partly, False)):
            text = browser(who).get(address).content.decode()
            assert bool(re.search(words, text)) is is_told, (address, is_told)
    for who, is_told in ((whole, True), (partly, False)):
        text = browser(who).get(f"{project}/").content.decode()
        assert ("<td>—</td>" not in text) is is_told, "hard requirements missed"


def test_of_somebody_out_of_sight_only_that_somebody_is_there(
    table: Table, partly: Account
) -> None:
    table.desk.reviews["g1", "person-3"] = "是否属于破格须研究"
    try:
        client = browser(partly)
        shown = client.get(f"/board/draft/{table.draft.pk}/").content.decode()
        panel = client.get(f"/board/draft/{table.draft.pk}/post/g1/").content.decode()
        cells = [cell for row in sheet(table, partly, 0) for cell in row]
    finally:
        del table.desk.reviews["g1", "person-3"]
    for text in (shown, panel, " ".join(cells)):
        assert not re.search(f"破格|person-3|{PERSONS[3]}", text)
    assert shown.count("＊") >= 2


def test_a_pin_of_somebody_out_of_sight_is_not_named(table: Table, partly: Account) -> None:
    client = browser(partly)
    address = f"/board/draft/{table.draft.pk}"
    wished = {"kind": "pin", "post": "g1", "person": "person-3"}
    assert client.post(f"{address}/wish/", wished).status_code == 404
    with act("test.pin", by=None):
        table.draft.wishes.create(kind="pin", post_id="g1", person_id="person-3")
    answer = client.post(f"{address}/move/", {"person": "person-0", "post": "g1"})
    assert "人选已指定" in answer.content.decode()
    assert PERSONS[3] not in answer.content.decode()


def test_somebody_out_of_sight_who_gives_way_is_not_named(table: Table, partly: Account) -> None:
    """A card without an id had no address, and the answer to the move broke."""
    moved = {"person": "person-0", "post": "g1"}
    answer = browser(partly).post(f"/board/draft/{table.draft.pk}/move/", moved)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert re.search("等待安排：<span[^>]*>＊", text)
    assert not re.search(f"person-3|{PERSONS[3]}", text)


def test_a_file_names_whom_one_may_release(table: Table) -> None:
    holder = clerk(Verb.VIEW)
    grant(holder, Verb.RELEASE, organ="yun")
    assert export(table, holder) == {PARTY: True, GOVERNMENT: False, WIDE: False}
    text = " ".join(cell for row in sheet(table, holder, 0) for cell in row)
    assert PERSONS[0] in text
    assert PERSONS[3] not in text


def test_nobody_signs_or_carries_out_for_people_he_may_not_see(
    table: Table, whole: Account, partly: Account
) -> None:
    client, address = browser(partly), f"/board/draft/{table.draft.pk}"
    assert "2人不在您的查看或发布范围内" in client.get(f"{address}/sign/").content.decode()
    assert client.post(f"{address}/sign/", {"note": ""}).status_code == 409
    assert Draft.objects.get(pk=table.draft.pk).state == "open"
    sign_draft(table.draft, "", by=whole)
    batch = client.get(f"{address}/decision/")
    assert batch.status_code == 403
    assert not re.search("|".join(PERSONS[2:]), batch.content.decode())
    asked = {"document_no": "1号", "decided_on": "2021-07-01", "effective_on": "2021-07-01"}
    assert client.post(f"{address}/decision/", asked).status_code == 403


def test_whoever_reaches_everybody_sees_everybody(table: Table, whole: Account) -> None:
    assert seen_of(Rights(whole, table.project.as_of), FULL.values()).is_whole
