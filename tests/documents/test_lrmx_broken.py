"""Broken and hostile `.lrmx` files: each is refused with a code and a place, none with a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.documents.reading import Read, person_element

from banzi.documents.codecs.extract import LIMITS
from banzi.documents.codecs.lrmx import read_form, read_lrmx, write_form
from banzi.documents.form import Form
from banzi.kernel.errors import BadInput

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Person><XingMing>&b;</XingMing></Person>"""
EXTERNAL = b"""<!-- x -->
<!DOCTYPE Person [<!ENTITY a SYSTEM "file:///etc/passwd">]><Person><XingMing>&a;</XingMing></Person>"""


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲.lrmx", "<Person/>")
    return stream.getvalue()


WHOLE = write_form(Form({"name": "甲一"}))
BROKEN = {
    "empty": (b"", "xml/empty-file", None),
    "blanks only": (b"\xef\xbb\xbf \r\n ", "xml/empty-file", None),
    "truncated": (WHOLE[: WHOLE.index(b"<MinZu>") + 9], "xml/broken", 6),
    "truncated between elements": (WHOLE[: WHOLE.index(b"<MinZu>")], "xml/broken", 6),
    "unescaped <": (person_element("<JiGuan>a<b</JiGuan>"), "xml/broken", 3),
    "undeclared entity": (person_element("<JiGuan>&nbsp;</JiGuan>"), "xml/broken", 3),
    "control character": (person_element("<JiGuan>\x01</JiGuan>"), "xml/broken", 3),
    "plain text": ("姓名：甲一".encode(), "xml/broken", 1),
    "entity bomb": (BILLION_LAUGHS, "xml/doctype", 2),
    "external entity": (EXTERNAL, "xml/doctype", 2),
    "noise": (b"<Person>\n" + bytes(range(1, 256)) * 9, "xml/undecodable", 3),
    "nul bytes": (person_element("\n\x00"), "xml/nul-bytes", 4),
    "utf-16 without bom": ("<Person/>".encode("utf-16-le"), "xml/nul-bytes", 1),
    "odd utf-16": ("<Person/>".encode("utf-16")[:-1], "xml/undecodable", None),
    "zip renamed": (zipped(), "xml/archive", None),
    "another root": (b"\n<Persons/>", "lrmx/not-a-form", 2),
    "root of a namespace": (b"<Person xmlns='u'/>", "lrmx/not-a-form", 1),
    "deep nesting": (b"<Person>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Person>", "xml/too-deep", 1),
    "endless text": (
        b"<Person>\n<ZhaoPian>" + b"A" * 11_000_000 + b"</ZhaoPian></Person>",
        "xml/too-long",
        2,
    ),
    "oversize": (b" " * (LIMITS["lrmx_bytes"] + 1), "lrmx/too-large", None),
    "no name": (b"<Person>\n<XingMing>\n </XingMing></Person>", "lrmx/no-name", 2),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_code_and_row(what: str, read: Read) -> None:
    data, code, row = BROKEN[what]
    extract = read(data)
    assert extract.persons == []
    (problem,) = extract.problems
    assert (problem.message.code, problem.at.row) == (code, row)
    assert problem.at.file.endswith("甲.lrmx")


def test_a_form_that_cannot_be_read_raises_every_problem_as_bad_input() -> None:
    with pytest.raises(BadInput) as caught:
        read_form(b"", "甲.lrmx")
    assert str(caught.value).startswith("甲.lrmx:: xml/empty-file ")


def test_an_oversize_file_is_not_opened(read: Read) -> None:
    extract = read(b" " * (LIMITS["lrmx_bytes"] + 1))
    assert (extract.sha256, extract.size) == ("", LIMITS["lrmx_bytes"] + 1)


def test_a_missing_file_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    (problem,) = read_lrmx(tmp_path / "无.lrmx").problems
    assert problem.message.code == "lrmx/unreadable"


@pytest.mark.parametrize("size", range(0, len(WHOLE), 37))
def test_no_truncation_ends_in_a_traceback(size: int, read: Read) -> None:
    assert len(read(WHOLE[:size]).problems) == 1


@pytest.mark.parametrize(
    "written", ["197513", "19750230", "1975.13", "1975-00-10", "1975年13月", "187503"]
)
def test_a_date_that_does_not_exist_is_an_error_at_its_line(written: str, read: Read) -> None:
    extract = read(person_element(f"<ChuShengNianYue>{written}</ChuShengNianYue>"))
    (problem,) = extract.problems
    assert (problem.message.code, problem.at.row) == ("form/impossible-date", 3)
    assert problem.at.column == "出生年月"
