"""The pack of a meeting: what is in it, in which order, and what is missing for whom."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from tests.example_teams import AS_OF, PLAN, example_roster

from banzi.documents.papers.moves import house_of, moves_of
from banzi.documents.papers.packs.checklist import person_checks
from banzi.documents.papers.packs.meeting import Meeting, agenda, read_meeting
from banzi.documents.papers.packs.pack import write_pack
from banzi.documents.papers.paper_kinds import PlanMoves, Request
from banzi.documents.papers.proposals import proposals_of
from banzi.documents.papers.writing import Format
from banzi.kernel.errors import BadInput, BanziError
from banzi.roster import Roster

MEETING = Meeting.model_validate({"会议": "部务会", "名称": "部务会会议", "时间": "2021年7月2日"})
CHECKS = (
    "file_check",
    "personal_matters_check",
    "discipline_opinion",
    "tip_off_check",
    "integrity_statement",
)


def conclusion(person: str, kind: str, number: int = 1, **facts: Any) -> dict[str, Any]:
    usual = {"conclusion_outcome": "met", "concluded_on": date(2021, 6, 1), "concluded_by": "某委"}
    return {
        "person_id": person,
        "conclusion_no": number,
        "conclusion_kind": kind,
        **usual,
        **facts,
    }


def request(*conclusions: dict[str, Any]) -> Request:
    plain = example_roster()
    made = plain.with_tables(
        conclusions=Roster.of(AS_OF, conclusions=list(conclusions))["conclusions"]
    )
    house = house_of(made, AS_OF)
    return Request(made, AS_OF, plan=PlanMoves(house, moves_of(house, PLAN), ("fushi2",)))


def states(asked: Request, person: str = "p3") -> list[str]:
    checks = person_checks(proposals_of(asked).all, asked.roster, asked.as_of, {})
    return list(next(each for each in checks if each.person_id == person).states.values())[4:]


def test_the_papers_stand_in_order_with_a_form_for_everybody(tmp_path: Path) -> None:
    out = tmp_path / "pack"
    pack = write_pack(MEETING, request(), out)
    files = sorted(each.relative_to(out).as_posix() for each in out.rglob("*.*"))
    forms = [
        f"03干部任免审批表/0{n}{who}.docx"
        for n, who in enumerate(("孙明", "钱文", "李芳", "周强"), 1)
    ]
    others = ["00目录", "01议程", "02讨论任免干部名单", "04部务会干部任免表决票", "05材料核对清单"]
    assert files == sorted([*forms, *(f"{name}.docx" for name in others)])
    table = Document(str(out / "00目录.docx")).tables[0]
    listed = [row.cells[1].text for row in table.rows[1:]]
    assert listed == [each.file.rpartition(".")[0] for each in pack.papers]
    form = Document(str(out / forms[0])).tables[0]
    assert any("云岭市委副书记、市长" in cell.text for cell in form._cells)


def test_a_zip_holds_the_same_and_its_bytes_repeat(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_pack(MEETING, request(), tmp_path / name)
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert package.namelist()[0] == "00目录.docx"
        assert len(package.namelist()) == 9
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip", "b.zip"]


def test_tables_may_be_pdf_and_carry_the_marking(tmp_path: Path) -> None:
    marked = replace(request(), marking="机密")
    write_pack(MEETING, marked, tmp_path / "pack", ending=Format.PDF)
    assert (tmp_path / "pack" / "02讨论任免干部名单.pdf").is_file()
    agenda_file = Document(str(tmp_path / "pack" / "01议程.docx"))
    assert [each.text for each in agenda_file.paragraphs[:2]] == ["机密", "部务会会议议程"]


def test_nothing_recorded_is_never_a_pass() -> None:
    assert states(request()) == ["未见"] * 5


def test_a_valid_dated_conclusion_is_met_and_nothing_else_is() -> None:
    asked = request(*(conclusion("p3", kind) for kind in CHECKS))
    assert states(asked) == ["符合"] * 5
    assert states(asked, "p5") == ["未见"] * 5


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"conclusion_outcome": "not_met"}, "不符合"),
        ({"conclusion_outcome": "under_review"}, "正在核查"),
        ({"concluded_on": None}, "日期未填"),
        ({"concluded_on": date(2021, 7, 2)}, "未见"),
        ({"valid_until": date(2021, 6, 30)}, "未见"),
        ({"valid_until": date(2021, 7, 1)}, "符合"),
    ],
)
def test_each_way_a_conclusion_may_fall_short(facts: dict[str, Any], state: str) -> None:
    assert states(request(conclusion("p3", "file_check", **facts)))[0] == state


def test_what_is_not_met_is_listed_as_missing() -> None:
    asked = request(*(conclusion("p3", kind) for kind in CHECKS))
    checks = person_checks(proposals_of(asked).all, asked.roster, asked.as_of, {"p3": "工作需要"})
    by_person = {each.person_id: each for each in checks}
    assert by_person["p3"].missing == ("照片", "考察材料（未登记）")
    assert "任免理由" in by_person["p5"].missing
    assert len(by_person["p5"].missing) == 8


def test_the_agenda_leaves_out_what_is_blank() -> None:
    meeting = Meeting.model_validate({"会议": "常委会", "名称": "常委会会议", "参加": "常委"})
    letter = agenda(meeting, 4)
    assert letter.body.splitlines() == ["参加：常委", "议题：", "1.讨论干部任免事项（4人）"]
    assert meeting.which.ballot == "committee-ballot"


def test_a_bad_meeting_is_told_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text("会议: 党组会\n名称: 会议\n票数: 很多\n日期: 今天\n", "utf-8")
    with pytest.raises(BadInput) as bad:
        read_meeting(file)
    assert sorted((p.at.row, p.message.code) for p in bad.value.problems) == [
        (1, "yaml/wrong-value"),
        (3, "yaml/wrong-value"),
        (4, "yaml/unknown-key"),
    ]


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "信.docx").write_bytes(b"x")
    with pytest.raises(BanziError, match="packs/folder-in-use"):
        write_pack(MEETING, request(), out)
    assert [each.name for each in out.iterdir()] == ["信.docx"]
    write_pack(MEETING, request(), tmp_path / "pack")
    write_pack(MEETING, request(), tmp_path / "pack")  # its own may be written anew
