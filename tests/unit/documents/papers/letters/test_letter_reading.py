"""A letter declared in YAML: what is read, and what is said of flaws."""

from datetime import date
from pathlib import Path

import pytest

from banzi.documents.papers.letters.letter import Attachment
from banzi.documents.papers.letters.reading import read_letter
from banzi.kernel.errors import BadInput

FULL = """\
标题: 关于做好考核工作的通知
版头: {发文机关标志: 某某文件, 发文字号: 云组发〔2025〕5号, 密级: 秘密*1年, 份号: 000001}
主送: 各县委组织部
正文: |
  一、要求
  要认真。
附件: [登记表, {名称: 统计表, 正文: 内容}]
署名: [甲部, 乙部]
成文日期: 2025年3月5日
附注: （联系人：王某）
版记: {抄送: 市委办公室, 印发机关: 办公室, 印发日期: 2025-03-06}
字体: {正文: 仿宋}
"""


def read(text: str, folder: Path) -> list[str]:
    file = folder / "a.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput) as bad:
        read_letter(file)
    return [f"{problem.at.row} {problem.message.code}" for problem in bad.value.problems]


def test_every_part_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FULL, "utf-8")
    letter, fonts = read_letter(tmp_path / "a.yaml")
    assert letter.addressees == ("各县委组织部",)
    assert letter.attachments == (Attachment("登记表"), Attachment("统计表", "内容"))
    assert letter.issuers == ("甲部", "乙部")
    assert letter.issued_on == date(2025, 3, 5)
    assert letter.imprint.printed_on == date(2025, 3, 6)
    assert letter.note == "联系人：王某"
    assert letter.head is not None
    assert letter.head.copy_number == "000001"
    assert letter.head.secrecy == "秘密★1年"
    assert fonts.body == "仿宋"
    assert fonts.title == "方正小标宋简体"


@pytest.mark.parametrize(
    "number",
    ["云组发[2025]5号", "云组发〔2025〕第5号", "云组发〔2025〕05号", "云组发〔25〕5号", "5号"],
)
def test_a_number_that_breaks_the_norm_is_refused(number: str, tmp_path: Path) -> None:
    text = f"标题: 通知\n正文: 内容\n版头:\n  发文机关标志: 文件\n  发文字号: '{number}'\n"
    assert read(text, tmp_path) == ["5 letters/bad-number"]


def test_every_flaw_is_told_with_its_line(tmp_path: Path) -> None:
    text = "标题: 通知\n正文: 内容\n成文日期: 2025年3月\n版头: {发文机关标志: 文件, 密级: 普通}\n"
    assert read(text, tmp_path) == ["4 papers/bad-marking", "3 letters/bad-day"]
    assert read("标题: 通知\n主题: 甲\n", tmp_path) == ["1 yaml/missing-key", "2 yaml/unknown-key"]


@pytest.mark.parametrize(("asked", "form"), [("信函", "letter"), ("文件", "document")])
def test_the_form_may_be_asked_for(asked: str, form: str, tmp_path: Path) -> None:
    text = f"标题: 通知\n正文: 内容\n版头: {{发文机关标志: 某某部, 格式: {asked}}}\n"
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    letter, _fonts = read_letter(tmp_path / "a.yaml")
    assert letter.form == form


def test_what_a_letter_form_cannot_have_is_told_with_its_line(tmp_path: Path) -> None:
    head = "版头:\n  格式: 信函\n  发文机关标志: 某某部文件\n  签发人: 赵大山\n"
    assert read(f"标题: 函\n正文: 内容\n{head}", tmp_path) == [
        "5 letters/mark-with-document",
        "6 letters/signers-in-letter-form",
    ]
    unknown = "版头: {发文机关标志: 某某部, 格式: 便函}\n"
    assert read(f"标题: 函\n正文: 内容\n{unknown}", tmp_path) == ["3 yaml/wrong-value"]
