"""Files dropped on the site: read, reviewed, taken over as one act, taken back as one."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.accounts import account, grant
from tests.support.importing import drop, page_of, take
from tests.support.small_region import small_region
from tests.support.workbooks import id_number

from banzi.documents.codecs.lrmx import write_form
from banzi.documents.codecs.workbook import write_national
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.form import FamilyMember, Form
from banzi.documents.forms import form_of
from banzi.kernel.columns import FieldClass
from banzi.roster import TABLES, load_roster
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act, Change
from banzi.web.imports import receiving
from banzi.web.imports.models import Import, ImportState, kept_sources
from banzi.web.imports.work import current_plan
from banzi.web.jobs.jobs import cancel
from banzi.web.jobs.models import Job, JobState
from banzi.web.records.freezing import current_roster
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
PERSONS = RECORDS["persons"]._default_manager
ALL_FIELDS = tuple(FieldClass)
RESUME = "2001.07--2006.05  澜川县政府办公室科员\n2006.05--         澜川县政府办公室副主任"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.BANZI_HOME = tmp_path
    return tmp_path


@pytest.fixture
def clerk(client: Client) -> Client:
    """Signed in with the right to edit everybody."""
    holder = account()
    grant(holder, verb=Verb.EDIT, fields=ALL_FIELDS)
    client.force_login(holder)
    return client


def form(name: str, birth: int = 19790312, **fields: str) -> Form:
    given = {"name": name, "sex": "男", "birth": str(birth)[:6], "ethnicity": "汉族",
             "native_place": "澜川东麓", "resume_text": RESUME, "current_posts_text": "副主任",
             "id_number": id_number(birth)}  # fmt: skip
    return Form({**given, **fields}, (FamilyMember("妻子", "林某", "198001", "群众", "无"),))


def drop_forms(clerk: Client, *forms: Form) -> Import:
    return drop(clerk, *((f"{each['name']}.lrmx", write_form(each)) for each in forms))


def test_a_first_import_into_nothing(clerk: Client) -> None:
    given = drop_forms(clerk, form("周某甲"), form("周某乙", 19800401))
    assert given.state == ImportState.READY
    assert not PERSONS.exists()
    page = page_of(clerk, given)
    assert "新增人员2" in page
    assert "周某乙" in page
    assert take(clerk, given).state == ImportState.TAKEN
    assert sorted(PERSONS.values_list("name", flat=True)) == ["周某乙", "周某甲"]
    assert RECORDS["career_segments"]._default_manager.count() == 4
    entry = Act.objects.get(act_id=given.act_id)
    assert (entry.verb, entry.about) == ("imports.take", given.pk)
    for each in given.files:
        assert (kept_sources() / each["sha256"]).is_file()
        assert each["sha256"][:12] in entry.source


def test_an_import_touches_tables_of_records_only(clerk: Client) -> None:
    accounts = list(Account.objects.order_by("pk").values())
    given = take(clerk, drop_forms(clerk, form("周某甲")))
    tables = set(Change.objects.filter(act_id=given.act_id).values_list("table_name", flat=True))
    assert tables
    assert tables <= set(TABLES)
    assert list(Account.objects.order_by("pk").values()) == accounts


def test_our_own_forms_come_back_without_a_difference(clerk: Client) -> None:
    people = [form("周某甲"), form("周某乙", 19800401, awards_text="2015年记三等功一次",
                                  assessments_text="2021年优秀，2022年称职，2023年称职")]  # fmt: skip
    take(clerk, drop_forms(clerk, *people))
    roster = current_roster(date(2026, 3, 1))
    own = [form_of(roster, person) for person in roster["persons"]["person_id"]]
    given = drop_forms(clerk, *own)
    plan = current_plan(given)
    assert [each.item.shown for each in plan.shown] == []
    assert "与现有资料没有不同" in page_of(clerk, given)


def test_what_is_missing_is_taken_unasked_and_what_differs_is_not(clerk: Client) -> None:
    take(clerk, drop_forms(clerk, form("周某甲", specialty="")))
    given = drop_forms(clerk, form("周某甲", specialty="财务", native_place="澜川西麓"))
    shown = {each.item.column: each for each in current_plan(given).shown}
    assert {name: each.is_taken for name, each in shown.items()} == {
        "specialty": True, "native_place": False,
    }  # fmt: skip
    take(clerk, given)
    assert PERSONS.values_list("specialty", "native_place").get() == ("财务", "澜川东麓")


def test_a_blank_removes_only_what_somebody_says(clerk: Client) -> None:
    take(clerk, drop_forms(clerk, form("周某甲", specialty="财务")))
    given = drop_forms(clerk, form("周某甲", specialty=""))
    (one,) = current_plan(given).shown
    assert one.removes
    clerk.post(f"/imports/{given.pk}/answer/", {"take": "1"})  # all: does not reach what removes
    assert not current_plan(Import.objects.get(pk=given.pk)).shown[0].is_taken
    clerk.post(f"/imports/{given.pk}/answer/", {"take": "1", "item": one.item.shown.item_id})
    take(clerk, given)
    assert PERSONS.values_list("specialty", flat=True).get() is None


def test_a_career_with_a_new_line_is_one_difference(clerk: Client) -> None:
    take(clerk, drop_forms(clerk, form("周某甲")))
    longer = (
        RESUME.replace("2006.05--         ", "2006.05--2011.08  ")
        + "\n2011.08--         澜川县财政局局长"
    )
    given = drop_forms(clerk, form("周某甲", resume_text=longer))
    clerk.post(f"/imports/{given.pk}/answer/", {"take": "1"})
    take(clerk, given)
    assert given.state == ImportState.TAKEN
    assert RECORDS["career_segments"]._default_manager.count() == 3


def test_an_import_is_undone_as_one(clerk: Client) -> None:
    take(clerk, drop_forms(clerk, form("周某甲", specialty="")))
    before = {name: list(model._default_manager.order_by("pk").values())
              for name, model in RECORDS.items()}  # fmt: skip
    given = drop_forms(clerk, form("周某甲", specialty="财务"), form("周某乙", 19800401))
    take(clerk, given)
    assert PERSONS.count() == 2
    assert clerk.post(f"/imports/{given.pk}/undo/", {"reason": ""}).status_code == 409
    clerk.post(f"/imports/{given.pk}/undo/", {"reason": "导错了文件"})
    after = {name: list(model._default_manager.order_by("pk").values())
             for name, model in RECORDS.items()}  # fmt: skip
    assert after == before
    given.refresh_from_db()
    assert given.state == ImportState.UNDONE
    assert Act.objects.get(act_id=given.undone_by).reason == "导错了文件"


def test_an_import_on_which_something_stands_is_not_undone(clerk: Client) -> None:
    given = take(clerk, drop_forms(clerk, form("周某甲")))
    with act("records.correct", by=account()):
        PERSONS.update(native_place="澜川西麓")
    answer = clerk.post(f"/imports/{given.pk}/undo/", {"reason": "导错了"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "籍贯" in page
    assert PERSONS.count() == 1
    given.refresh_from_db()
    assert given.state == ImportState.TAKEN


def test_a_later_change_of_another_field_is_no_hindrance(clerk: Client) -> None:
    take(clerk, drop_forms(clerk, form("周某甲", specialty="")))
    given = take(clerk, drop_forms(clerk, form("周某甲", specialty="财务")))
    with act("records.correct", by=None):
        PERSONS.update(native_place="澜川西麓")
    clerk.post(f"/imports/{given.pk}/undo/", {"reason": "导错了"})
    assert PERSONS.values_list("specialty", "native_place").get() == (None, "澜川西麓")


def test_files_that_cannot_be_read_are_listed_and_nothing_is_there(clerk: Client) -> None:
    given = drop(clerk, ("坏.lrmx", b"<Person><XingMing>"), ("好.lrmx", write_form(form("周某甲"))))
    assert given.state == ImportState.REFUSED
    assert "坏.lrmx" in page_of(clerk, given)
    assert not PERSONS.exists()
    assert clerk.post(f"/imports/{given.pk}/take/").status_code == 409


def test_problems_name_files_as_they_were_sent(clerk: Client, home: Path) -> None:
    """The table of a refused import said where on the server the file had been put."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲/内.lrmx", b"<Person><XingMing>")
        archive.writestr("甲/同.lrmx", write_form(form("周某甲")))
        archive.writestr("乙/同.lrmx", write_form(form("周某乙")))  # one ID number, two names
    given = drop(clerk, ("坏.lrmx", b"<Person><XingMing>"), ("全部.zip", stream.getvalue()))
    assert {each["file"] for each in given.problems} == {"坏.lrmx", "全部.zip/甲/内.lrmx"}
    same = drop(
        clerk, ("a.lrmx", write_form(form("周某甲"))), ("b.lrmx", write_form(form("周某乙")))
    )
    job = Job.objects.get(pk=given.job_id)
    for page in (page_of(clerk, given), clerk.get(f"/jobs/{job.pk}/").content.decode()):
        assert "全部.zip/甲/内.lrmx" in page
        assert str(home) not in page
    assert str(home) not in page_of(clerk, same)
    assert str(home) not in str(same.problems)


