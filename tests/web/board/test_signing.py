"""What was signed is on record, and the check of the record tells when the draft is another one."""

import re
import shutil
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.test import Client
from tests.support.accounts import administrator, asks_again, browser, clerk
from tests.support.boards import FULL, Table, fill_seats, sign, small_board

from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.audit.flaws import Flaw
from banzi.web.audit.models import Act
from banzi.web.audit.verifying import verify
from banzi.web.board.desk import folder_of
from banzi.web.board.models import Draft, Project, Signature
from banzi.web.board.moving import place
from banzi.web.board.signing import placements_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(leader: Account) -> Table:
    """A draft that was signed."""
    made = small_board(leader)
    fill_seats(made, leader)
    sign(made, leader, "同意")
    return made


def signing() -> Act:
    return Act.objects.get(verb="board.sign")


def flaws() -> list[Flaw]:
    return [each for each in verify() if each.message.code.startswith("board/")]


def test_the_act_says_what_was_signed(table: Table, leader: Account) -> None:
    entry, signature = signing(), Signature.objects.get()
    assert (entry.by, entry.reason) == (leader.username, "同意")
    assert entry.about == f"{table.project.name}：{table.draft.name}"
    assert signature.placements_sm3 == placements_digest(sorted(FULL.items()))
    assert (signature.placements, signature.moves) == (4, 4)
    assert signature.problem_sha256 == table.project.problem_sha256
    assert signature.signed_by == leader.username
    for said in (signature.placements_sm3, signature.problem_sha256, "改动4次", "任用4个职位"):
        assert said in entry.source


def test_the_digest_is_of_the_pairs_in_order_of_posts() -> None:
    """Reckoned once by hand: a line `["post","person"]` with its line feed for each."""
    digest = Hash(SM3())
    digest.update('["p1","甲"]\n["p2","乙"]\n'.encode())
    assert placements_digest([("p2", "乙"), ("p1", "甲")]) == digest.finalize().hex()


def test_the_auditor_reads_it_column_by_column(table: Table) -> None:
    client = browser(administrator(Office.AUDITOR))
    page = client.get(f"/audit/{signing().seq}/").content.decode()
    assert "签批内容" in page
    assert Signature.objects.get().placements_sm3 in page


def test_a_draft_that_is_what_was_signed_has_no_flaw(table: Table) -> None:
    assert flaws() == []


def test_what_the_signer_did_not_see_is_not_signed(leader: Account) -> None:
    """The page counted the changes when the form was sent, not when the signer looked."""
    made = small_board(leader)
    fill_seats(made, leader)
    client, address = browser(leader), f"/board/draft/{made.draft.pk}/sign/"
    seen = moves_on(client.get(address))
    place(made.draft, made.desk, "person-1", "p2", by=leader)
    answer = client.post(address, {"note": "同意", "moves": seen})
    assert answer.status_code == 409
    assert "方案又有改动，没有签批" in answer.content.decode()
    assert re.search(r">\s*同意</textarea>", answer.content.decode()), "what was typed is kept"
    assert Draft.objects.get(pk=made.draft.pk).state == "open"
    again = {"note": "同意", "moves": moves_on(answer)}
    assert client.post(address, again).status_code == 302
    assert Draft.objects.get(pk=made.draft.pk).state == "signed"


def moves_on(page: Any) -> str:
    (found,) = re.findall(r'name="moves" value="(\d+)"', page.content.decode())
    return str(found)


def test_a_draft_that_is_signed_already_leads_on_to_its_decision(
    table: Table, leader: Account
) -> None:
    address = f"/board/draft/{table.draft.pk}/"
    client = browser(leader)
    for answer in (client.get(f"{address}sign/"), client.post(f"{address}sign/", {"note": "再"})):
        assert answer["Location"] == f"{address}decision/"
    assert Draft.objects.get(pk=table.draft.pk).signed_note == "同意"


def test_placements_changed_since_are_found(table: Table) -> None:
    with act("test.change", by=None):
        table.draft.placements.filter(post_id="p2").update(person_id="person-1")
    (flaw,) = flaws()
    assert flaw.message.code == "board/differs-from-signed"
    assert flaw.seq == signing().seq
    assert "任用名单校验值" in flaw.message.text()


def test_another_signer_problem_or_state_is_found(table: Table) -> None:
    other = clerk(Verb.RELEASE)
    with act("test.change", by=None):
        Draft.objects.filter(pk=table.draft.pk).update(signed_by=other, moves=9)
        Project.objects.filter(pk=table.project.pk).update(problem_sha256="0" * 64)
    (flaw,) = flaws()
    assert flaw.message.values["columns"] == [
        "签批人", "改动次数", "选配问题和目标校验值（SHA-256）",
    ]  # fmt: skip
    with act("test.change", by=None):
        Signature.objects.all().delete()
    (flaw,) = flaws()
    assert flaw.message.code == "board/no-signature"


def test_files_of_the_problem_changed_since_are_found(table: Table) -> None:
    file = folder_of(table.project) / "targets.csv"
    file.write_text(file.read_text("utf-8").replace(",1,", ",0,"), "utf-8")
    assert [each.message.code for each in flaws()] == ["board/files-differ-from-signed"]
    shutil.rmtree(folder_of(table.project))
    assert [each.message.code for each in flaws()] == ["board/files-differ-from-signed"]


def test_signing_asks_for_the_password_again(leader: Account) -> None:
    made = small_board(leader)
    client = Client()
    client.force_login(leader)
    for address in ("sign/", "decision/"):
        if address == "decision/":
            with act("test.sign", by=None):
                Draft.objects.filter(pk=made.draft.pk).update(
                    state="signed", signed_by=leader, signed_at=made.draft.created_at
                )
        answer = client.post(f"/board/draft/{made.draft.pk}/{address}", {"note": ""})
        assert asks_again(answer)
