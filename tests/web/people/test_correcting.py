"""Corrections: written with a reason, refused when wrong or overtaken, undone as acts."""

from typing import Any

import pytest
from django.test import Client
from tests.support.accounts import account, clerk, grant

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act
from banzi.web.people.models import Proposal, ProposalState, SecondPerson
from banzi.web.records.history import person_acts, person_rows
from banzi.web.records.models import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
WHY = {"why": "档案审核", "paper": "任免审批表"}


def fill(page: Client, address: str, **typed: str) -> Any:
    """Open a form, change some fields and send it."""
    context = page.get(address).context
    values = {field.name: field.text for field in context["fields"]}
    return page.post(address, {"seen": context["seen"], **values, **WHY, **typed})


def person(person_id: str = "p1") -> dict[str, Any]:
    return RECORDS["persons"]._default_manager.filter(pk=person_id).values().get()


def test_one_field_is_corrected_and_the_act_says_why(page: Client) -> None:
    found = fill(page, "/people/person/p1/persons/-/?field=birth", birth="1975.04")
    assert found.status_code == 302
    assert person()["birth"] == 19750400
    told = Act.objects.order_by("-seq").first()
    assert told is not None
    assert (told.verb, told.person_id, told.reason, told.source) == (
        "people.correct", "p1", "档案审核", "任免审批表"
    )  # fmt: skip
    (change,) = person_acts("p1")[0].changes
    assert change.columns() == ("birth", "recorded_on")


@pytest.mark.parametrize("typed", ["1975.04", "197504", "1975年4月", "1975-4"])
def test_a_date_may_be_typed_in_many_ways(page: Client, typed: str) -> None:
    fill(page, "/people/person/p1/persons/-/?field=birth", birth=typed)
    assert person()["birth"] == 19750400


def test_a_whole_row_sent_unchanged_changes_nothing(page: Client) -> None:
    before = person_rows("p1")
    for address in ("persons/-", "education/1", "career_segments/1", "assessments/annual~2025"):
        found = fill(page, f"/people/person/p1/{address}/")
        assert found.status_code == 422
        assert "没有变化" in found.content.decode()
    assert person_rows("p1") == before


