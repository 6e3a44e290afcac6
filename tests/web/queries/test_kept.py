"""Queries kept by name and shared; templates of an office, filled for whom one may take out."""

import io
import zipfile
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from python_calamine import CalamineWorkbook
from tests.support.accounts import account, clerk, grant
from tests.support.query_region import AS_OF
from tests.support.standing_area import browser

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb
from banzi.web.audit.models import Act
from banzi.web.queries.models import RosterTemplate, SavedQuery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]

WHERE = "出生年份不小于1980 且 在党委班子任职为是"
DAY = AS_OF.isoformat()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("banzi.web.accounts.sessions.is_fresh", lambda _request: True)
    monkeypatch.setattr(settings, "BANZI_HOME", tmp_path)
    (tmp_path / "reads").mkdir()


def keep(of: Account, name: str = "年轻书记", **asked: str) -> SavedQuery:
    browser(of).post(f"/queries/save/?{urlencode({'where': WHERE, **asked})}", {"name": name})
    found: SavedQuery = SavedQuery.objects.get(owner=of, name=name)
    return found


def test_a_kept_query_asks_the_same_again_on_another_day() -> None:
    owner = clerk()
    kept = keep(owner, order="birth", columns="birth,sex")
    page = browser(owner).get(f"/queries/saved/{kept.pk}/?on={DAY}", follow=True)
    assert page.context["said"] == WHERE
    assert page.context["found"].order == "birth"
    assert page.context["columns"] == ["出生年月", "性别"]
    assert page.context["found"].on == AS_OF
    assert [row["person_id"] for row in page.context["rows"]] == ["p02"]


def test_a_kept_table_opens_as_a_table() -> None:
    owner = clerk()
    kept = keep(owner, rows="age_months", rows_at="40,50", cols="sex")
    page = browser(owner).get(f"/queries/saved/{kept.pk}/?on={DAY}", follow=True)
    assert page.context["table"].rows.bounds == (40, 50)
    assert page.context["table"].total == 1


def test_one_name_holds_the_latest() -> None:
    owner = clerk()
    keep(owner)
    keep(owner, where="中共党员为是")
    assert "is_party_member" in SavedQuery.objects.get(owner=owner).condition
    assert Act.objects.filter(verb="queries.keep", by=owner.username).count() == 2


def test_what_cannot_be_read_is_not_kept() -> None:
    owner = clerk()
    answer = browser(owner).post(
        f"/queries/save/?{urlencode({'where': '身高大于3'})}", {"name": "x"}
    )
    assert answer.status_code == 400
    answer = browser(owner).post(f"/queries/save/?{urlencode({'where': WHERE})}", {"name": " "})
    assert answer.context["problem"].code == "queries/no-name"
    assert not SavedQuery.objects.filter(owner=owner).exists()


def test_only_the_named_open_a_query_and_see_only_their_own_people() -> None:
    owner, other = clerk(), account()
    grant(other, organ="county_b", fields=tuple(FieldClass))
    kept = keep(owner)
    address = f"/queries/saved/{kept.pk}/?on={DAY}"
    assert browser(other).get(address).status_code == 404
    browser(owner).post(f"/queries/saved/{kept.pk}/share/", {"account": other.username})
    page = browser(other).get(address, follow=True)
    assert page.context["total"] == 3
    assert page.context["rows"] == []
    assert browser(other).post(f"/queries/saved/{kept.pk}/remove/").status_code == 404
    browser(owner).post(f"/queries/saved/{kept.pk}/unshare/", {"account": other.username})
    assert browser(other).get(address).status_code == 404
    answer = browser(owner).post(f"/queries/saved/{kept.pk}/share/", {"account": "nobody"})
    assert answer.context["problem"].code == "queries/no-account"


def test_a_shared_query_does_not_lend_a_class() -> None:
    owner, other = clerk(), clerk(fields=())
    kept = keep(owner, where="政治素质考察（最近结论）为符合")
    browser(owner).post(f"/queries/saved/{kept.pk}/share/", {"account": other.username})
    page = browser(other).get(f"/queries/saved/{kept.pk}/?on={DAY}", follow=True)
    assert [each.code for each in page.context["problems"]] == ["queries/not-held"]
    assert page.context["rows"] == []


def sheet(*cells: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, cells)
    book.close()
    return out.getvalue()


