"""Single fields of a `.lrmx` changed; every other byte stays."""

import pytest
from tests.support.clerk_books import form
from tests.support.form_cases import clean_file

from banzi.documents.codecs.form_editing import edit_form
from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.form import FamilyMember
from banzi.kernel.errors import BadInput


def test_only_the_element_changes():
    data = write_form(
        form("张三", "197503", resume_text="1998.07--  甲\n乙", current_posts_text="旧")
    )
    made = edit_form(data, "a.lrmx", {"current_posts_text": "新<职>"})
    assert made == data.replace("<XianRenZhiWu>旧".encode(), "<XianRenZhiWu>新&lt;职&gt;".encode())


def test_the_name_of_the_person_is_not_that_of_a_relative():
    data = write_form(form("张三", "197503"))
    made = edit_form(data, "a.lrmx", {"name": "李四"})
    assert read_form(made, "").family == read_form(data, "").family
    assert read_form(made, "")["name"] == "李四"


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?>\n<Person>\n\t<XingMing>\xe7\x94\xb2</XingMing>\n\t<!--<MinZu>x</MinZu>-->\n</Person>',
        "<Person><XingMing>甲</XingMing><MinZu/></Person>".encode(),
        "<Person><XingMing>甲</XingMing><MinZu>\n  </MinZu><Own><MinZu>内</MinZu></Own></Person>".encode(),
        b"\xff\xfe" + "<Person><XingMing>甲</XingMing></Person>".encode("utf-16-le"),
        "<Person><XingMing>甲乙丙丁</XingMing><JiGuan>辽宁大连</JiGuan></Person>".encode("gb18030"),
        b"<Person/>".replace(b"/>", b"><XingMing>\xe7\x94\xb2</XingMing></Person>"),
    ],
)
def test_other_writers_files_are_changed_in_place(data):
    before = read_form(data, "a")
    made = edit_form(data, "a", {"ethnicity": "回族", "birth": "1975.03"})
    after = read_form(made, "a")
    assert (after["ethnicity"], after["birth"]) == ("回族", "197503")
    assert (after["name"], after.extras) == (before["name"], before.extras)
    assert made.startswith(data[:20])


def test_the_family_is_written_anew_as_a_whole():
    data = write_form(form("张三", "197503"))
    only = (FamilyMember("妻子", "王某", "197901", "群众", "某局"),)
    made = edit_form(data, "a", {}, only)
    assert read_form(made, "").family == only
    assert read_form(made, "").extras == read_form(data, "").extras


def test_a_field_that_stands_twice_is_refused():
    data = "<Person><XingMing>甲</XingMing><MinZu>汉族</MinZu><MinZu>回族</MinZu></Person>".encode()
    with pytest.raises(BadInput) as bad:
        edit_form(data, "a", {"ethnicity": ""})
    assert bad.value.problems[0].message.code == "lrmx/not-editable"


def test_a_character_no_file_can_hold_is_refused():
    with pytest.raises(BadInput) as bad:
        edit_form(clean_file(), "a", {"health": "好\x01"})
    assert bad.value.problems[0].message.code == "lrmx/bad-character"
