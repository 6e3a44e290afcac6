"""Finding persons by what people type."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.accounts import account, clerk, grant, rights
from tests.support.files_of_persons import PEOPLE

from banzi.kernel.columns import FieldClass
from banzi.web.audit.acts import act
from banzi.web.people import listing
from banzi.web.people.filtering import ListQuery
from banzi.web.people.keys import pinyin_words, squeezed
from banzi.web.people.listing import found_persons
from banzi.web.people.models import PersonKey
from banzi.web.records.models import RECORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def found(typed: str, holder=None, **asked) -> list[str]:
    held = rights(holder or clerk())
    keys = found_persons(ListQuery(typed=typed, **asked), held, held.day)
    return list(keys.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("王小明", {"p1", "p2"}),
        ("小明", {"p1", "p2"}),
        ("王 小明", {"p1", "p2"}),
        ("王　小明 1975", {"p1"}),
        ("王小明 1981.09", {"p2"}),
        ("王小明 198109", {"p2"}),
        ("wangxiaoming", {"p1", "p2"}),
        ("Wang xiao", {"p1", "p2"}),
        ("wxm", {"p1", "p2"}),
        ("xm", {"p1", "p2"}),
        ("shanxiong", {"p3"}),
        ("sx", {"p3"}),
        ("县长", {"p3"}),
        ("临溪县委 书记", {"p1"}),
        ("民政局", {"p2"}),
        ("买买提艾合买提", {"p4"}),
        ("买买提·艾合买提", {"p4"}),
        ("买买提•艾合", {"p4"}),
        ("艾合买提", {"p4"}),
        ("𬱖", {"p5"}),
        ("李𬱖", {"p5"}),
        ("䶮", {"p6"}),
        ("1970", {"p3"}),
        ("1975.13", set()),
        ("%", set()),
        ("_", set()),
        ("没有这个人", set()),
        ("\x00", set(PEOPLE)),
        ("", set(PEOPLE)),
    ],
)
def test_what_is_typed_finds(typed: str, expected: set[str]) -> None:
    assert set(found(typed)) == expected


def test_the_very_name_comes_before_names_that_begin_so() -> None:
    with act("test.more", by=None):
        RECORDS["persons"]._default_manager.create(person_id="p0", name="王小明明")
    assert found("王小明")[-1] == "p0"


def test_an_id_number_is_found_only_for_persons_whose_identity_one_may_see() -> None:
    holder = account()
    grant(holder)
    assert found("99010119750301001X", holder) == []
    assert found("99010119750301001X") == ["p1"]
    grant(holder, organ="gov", fields=(FieldClass.IDENTITY,))
    assert found("99010119750301001", holder) == []
    assert found("99010119750301003", holder) == ["p3"]


def test_nobody_out_of_scope_is_found() -> None:
    holder = account()
    grant(holder, organ="gov")
    assert found("", holder) == ["p3"]
    assert found("王小明", holder) == []


def test_keys_follow_every_act() -> None:
    with act("test.rename", by=None):
        RECORDS["persons"]._default_manager.filter(pk="p1").update(name="赵远")
    assert found("zhaoyuan") == ["p1"]
    assert found("王小明") == ["p2"]
    with act("test.move", by=None):
        RECORDS["seats"]._default_manager.filter(pk=1).update(ended_on=20260600)
        RECORDS["organs"]._default_manager.filter(pk="gov").update(short_name="临溪县府")
    assert PersonKey.objects.get(pk="p1").unit is None
    assert PersonKey.objects.get(pk="p3").unit == "临溪县府"


def test_a_refused_act_leaves_the_keys_as_they_were() -> None:
    with pytest.raises(ZeroDivisionError), act("test.rename", by=None):
        RECORDS["persons"]._default_manager.filter(pk="p1").update(name="赵远")
        raise ZeroDivisionError
    assert set(found("王小明")) == {"p1", "p2"}


def test_a_name_is_typed_from_any_syllable_on() -> None:
    words = set(pinyin_words("王小明"))
    assert words == {"wangxiaoming", "wxm", "xiaoming", "xm", "ming", "m"}
    assert {"gaimou", "gemou"} & set(pinyin_words("盖某"))


def test_blanks_dots_and_capitals_do_not_count() -> None:
    assert squeezed(" 买买提 ・ 艾合 ") == "买买提艾合"
    assert squeezed("Li Ming") == "liming"


@pytest.mark.parametrize("size", [1, 2, 5, 6, 50])
@pytest.mark.parametrize("number", [None, "", "1", "2", "99", "x"])
def test_a_page_is_the_same_counted_or_not(
    monkeypatch: pytest.MonkeyPatch, size: int, number: str | None
) -> None:
    monkeypatch.setattr(listing, "PAGE", size)
    held = rights(clerk())
    keys = found_persons(ListQuery(), held, held.day)
    page, plain = listing.page_of(keys, number), Paginator(keys, size).get_page(number)
    assert [each.pk for each in page] == [each.pk for each in plain]
    assert (page.number, page.paginator.count, page.paginator.num_pages) == (
        plain.number, plain.paginator.count, plain.paginator.num_pages
    )  # fmt: skip


def test_a_search_with_one_page_of_results_counts_nothing() -> None:
    held = rights(clerk())
    with CaptureQueriesContext(connection) as asked:
        page = listing.page_of(found_persons(ListQuery(typed="小明"), held, held.day), "1")
        assert page.paginator.count == 2
    assert not [each for each in asked if "COUNT" in each["sql"]]
