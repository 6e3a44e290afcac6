"""An exchange package from elsewhere: recognised, its sender and seal shown, taken in and undone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.support.accounts import account, clerk, grant
from tests.support.exchanging import DAY, city
from tests.support.importing import drop, page_of, take

from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.scope import cut_out, scoped_roster, these_persons
from banzi.kernel.columns import FieldClass
from banzi.web.accounts.rights import Verb
from banzi.web.imports.models import Import, ImportState
from banzi.web.imports.work import current_plan
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
PERSONS = RECORDS["persons"]._default_manager
PEOPLE: list[tuple[str, str, dict[str, Any]]] = [
    ("P1", "east", {"name": "欧甲", "current_posts_text": "东县县委书记"}),
    ("P2", "east-bureau", {"name": "阳乙"}),
    ("P3", "west", {"name": "司丙"}),
]
Parts = dict[str, bytes]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.BANZI_HOME = tmp_path / "home"
    settings.BANZI_HOME.mkdir()
    return tmp_path / "home"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(clerk(Verb.VIEW, Verb.EDIT))
    return client


def packed(folder: Path, without: tuple[Without, ...] = (), listed: tuple[str, ...] = ()) -> bytes:
    """The east of the city, or those listed, as a package."""
    whole = city(PEOPLE)
    part = (
        cut_out(whole, these_persons(whole, listed), DAY, without)
        if listed
        else scoped_roster(whole, ["east"], DAY, without)
    )
    about = About(DAY, DAY, part.roots, "东县县委组织部", "某市委组织部", "换届考察", without,
                  listed=bool(listed))  # fmt: skip
    write_package(part.roster, about, folder / "包.zip")
    return (folder / "包.zip").read_bytes()


def take_all(office: Client, given: Import) -> Import:
    office.post(f"/imports/{given.pk}/answer/", {"take": "1"})
    return take(office, given)


def rows_of_records() -> dict[str, list[dict[str, Any]]]:
    return {name: list(model._default_manager.order_by("pk").values())
            for name, model in RECORDS.items()}  # fmt: skip


def rebuilt(data: bytes, change: Callable[[Parts], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def newer(parts: Parts) -> None:
    told = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**told, "version": 9}).encode()


def lacking(parts: Parts) -> None:
    del parts["tables/persons.csv"]


def altered(parts: Parts) -> None:
    parts["tables/persons.csv"] += b"\r\n"


def test_who_gives_what_is_said_and_everything_is_taken_in_and_undone(
    office: Client, tmp_path: Path
) -> None:
    before = rows_of_records()
    given = drop(office, ("东县.zip", packed(tmp_path)))
    assert given.state == ImportState.READY
    page = page_of(office, given)
    for text in ("东县县委组织部 → 某市委组织部", "换届考察", DAY.isoformat(), "东县县委",
                 "2人、2个机构、2张照片", "各部分与清单相符", given.package["sha256"]):  # fmt: skip
        assert text in page
    assert "东县县委组织部" in office.get("/imports/").content.decode()
    assert take_all(office, given).state == ImportState.TAKEN
    assert sorted(PERSONS.values_list("name", flat=True)) == ["欧甲", "阳乙"]
    assert "东县县委组织部 → 某市委组织部" in page_of(office, given)
    answer = office.post(f"/imports/{given.pk}/undo/", {"reason": "给错了"})
    assert answer.status_code == 302, answer.content.decode()
    assert rows_of_records() == before


def test_what_the_sender_left_out_is_no_difference_and_removes_nothing(
    office: Client, tmp_path: Path
) -> None:
    take_all(office, drop(office, ("全.zip", packed(tmp_path))))
    without = (Without.ID_NUMBERS, Without.SANCTIONS, Without.PHOTOS, Without.HEALTH)
    given = drop(office, ("少.zip", packed(tmp_path, without)))
    assert [each.item.shown for each in current_plan(given).shown] == []
    page = page_of(office, given)
    assert "处分和奖惩、照片、身份证号、健康状况" in page
    assert "与现有资料没有不同" in page


def test_two_packages_of_the_same_person_meet_in_one(office: Client, tmp_path: Path) -> None:
    take_all(office, drop(office, ("一.zip", packed(tmp_path))))
    PEOPLE[0][2]["current_posts_text"] = "某市副市长"
    try:
        given = drop(office, ("二.zip", packed(tmp_path, listed=("P1",))))
    finally:
        PEOPLE[0][2]["current_posts_text"] = "东县县委书记"
    assert given.package["listed"]
    shown = [(each.item.here, each.item.column) for each in current_plan(given).shown]
    assert shown == [("P1", "current_posts_text")]
    take_all(office, given)
    assert PERSONS.count() == 2
    posts = PERSONS.values_list("current_posts_text", flat=True)
    assert posts.get(pk="P1") == "某市副市长"


def test_the_seal_that_the_sender_told_is_held_against_the_package(
    office: Client, tmp_path: Path
) -> None:
    given = drop(office, ("东县.zip", packed(tmp_path)))
    address, sha256 = f"/imports/{given.pk}", given.package["sha256"]
    assert "与对方告知的一致" not in page_of(office, given)
    office.post(f"{address}/seal/", {"told": "0" * 64})
    assert "与对方告知的不符" in page_of(office, given)
    assert office.post(f"{address}/take/").status_code == 409
    assert not PERSONS.exists()
    office.post(f"{address}/seal/", {"told": sha256[:-1]})
    assert "不是完整的校验值" in page_of(office, given)
    spaced = f" {sha256[:32].upper()} {sha256[32:]}\n"
    office.post(f"{address}/seal/", {"told": spaced})
    assert "与对方告知的一致" in page_of(office, given)
    assert take_all(office, given).state == ImportState.TAKEN


@pytest.mark.parametrize(("spoil", "code"), [
    (lambda data: data[: len(data) // 2], "exchange/not-a-package"),
    (lambda data: rebuilt(data, altered), "exchange/wrong-hash"),
    (lambda data: rebuilt(data, lacking), "exchange/missing-file"),
    (lambda data: rebuilt(data, newer), "exchange/wrong-version"),
], ids=["cut off", "altered", "lacking", "newer"])  # fmt: skip
def test_a_package_that_is_not_whole_is_refused_and_nothing_is_there(
    office: Client, tmp_path: Path, home: Path, spoil: Callable[[bytes], bytes], code: str
) -> None:
    given = drop(office, ("坏.zip", spoil(packed(tmp_path))))
    assert given.state == ImportState.REFUSED
    assert [each["code"] for each in given.problems] == [code]
    assert {each["file"] for each in given.problems} == {"坏.zip"}  # not where it lies here
    page = page_of(office, given)
    assert "交换包没有通过核验，没有写入任何内容" in page
    assert str(home) not in page
    assert office.post(f"/imports/{given.pk}/take/").status_code == 409
    assert not PERSONS.exists()
    assert not (given.folder / "roster").exists()


def test_a_package_is_read_alone(office: Client, tmp_path: Path) -> None:
    data = packed(tmp_path)
    for other in (("二.zip", packed(tmp_path, listed=("P3",))), ("甲.lrmx", b"<Person/>")):
        given = drop(office, ("一.zip", data), other)
        assert given.state == ImportState.REFUSED
        assert [each["code"] for each in given.problems] == ["imports/package-alone"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("包.zip", data)
        opened.writestr("说明.txt", "请查收")
    assert drop(office, ("寄来.zip", archive.getvalue())).state == ImportState.READY


def test_of_a_package_one_takes_in_what_one_may_edit(client: Client, tmp_path: Path) -> None:
    whole = clerk(Verb.EDIT)
    client.force_login(whole)
    take(client, drop(client, ("东县.zip", packed(tmp_path))))
    holder = account()
    grant(holder, verb=Verb.EDIT, organ="east-bureau", fields=tuple(FieldClass))
    client.force_login(holder)
    for _person, _organ, facts in PEOPLE[:2]:
        facts["native_place"] = "澜川西麓"
    try:
        given = drop(client, ("再.zip", packed(tmp_path)))
    finally:
        for _person, _organ, facts in PEOPLE[:2]:
            del facts["native_place"]
    assert {each.item.here for each in current_plan(given).shown} == {"P2"}
    assert "欧甲" not in page_of(client, given)
    take(client, given)
    assert dict(PERSONS.values_list("pk", "native_place")) == {"P1": None, "P2": "澜川西麓"}