def test_a_folder_in_an_archive_is_read_and_never_leaves_its_place(
    clerk: Client, home: Path
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲/周某甲.lrmx", write_form(form("周某甲")))
        archive.writestr("../../乙.lrmx", write_form(form("周某乙", 19800401)))
    given = drop(clerk, ("全部.zip", stream.getvalue()))
    assert given.counts["persons"] == 2
    assert not list(home.parent.glob("*.lrmx"))
    assert not list(home.glob("*.lrmx"))


def archive_of(*names: str, content: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return stream.getvalue()


def refused(clerk: Client, name: str, content: bytes) -> str:
    answer = clerk.post("/imports/new/", {"files": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 400
    assert not Import.objects.exists()
    return answer.content.decode()


def test_an_archive_of_too_many_files_is_refused_though_they_are_empty(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were counted while they were written, and nothing is written of an empty one."""
    monkeypatch.setattr(receiving, "MOST_FILES", 3)
    assert "超过3个" in refused(clerk, "空.zip", archive_of("a", "b", "c", "d"))


def test_an_archive_does_not_fill_the_disk(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=2 << 20)
    monkeypatch.setattr(receiving.shutil, "disk_usage", lambda _folder: usage)
    bomb = archive_of("a.lrmx", content=b"0" * (8 << 20))
    assert "磁盘剩余空间不足" in refused(clerk, "大.zip", bomb)


def test_a_damaged_archive_is_refused(clerk: Client) -> None:
    content = bytearray(archive_of("a.lrmx", content=b"0123456789" * 100))
    content[40:50] = b"\xff" * 10
    assert "已损坏" in refused(clerk, "坏.zip", bytes(content))


def test_no_file_of_an_archive_takes_the_place_of_another(clerk: Client) -> None:
    """Two names that differ in signs only which no system takes became one, without a word."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("周?.lrmx", write_form(form("周某甲")))
        archive.writestr("周:.lrmx", write_form(form("周某乙", 19800401)))
    assert drop(clerk, ("全部.zip", stream.getvalue())).counts["persons"] == 2


def test_nothing_and_other_files_are_refused(clerk: Client) -> None:
    assert clerk.post("/imports/new/", {}).status_code == 400
    assert drop(clerk, ("说明.docx", b"PK")).state == ImportState.REFUSED


def test_who_cannot_be_told_is_asked_for(clerk: Client) -> None:
    take(clerk, drop_forms(clerk, form("周某甲", id_number=""),
                           form("周某甲", 19800401, id_number="")))  # fmt: skip
    given = drop_forms(clerk, form("周某甲", 19850101, id_number="", specialty="财务"))
    plan = current_plan(given)
    assert [each.item.shown.field for each in plan.shown] == []
    (question,) = plan.left_over
    person, here = question.card.at.column, PERSONS.get(birth=19800400).pk
    clerk.post(f"/imports/{given.pk}/identity/", {"person": person, "here": here})
    given.refresh_from_db()
    assert {each.item.here for each in current_plan(given).shown} == {here}
    clerk.post(f"/imports/{given.pk}/identity/", {"person": person, "here": "new"})
    given.refresh_from_db()
    (new,) = current_plan(given).shown
    assert new.item.is_new
    take(clerk, given)
    assert PERSONS.count() == 3


def test_only_persons_whom_one_may_edit_are_shown_and_written(client: Client) -> None:
    small_region()
    with act("test.birth", by=None):
        PERSONS.update(birth=19800100, id_number=None)
    holder = account()
    grant(holder, verb=Verb.EDIT, organ="county_a", fields=ALL_FIELDS)
    client.force_login(holder)
    names = dict(PERSONS.values_list("pk", "name"))
    roster = current_roster(date(2026, 3, 1))
    forms = [
        form_of(roster, person, {"native_place": "澜川西麓"}) for person in ("head_a", "head_b")
    ]
    given = drop_forms(client, *forms, form("陌生人"))
    plan = current_plan(given)
    assert {each.item.here for each in plan.shown} == {"head_a"}
    assert plan.hidden
    page = page_of(client, given)
    assert names["head_b"] not in page
    client.post(f"/imports/{given.pk}/answer/", {"take": "1"})
    take(client, given)
    assert PERSONS.get(pk="head_a").native_place == "澜川西麓"
    assert PERSONS.get(pk="head_b").native_place is None
    assert not PERSONS.filter(name="陌生人").exists()


def test_imports_of_others_are_not_there(clerk: Client) -> None:
    given = drop_forms(clerk, form("周某甲"))
    other = account()
    grant(other, verb=Verb.EDIT, fields=ALL_FIELDS)
    clerk.force_login(other)
    assert clerk.get(f"/imports/{given.pk}/").status_code == 404
    assert clerk.post(f"/imports/{given.pk}/take/").status_code == 404


def test_our_own_exchange_package_comes_back_without_a_difference(
    clerk: Client, tmp_path: Path
) -> None:
    take(clerk, drop_forms(clerk, form("周某甲"), form("周某乙", 19800401)))
    roster = current_roster(date(2026, 3, 1))
    file = tmp_path / "交换包.zip"
    write_package(roster, About(as_of=roster.as_of, made_on=roster.as_of, scope=()), file)
    given = drop(clerk, (file.name, file.read_bytes()))
    assert given.counts["exchange"] == 1
    assert current_plan(given).shown == ()


def test_our_own_workbook_comes_back_without_a_difference(clerk: Client, tmp_path: Path) -> None:
    take(clerk, drop_forms(clerk, form("周某甲"), form("周某乙", 19800401)))
    file = tmp_path / "导入表.xlsx"
    write_national(current_roster(date(2026, 3, 1)), file)
    given = drop(clerk, (file.name, file.read_bytes()))
    assert given.state == ImportState.READY
    assert current_plan(given).shown == ()
    sources = load_roster(given.folder / "roster")["sources"]["file_name"].to_list()
    assert sources == ["导入表.xlsx"], "as it was sent, not where it was put"


@pytest.mark.parametrize("ended", [JobState.FAILED, JobState.CANCELLED])
def test_an_import_whose_writing_ended_undone_may_be_written_again(
    clerk: Client, ended: JobState
) -> None:
    given = drop_forms(clerk, form("周某甲"))
    clerk.post(f"/imports/{given.pk}/take/")
    Job.objects.filter(kind="imports.take").update(state=ended)  # as a worker killed too often
    assert "待核对" in clerk.get("/imports/").content.decode()
    assert "新增人员1" in page_of(clerk, given)
    assert take(clerk, given).state == ImportState.TAKEN
    assert PERSONS.count() == 1


def test_an_import_whose_reading_was_called_off_is_refused_and_may_go(clerk: Client) -> None:
    upload = SimpleUploadedFile("甲.lrmx", write_form(form("周某甲")))
    clerk.post("/imports/new/", {"files": [upload]})
    given = Import.objects.get()
    cancel(Job.objects.get())
    assert "不能导入" in page_of(clerk, given)
    clerk.post(f"/imports/{given.pk}/discard/")
    assert not Import.objects.exists()
