from pathlib import Path

import pytest
from tests.unit.documents.papers.test_approval_form import png

from banzi.documents.codecs.lrm import write_lrm
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form import Form
from banzi.documents.form_files import find_forms, read_form_file
from banzi.documents.form_order import Order, Subject, listed, ordered
from banzi.kernel.errors import BadInput


def test_forms_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    data = write_form(Form({"name": "王力"}))
    for name in ("10李明.lrmx", "2王力.LRMX", "1张三.lrmx", "~$1张三.lrmx", "说明.txt"):
        (tmp_path / name).write_bytes(data)
    found = [path.name for path in find_forms([tmp_path, tmp_path / "1张三.lrmx"])]
    assert found == ["1张三.lrmx", "2王力.LRMX", "10李明.lrmx"]


def test_what_is_no_form_is_named_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "说明.txt").write_bytes(b"")
    with pytest.raises(BadInput) as bad:
        find_forms([tmp_path / "empty", tmp_path / "说明.txt", tmp_path / "nowhere"])
    assert [problem.message.code for problem in bad.value.problems] == [
        "form-files/no-forms",
        "form-files/not-a-form",
        "form-files/not-found",
    ]


def test_an_old_form_is_read_with_the_photo_beside_it(tmp_path: Path) -> None:
    (tmp_path / "王力.lrm").write_bytes(write_lrm(Form({"name": "王力"})))
    (tmp_path / "王力.pic").write_bytes(png(4, 5))
    form = read_form_file(tmp_path / "王力.lrm")
    assert (form["name"], form.photo) == ("王力", png(4, 5))


def test_a_form_without_a_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "1.lrmx"
    file.write_bytes(write_form(Form({})))
    with pytest.raises(BadInput) as bad:
        read_form_file(file)
    assert [each.message.code for each in bad.value.problems] == ["lrmx/no-name"]


def subject(name: str, id_number: str = "", file: str = "") -> Subject:
    return Subject(name, id_number, file, file)


def test_the_order_of_strokes_names_whom_to_look_at() -> None:
    people = [subject("赵明"), subject("丁一"), subject("王力"), subject("王力")]
    assert ordered(people, Order.FILE) == ([0, 1, 2, 3], [])
    assert ordered(people, Order.STROKES) == ([1, 2, 3, 0], ["王力"])


def test_a_list_chooses_and_orders_by_name_number_or_file() -> None:
    people = [
        subject("赵明", "99010119750307101X", "1.lrmx"),
        subject("王力", "", "2.lrmx"),
        subject("王力", "", "3.lrmx"),
    ]
    lines = [(1, "3.lrmx"), (2, "99010119750307101x"), (4, "2.lrmx")]
    assert listed(people, lines, "名单.txt") == [2, 0, 1]
    assert listed(people, [(1, "赵　明")], "名单.txt") == [0]
    with pytest.raises(BadInput) as bad:
        listed(people, [(1, "王力"), (2, "钱多"), (3, "赵明"), (4, "1.lrmx")], "名单.txt")
    assert [(each.at.row, each.message.code) for each in bad.value.problems] == [
        (1, "form-order/several"),
        (2, "form-order/not-among-them"),
        (4, "form-order/twice"),
    ]
