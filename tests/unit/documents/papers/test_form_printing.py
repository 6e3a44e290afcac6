import hashlib
from pathlib import Path

import pypdfium2
import pytest
from tests.unit.documents.papers.test_approval_form import png

from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form import Form
from banzi.documents.form_files import find_forms
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.form_folder import numbered, refuse_foreign_folder
from banzi.documents.papers.form_printing import (
    Outcome,
    Printed,
    Refused,
    Source,
    Sources,
    read_subjects,
    write_forms,
    write_volumes,
)
from banzi.kernel.errors import BanziError, Cancelled
from banzi.kernel.messages import Message
from banzi.kernel.progress import Silent


def folder_of(folder: Path, *names: str) -> Sources:
    folder.mkdir()
    for number, name in enumerate(names, start=1):
        form = Form({"name": name, "birth": "197503", "age_counted_on": "202506"}, photo=png(4, 5))
        (folder / f"{number}{name}.lrmx").write_bytes(write_form(form))
    files = find_forms([folder])
    return Sources(len(files), lambda place: Source(str(files[place])))


def digests(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if file.is_file()
    }


@pytest.mark.slow
def test_what_is_written_does_not_depend_on_how_many_processes_write_it(tmp_path: Path) -> None:
    names = [f"王{chr(0x4E00 + number)}" for number in range(22)]
    sources = folder_of(tmp_path / "forms", *names)
    written = []
    for workers in (1, 2):
        out = tmp_path / f"out{workers}"
        out.mkdir()
        found = write_forms(sources, Layout.OF_2025, ("docx", "pdf"), out, Silent(), workers)
        assert [each.place for each in found] == list(range(22))
        written.append(digests(out))
    assert len(written[0]) == 2 * 22
    assert written[0] == written[1]


def test_a_form_that_cannot_be_printed_is_refused_and_the_others_are_printed(
    tmp_path: Path,
) -> None:
    sources = folder_of(tmp_path / "forms", "王力", "李明", "张三")
    (tmp_path / "forms" / "2李明.lrmx").write_text("<Person><XingMing>", "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    found = write_forms(sources, Layout.STANDARD, ("docx",), out, Silent(), 1)
    assert [type(each) for each in found] == [Printed, Refused, Printed]
    assert sorted(path.name for path in out.iterdir()) == ["0.docx", "2.docx"]
    refused = found[1]
    assert isinstance(refused, Refused)
    (problem,) = refused.problems
    assert problem.message.code == "xml/broken"
    assert problem.at.file.endswith("2李明.lrmx")


def test_a_refused_form_keeps_its_number(tmp_path: Path) -> None:
    sources = folder_of(tmp_path / "forms", "王力", "李明", "张三")
    (tmp_path / "forms" / "2李明.lrmx").write_text("", "utf-8")
    found = read_subjects(sources, Silent(), 1)
    rows = numbered(found, range(3), 3)
    assert [row.file for row in rows] == ["001王力", "", "003张三"]


def test_numbers_have_as_many_digits_as_the_last_one() -> None:
    source = Source("p-17", Form({"name": "王/力"}))
    found = read_subjects(Sources(1, lambda _place: source), Silent(), 1)
    assert numbered(found, [0], 12_000)[0].file == "00001王_力"


def test_a_person_of_a_roster_is_named_where_no_file_can_be(tmp_path: Path) -> None:
    form = Form({"name": "王力", "native_place": "云山\a"})
    found: list[Outcome] = write_forms(
        Sources(1, lambda _place: Source("p-17", form)),
        Layout.STANDARD,
        (),
        tmp_path,
        Silent(),
        1,
    )
    (refused,) = found
    assert isinstance(refused, Refused)
    assert [problem.line() for problem in refused.problems] == [
        "p-17::籍贯 papers/unprintable-character "
        "王力的“籍贯”第3个字是无法打印的控制字符（U+0007）；请删除该字符后重新输出"
    ]


def test_volumes_hold_their_forms_in_order_and_leave_out_what_is_refused(tmp_path: Path) -> None:
    sources = folder_of(tmp_path / "forms", "王力", "李明", "张三")
    (tmp_path / "forms" / "2李明.lrmx").write_text("", "utf-8")
    files, outcomes = write_volumes(
        sources.chosen([2, 1, 0]), Layout.STANDARD, tmp_path / "all.pdf", 300, Silent(), 1
    )
    assert files == [tmp_path / "all.pdf"]
    toc = pypdfium2.PdfDocument(files[0].read_bytes()).get_toc()
    assert [each.get_title() for each in toc] == ["张三", "王力"]
    assert [type(each) for each in outcomes] == [Printed, Refused, Printed]
    files, _outcomes = write_volumes(sources, Layout.STANDARD, tmp_path / "all.pdf", 2, Silent(), 1)
    assert [path.name for path in files] == ["all-1.pdf", "all-2.pdf"]


class Impatient(Silent):
    def start(self, task: Message, total: int | None = None) -> None:
        self.left = 1

    def advance(self, steps: int = 1) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_a_stop_leaves_no_volume_and_no_folder_behind(tmp_path: Path) -> None:
    sources = folder_of(tmp_path / "forms", *(f"王{chr(0x4E00 + n)}" for n in range(5)))
    with pytest.raises(Cancelled):
        write_volumes(sources, Layout.STANDARD, tmp_path / "all.pdf", 2, Impatient(), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["forms"]


def test_only_a_folder_of_printed_forms_is_replaced(tmp_path: Path) -> None:
    refuse_foreign_folder(tmp_path / "new")
    refuse_foreign_folder(tmp_path)
    (tmp_path / "001王力.docx").write_bytes(b"")
    with pytest.raises(BanziError):
        refuse_foreign_folder(tmp_path)
    (tmp_path / "清单.xlsx").write_bytes(b"")
    refuse_foreign_folder(tmp_path)
    (tmp_path / "会议记录.txt").write_bytes(b"")
    with pytest.raises(BanziError, match="会议记录"):
        refuse_foreign_folder(tmp_path)
