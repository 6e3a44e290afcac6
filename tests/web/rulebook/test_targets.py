"""Targets and profiles: kept by acts, refused with the engine's sentences, set only by who edits all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.accounts import account, clerk, grant
from tests.support.standing_area import TARGETS, browser, set_targets

from banzi.kernel.columns import FieldClass
from banzi.roster import Roster
from banzi.web.accounts.models import Account, Verb
from banzi.web.audit.models import Act
from banzi.web.targets.keeping import content_of, in_force, targets_in_force
from banzi.web.targets.models import PostProfile, TargetSet

pytestmark = pytest.mark.django_db

FORM = {
    "title": "每个班子至少2名女干部",
    "scope": "teams",
    "each": "team",
    "measure": "count",
    "op": ">=",
    "bound": "2",
    "force": "hard",
    "citation": "中国妇女发展纲要",
    "scope-kind": "all",
    "where-kind": "all",
    "where-0-kind": "is",
    "where-0-column": "女干部",
    "where-0-operator": "=",
    "where-0-value": "是",
    "save": "1",
    "reason": "换届工作方案",
}


@pytest.fixture
def editor(area: Roster) -> Account:
    made = clerk(Verb.VIEW, Verb.EDIT)
    set_targets(made)
    return made


@pytest.fixture
def page(editor: Account) -> Client:
    return browser(editor)


def test_a_target_saved_is_a_new_set_by_an_act(page: Client, editor: Account) -> None:
    answer = page.post("/targets/edit/women/", FORM)
    assert answer.status_code == 302
    women = next(each for each in targets_in_force().targets if each.id == "women")
    assert women.bound == 2
    assert TargetSet.objects.count() == 2
    saved = Act.objects.order_by("-seq")[0]
    assert (saved.verb, saved.by, saved.reason) == ("targets.save", editor.username, "换届工作方案")
    assert len(targets_in_force().thresholds) == 2, "what was not edited stays"


def test_a_new_target_can_be_edited_and_taken_out_again(page: Client) -> None:
    page.post("/targets/new/", FORM)
    new = targets_in_force().targets[-1]
    assert page.get(f"/targets/edit/{new.id}/").status_code == 200
    page.post(f"/targets/remove/{new.id}/")
    assert [each.id for each in targets_in_force().targets] == ["women", "young"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"op": "<="}, "涉及性别或民族的目标只能是人数或占比的最低要求"),
        ({"where-0-value": "否"}, "不得反过来限制"),
        ({"citation": ""}, "须在“依据”中注明依据文件"),
        ({"bound": "两个"}, "目标值“两个”不对"),
        ({"where-0-column": "没有的字段"}, "没有的字段"),
        ({"where-0-column": ""}, "有一行没有选字段"),
        ({"title": ""}, "缺少“目标名称”"),
    ],
)
def test_a_flawed_target_is_refused_with_the_sentence_and_not_kept(
    page: Client, change: dict[str, str], sentence: str
) -> None:
    answer = page.post("/targets/edit/women/", {**FORM, **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert TargetSet.objects.count() == 1


def test_the_preview_counts_who_meets_the_condition(page: Client, area: Roster) -> None:
    address = f"/targets/edit/women/?on={area.as_of}"
    text = page.post(address, {**FORM, "where-do": "show"}).content.decode()
    from banzi.facts import derive
    from banzi.law import load_law
    from banzi.structure.members import members_of

    members = members_of(area, derive(area, area.as_of, load_law()), area.as_of)
    people = members.sitting(members.all_posts())
    women = int(people["is_woman"].sum())
    assert f"符合{women}人，不符合{people.height - women}人，情况不明0人" in text


def test_buttons_of_the_editor_change_the_form_and_keep_nothing(page: Client) -> None:
    pressed = {**FORM, "where-do": "add:"}
    pressed.pop("save")
    text = page.post("/targets/edit/women/", pressed).content.decode()
    assert 'name="where-1-column"' in text
    read = {**pressed, "where-do": "read", "where-text": "出生年份>=1980 或 女干部"}
    text = page.post("/targets/edit/women/", read).content.decode()
    assert "出生年份不小于1980 或 女干部为是" in text
    assert TargetSet.objects.count() == 1


def test_an_uploaded_file_holds_or_says_every_problem_with_its_line(page: Client) -> None:
    good = SimpleUploadedFile("换届目标.yaml", TARGETS.replace('"1"', '"3"').encode())
    assert page.post("/targets/upload/", {"file": good}).status_code == 302
    kept = in_force()
    assert kept is not None
    assert kept.title == "换届目标.yaml"
    bad = SimpleUploadedFile("x.yaml", b"targets:\n- {id: a, title: b, measure: count}\nwrong: 1\n")
    answer = page.post("/targets/upload/", {"file": bad})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ":2:" in text
    assert "wrong" in text
    again = in_force()
    assert again is not None
    assert again.pk == kept.pk
    latin = page.post("/targets/upload/", {"file": SimpleUploadedFile("y.yaml", b"\xff\xfe\x00")})
    assert latin.status_code == 422


def test_a_threshold_holds_and_a_wrong_one_is_refused(page: Client) -> None:
    page.post("/targets/threshold/", {"gauge": "vacancies", "red": ">=3", "source": "办法第五条"})
    assert "vacancies" in {each.gauge for each in targets_in_force().thresholds}
    wrong = page.post("/targets/threshold/", {"gauge": "women", "red": ">=3", "source": "x"})
    assert wrong.status_code == 422
    assert "不得因人数多而亮灯" in wrong.content.decode()
    page.post("/targets/threshold/", {"gauge": "vacancies"})
    assert "vacancies" not in {each.gauge for each in targets_in_force().thresholds}


def test_targets_from_the_library_come_with_their_citation(page: Client) -> None:
    page.post("/targets/library/", {"take": ["mean-age"]})
    taken = next(each for each in targets_in_force().targets if each.id == "mean-age")
    assert "数额为示例" in taken.citation


def test_an_earlier_set_can_hold_again(page: Client) -> None:
    first = in_force()
    assert first is not None
    page.post("/targets/edit/women/", FORM)
    page.post(f"/targets/sets/{first.pk}/")
    assert in_force() == first
    assert [row["bound"] for row in content_of(in_force())["targets"]] == ["1", "30%"]


def test_the_file_downloaded_is_the_file_uploaded(page: Client) -> None:
    assert page.get("/targets/file.yaml").content.decode() == TARGETS


def test_only_who_edits_everywhere_sets_targets(area: Roster) -> None:
    local = account()
    for verb in (Verb.VIEW, Verb.EDIT):
        grant(local, verb, organ=area["organs"]["organ_id"][0], fields=tuple(FieldClass))
    for somebody in (local, clerk(Verb.VIEW)):
        page = browser(somebody)
        assert page.post("/targets/new/", FORM).status_code == 403
        assert page.post("/targets/threshold/", {"gauge": "women"}).status_code == 403
        assert page.get("/targets/").status_code == 200
    assert not TargetSet.objects.exists()


def test_a_profile_is_kept_as_sentences_and_takes_no_protected_column(page: Client) -> None:
    form = {
        "title": "基层历练", "weight": "20", "source": "本单位研究确定", "save": "1",
        "post-kind": "all", "where-kind": "all", "where-0-kind": "is",
        "where-0-column": "基层工作经历（月）", "where-0-operator": ">=", "where-0-value": "5年",
    }  # fmt: skip
    assert page.post("/profiles/new/", form).status_code == 302
    kept = PostProfile.objects.get()
    assert kept.where == "基层工作经历（月）不小于60"
    assert page.get(f"/profiles/{kept.pk}/").status_code == 200
    refused = page.post(
        "/profiles/new/", {**form, "where-0-column": "性别", "where-0-operator": "=", "where-0-value": "男"}
    )  # fmt: skip
    assert refused.status_code == 422
    assert "此处不得使用“性别”" in refused.content.decode()
    assert PostProfile.objects.count() == 1