def letter(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def upload(of: Account, name: str, file: str, content: bytes) -> Any:
    return browser(of).post(
        "/queries/templates/file/", {"name": name, "file": SimpleUploadedFile(file, content)}
    )


def fill(of: Account, name: str, where: str = WHERE, **sent: Any) -> Any:
    number = RosterTemplate.objects.get(name=name).pk
    address = f"/queries/fill/?{urlencode({'where': where, 'on': DAY})}"
    return browser(of).post(address, {"template": number, **sent})


def test_a_list_template_is_filled_from_the_query() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    content = sheet("{{#名单}}{{序号}}", "{{姓名}}", "{{出生年月}}{{/名单}}")
    assert upload(holder, "简册", "简册.xlsx", content).status_code == 302
    answer = fill(holder, "简册", "出生年份不小于1975 且 在党委班子任职为是")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    page = browser(holder).get(
        f"/queries/?{urlencode({'where': '出生年份不小于1975 且 在党委班子任职为是', 'on': DAY})}"
    )
    assert page.context["rows"]
    assert [row[1] for row in rows.to_python()] == [row["name"] for row in page.context["rows"]]


def test_a_letter_is_filled_for_each_person_ticked() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    upload(holder, "通知", "通知.docx", letter("{{姓名}}同志"))
    answer = fill(holder, "通知", "", person=["p01", "p04", "stranger"])
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == ["01丁一.docx", "02马川.docx"]
        text = Document(io.BytesIO(packed.read("01丁一.docx"))).paragraphs[0].text
    assert text == "丁一同志"
    merged = fill(holder, "通知", "", person=["p01", "p04"], merged="1")
    texts = [each.text for each in Document(io.BytesIO(merged.content)).paragraphs]
    assert [text for text in texts if text] == ["丁一同志", "马川同志"]


def test_flaws_of_a_template_are_listed_and_nothing_is_kept() -> None:
    holder = clerk()
    answer = upload(holder, "错表", "错表.docx", letter("{{姓命}}", "{{#名单}}{{姓名}}"))
    assert answer.status_code == 400
    assert len(answer.context["flaws"]) >= 2
    assert upload(holder, "旧表", "旧表.doc", b"x").status_code == 400
    assert upload(holder, "", "a.xlsx", sheet("{{姓名}}")).status_code == 400
    assert not RosterTemplate.objects.exists()


def test_a_template_asks_for_the_classes_of_its_fields() -> None:
    holder = clerk()
    grant(holder, Verb.RELEASE)
    upload(holder, "证号", "证号.xlsx", sheet("{{#名单}}{{姓名}}", "{{身份证号}}{{/名单}}"))
    upload(holder, "亲属", "亲属.docx", letter("{{姓名}}", "{{#家庭成员}}{{称谓}}{{/家庭成员}}"))
    upload(holder, "姓名", "姓名.xlsx", sheet("{{#名单}}{{序号}}", "{{姓名}}{{/名单}}"))
    assert fill(holder, "证号").context["problem"].code == "queries/not-released"
    assert fill(holder, "亲属").context["problem"].code == "queries/not-released"
    assert fill(holder, "姓名").status_code == 200


def test_columns_make_a_roster() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    sent = {"name": "女干部名册", "columns": ["birth", "post_since"]}
    assert browser(holder).post("/queries/templates/columns/", sent).status_code == 302
    assert browser(holder).post("/queries/templates/columns/", sent).status_code == 400
    answer = fill(holder, "女干部名册", "女干部为是")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    cells = [row for row in rows.to_python() if isinstance(row[0], float)]
    assert cells[0][1:] == ["王林", "1981.02", "2023.03"]
    assert len(cells) == 4


def test_only_its_maker_removes_a_template() -> None:
    maker, other = clerk(), clerk()
    content = sheet("{{#名单}}{{序号}}", "{{姓名}}{{/名单}}")
    upload(maker, "简册", "简册.xlsx", content)
    number = RosterTemplate.objects.get().pk
    assert browser(other).post(f"/queries/templates/{number}/remove/").status_code == 404
    answer = browser(other).get(f"/queries/templates/{number}/")
    with closing(answer):
        assert b"".join(answer.streaming_content) == content
    browser(maker).post(f"/queries/templates/{number}/remove/")
    assert not RosterTemplate.objects.exists()


def test_nobody_to_fill_for_is_said() -> None:
    holder = clerk(Verb.VIEW, Verb.RELEASE)
    upload(holder, "简册", "简册.xlsx", sheet("{{#名单}}{{序号}}", "{{姓名}}{{/名单}}"))
    answer = fill(holder, "简册", "出生年份不小于2020")
    assert answer.context["problem"].code == "queries/fill-nobody"