@pytest.mark.parametrize(
    ("address", "typed", "said"),
    [
        ("persons/-", {"birth": "1975.13"}, "不是有效日期"),
        ("persons/-", {"name": " "}, "不得为空"),
        ("persons/-", {"ethnicity": "火星族"}, "没有对应项"),
        ("persons/-", {"birth": "1975.04", "why": " "}, "请写明理由"),
        ("career_segments/1", {"ended": "1990.01"}, "早于起"),
        ("assessments/annual~2025", {"outcome": "很好"}, "没有对应项"),
        ("appointments/1", {"post_id": "no-such"}, "没有标识为"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    page: Client, address: str, typed: dict[str, str], said: str
) -> None:
    with act("test.more", by=None):
        RECORDS["appointments"]._default_manager.create(
            person_id="p1", appointment_no=1, post_name="县委书记"
        )
    before = person_rows("p1")
    found = fill(page, f"/people/person/p1/{address}/", **typed)
    assert found.status_code == 422
    assert said in found.content.decode()
    assert person_rows("p1") == before


def test_a_row_that_changed_meanwhile_is_not_written_over(page: Client) -> None:
    address = "/people/person/p1/persons/-/?field=birth"
    seen = page.get(address).context["seen"]
    with act("test.change", by=None):
        RECORDS["persons"]._default_manager.filter(pk="p1").update(native_place="澜川临溪")
    found = page.post(address, {"seen": seen, "birth": "1975.04", **WHY})
    assert "已被他人更改" in found.content.decode()
    assert person()["birth"] == 19750300
    assert page.post(
        address, {"seen": found.context["seen"], "birth": "1975.04", **WHY}
    ).status_code == 302  # fmt: skip


def test_a_row_is_added_with_the_next_number_and_removed_again(page: Client) -> None:
    found = fill(
        page, "/people/person/p1/career_segments/add/",
        segment_kind="主段", started="1993.09", ended="1997.07", is_open="否", text="学生",
    )  # fmt: skip
    assert found.status_code == 302
    row = RECORDS["career_segments"]._default_manager.get(person_id="p1", text="学生")
    assert (row.segment_no, row.started) == (3, 12 * 1993 + 8)
    address = "/people/person/p1/career_segments/3/"
    seen = page.get(address).context["seen"]
    assert page.post(f"{address}remove/", {"seen": seen, **WHY}).status_code == 302
    assert not RECORDS["career_segments"]._default_manager.filter(text="学生").exists()
    assert page.get(address).status_code == 404


def test_a_row_whose_key_is_taken_is_not_added(page: Client) -> None:
    found = fill(
        page, "/people/person/p1/assessments/add/", assessment_kind="年度考核", year="2025"
    )  # fmt: skip
    assert found.status_code == 409
    assert "已有相同的一条" in found.content.decode()


@pytest.mark.parametrize(
    "address", ["persons/-", "education/1", "career_segments/1", "sanctions/1"]
)
def test_a_correction_is_undone_as_an_act_of_its_own(page: Client, address: str) -> None:
    before = person_rows("p1")
    typed = {"persons/-": {"birth": "1976.01"}, "education/1": {"school": "云岭大学"},
             "career_segments/1": {"text": "某局"},
             "sanctions/1": {"decided_on": "2016.03"}}[address]  # fmt: skip
    assert fill(page, f"/people/person/p1/{address}/", **typed).status_code == 302
    assert person_rows("p1") != before
    told = person_acts("p1")[0].act
    undo = f"/people/person/p1/undo/{told.seq}/"
    found = page.post(undo, {"seen": page.get(undo).context["seen"], **WHY})
    assert found.status_code == 302
    assert person_rows("p1") == before
    assert person_acts("p1")[0].act.verb == "people.undo"
    again = page.post(undo, {"seen": page.get(undo).context["seen"], **WHY})
    assert again.status_code == 409


def test_an_import_is_not_undone_row_by_row(page: Client) -> None:
    told = person_acts("p1")[0].act
    assert page.get(f"/people/person/p1/undo/{told.seq}/").status_code == 404


def test_only_fields_one_may_see_and_correct_are_in_the_form(client: Client) -> None:
    holder = account()
    grant(holder)
    grant(holder, Verb.EDIT, fields=tuple(FieldClass))
    client.force_login(holder)
    names = {field.name for field in client.get("/people/person/p1/persons/-/").context["fields"]}
    assert "birth" in names
    assert not names & {"id_number", "health", "person_id", "source_id", "photo_sha256"}
    assert client.get("/people/person/p1/relatives/1/").status_code == 403
    assert client.get("/people/person/p1/persons/-/?field=id_number").status_code == 404
    typed = {"birth": "1975.04", "id_number": "1", "person_id": "p9"}
    seen = client.get("/people/person/p1/persons/-/?field=birth").context["seen"]
    client.post("/people/person/p1/persons/-/?field=birth", {"seen": seen, **typed, **WHY})
    assert person()["id_number"].startswith("9901")
    assert person()["birth"] == 19750400


def test_viewing_is_not_correcting(client: Client) -> None:
    holder = account()
    grant(holder, fields=tuple(FieldClass))
    grant(holder, Verb.EDIT, organ="gov")
    client.force_login(holder)
    assert client.get("/people/person/p1/persons/-/").status_code == 403
    assert client.get("/people/person/p3/persons/-/").status_code == 200
    assert client.get("/people/person/p3/seats/2/").status_code == 404
    assert client.get("/people/person/p3/persons/add/").status_code == 404


class TestTwoPersons:
    """Corrections of marked classes wait for somebody else."""

    @pytest.fixture(autouse=True)
    def _marked(self) -> None:
        with act("test.mark", by=None):
            SecondPerson.objects.create(field_class="findings")

    @pytest.fixture
    def other(self) -> Client:
        client = Client()
        client.force_login(clerk(Verb.VIEW, Verb.EDIT, Verb.APPROVE))
        return client

    def propose(self, page: Client) -> Proposal:
        found = fill(page, "/people/person/p1/sanctions/1/", decided_on="2016.03")
        assert found.status_code == 302
        return Proposal.objects.get()

    def decided_on(self) -> int:
        return RECORDS["sanctions"]._default_manager.get(person_id="p1").decided_on

    def test_other_classes_are_written_at_once(self, page: Client) -> None:
        fill(page, "/people/person/p1/persons/-/?field=birth", birth="1975.04")
        assert person()["birth"] == 19750400
        assert not Proposal.objects.exists()

    def test_it_is_written_when_another_person_confirms(self, page: Client, other: Client) -> None:
        made = self.propose(page)
        assert self.decided_on() == 20150300
        assert "2016.03" in other.get("/people/proposals/").content.decode()
        other.post(f"/people/proposals/{made.pk}/", {"wish": "confirm"})
        assert self.decided_on() == 20160300
        made.refresh_from_db()
        assert made.state == ProposalState.CONFIRMED
        told = person_acts("p1")[0].act
        assert (told.verb, told.reason) == ("people.confirm", "档案审核")
        other.post(f"/people/proposals/{made.pk}/", {"wish": "reject", "why": "晚了"})
        made.refresh_from_db()
        assert made.state == ProposalState.CONFIRMED

    def test_it_is_found_by_the_name_of_the_person(self, page: Client, other: Client) -> None:
        self.propose(page)
        assert "2016.03" in other.get("/people/proposals/?q=wxm").content.decode()
        assert "2016.03" not in other.get("/people/proposals/?q=单雄").content.decode()

    def test_nobody_confirms_their_own(self, page: Client) -> None:
        holder = clerk(*Verb)
        page.force_login(holder)
        made = self.propose(page)
        answer = page.post(f"/people/proposals/{made.pk}/", {"wish": "confirm"})
        assert answer.status_code == 403
        assert self.decided_on() == 20150300

    def test_a_rejection_needs_a_reason(self, page: Client, other: Client) -> None:
        made = self.propose(page)
        other.post(f"/people/proposals/{made.pk}/", {"wish": "reject", "why": " "})
        made.refresh_from_db()
        assert made.state == ProposalState.OPEN
        other.post(f"/people/proposals/{made.pk}/", {"wish": "reject", "why": "依据不足"})
        made.refresh_from_db()
        assert (made.state, made.decision_reason) == (ProposalState.REJECTED, "依据不足")
        assert self.decided_on() == 20150300

    def test_whoever_proposed_it_may_withdraw_it_and_nobody_else(
        self, page: Client, other: Client
    ) -> None:
        made = self.propose(page)
        assert other.post(f"/people/proposals/{made.pk}/", {"wish": "withdraw"}).status_code == 403
        page.post(f"/people/proposals/{made.pk}/", {"wish": "withdraw"})
        made.refresh_from_db()
        assert made.state == ProposalState.WITHDRAWN

    def test_a_row_that_changed_since_is_not_written_over(
        self, page: Client, other: Client
    ) -> None:
        made = self.propose(page)
        with act("test.change", by=None):
            RECORDS["sanctions"]._default_manager.filter(person_id="p1").update(decided_on=20170100)
        answer = other.post(f"/people/proposals/{made.pk}/", {"wish": "confirm"}, follow=True)
        assert "已被他人更改" in answer.content.decode()
        assert self.decided_on() == 20170100
        made.refresh_from_db()
        assert made.state == ProposalState.OPEN

    def test_it_is_not_shown_to_who_may_not_see_such_fields(self, page: Client) -> None:
        made = self.propose(page)
        holder = account()
        for verb in (Verb.VIEW, Verb.APPROVE):
            grant(holder, verb)
        stranger = Client()
        stranger.force_login(holder)
        assert "2016.03" not in stranger.get("/people/proposals/").content.decode()
        assert stranger.get("/people/").context["proposals"] == 0
        assert stranger.get("/people/person/p1/").context["proposals"] == 0
        assert page.get("/people/").context["proposals"] == 1
        assert (
            stranger.post(f"/people/proposals/{made.pk}/", {"wish": "confirm"}).status_code == 404
        )
        assert stranger.get(f"/people/proposals/{made.pk}/effect/").status_code == 404

    def test_adding_and_removing_wait_too(self, page: Client, other: Client) -> None:
        address = "/people/person/p1/sanctions/1/"
        seen = page.get(address).context["seen"]
        page.post(f"{address}remove/", {"seen": seen, **WHY})
        fill(page, "/people/person/p1/sanctions/add/", sanction_family="诫勉")
        assert RECORDS["sanctions"]._default_manager.filter(person_id="p1").count() == 1
        for made in Proposal.objects.order_by("pk"):
            other.post(f"/people/proposals/{made.pk}/", {"wish": "confirm"})
        assert [row.sanction_no for row in RECORDS["sanctions"]._default_manager.all()] == [2]

    def test_the_office_says_which_classes(self, other: Client, page: Client) -> None:
        other.post("/people/second-person/", {"class": ["identity", "nonsense"]})
        assert set(SecondPerson.objects.values_list("pk", flat=True)) == {"identity"}
        assert page.get("/people/second-person/").status_code == 403
