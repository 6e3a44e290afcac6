"""A letter from a YAML file whose keys are the names of the parts of a 公文.

    标题: 关于做好年度考核工作的通知
    版头: {发文机关标志: 中共云岭市委组织部文件, 发文字号: 云组发〔2025〕5号}
    主送: [各县（区）委组织部, 市直各单位党组（党委）]
    正文: |
      根据安排，现将有关事项通知如下。
      一、总体要求
      ……
    附件: [考核登记表]
    署名: 中共云岭市委组织部
    成文日期: 2025年3月5日
    版记: {抄送: [市委办公室], 印发机关: 中共云岭市委组织部办公室, 印发日期: 2025年3月5日}

版头 may name its 格式, 文件 or 信函; without, a 函 is set in 信函格式 (`Letter.form`).
Only 标题 and 正文 must be there. A list of one may be written without brackets. Every flaw is told
with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from banzi.documents.papers.letters.letter import (
    DOCUMENT_MARK,
    Attachment,
    Fonts,
    Form,
    Head,
    Imprint,
    Letter,
)
from banzi.documents.papers.marking import read_marking
from banzi.kernel.dates import parse_partial_date
from banzi.kernel.errors import BanziError, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.yaml_file import Written, read_model

BAD_NUMBER = MessageKind(
    "letters/bad-number",
    _(
        "发文字号“{number}”不合规范；应如“云组发〔2025〕5号”：六角括号，年份四位，不加“第”，不编虚位"
    ),
)
BAD_DAY = MessageKind("letters/bad-day", _("“{key}”的“{value}”不是日期；请写成如2025年3月5日"))
MARK_WITH_DOCUMENT = MessageKind(
    "letters/mark-with-document",
    _("信函格式的发文机关标志不加“文件”二字；请去掉，或把“格式”改为“文件”"),
)
SIGNERS_IN_LETTER_FORM = MessageKind(
    "letters/signers-in-letter-form",
    _("信函格式没有签发人；请删去“签发人”，上行文请把“格式”改为“文件”"),
)
_FORMS = {"文件": Form.DOCUMENT, "信函": Form.LETTER}
NUMBER = re.compile(r"[^〔〕\s]+〔\d{4}〕[1-9]\d*号")
_SEVERAL_SIGNS = re.compile(r"[\s　]+")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


Texts = Annotated[tuple[Annotated[str, BeforeValidator(_plain)], ...], BeforeValidator(_listed)]
Text = Annotated[str, BeforeValidator(_plain)]


_CUSTOMARY = Fonts()


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Head(_Part):
    mark: Text = Field(alias="发文机关标志", min_length=1)
    number: Text = Field("", alias="发文字号")
    signers: Texts = Field((), alias="签发人")
    copy_number: Text = Field("", alias="份号")
    secrecy: Text = Field("", alias="密级")
    urgency: Literal["", "特急", "加急"] = Field("", alias="紧急程度")
    form: Literal["文件", "信函"] | None = Field(None, alias="格式")


class _Attachment(_Part):
    name: Text = Field(alias="名称", min_length=1)
    body: str = Field("", alias="正文")


class _Imprint(_Part):
    copies_to: Texts = Field((), alias="抄送")
    printed_by: Text = Field("", alias="印发机关")
    printed_on: Text = Field("", alias="印发日期")


class _Fonts(_Part):
    body: Text = Field(_CUSTOMARY.body, alias="正文")
    second: Text = Field(_CUSTOMARY.second, alias="二级标题")
    first: Text = Field(_CUSTOMARY.first, alias="一级标题")
    title: Text = Field(_CUSTOMARY.title, alias="标题")
    number: Text = Field(_CUSTOMARY.number, alias="页码")


_NO_IMPRINT, _USUAL_FONTS = _Imprint.model_validate({}), _Fonts.model_validate({})


class _Letter(_Part):
    title: Text = Field(alias="标题", min_length=1)
    body: str = Field(alias="正文", min_length=1)
    addressees: Texts = Field((), alias="主送")
    attachments: tuple[str | _Attachment, ...] = Field((), alias="附件")
    issuers: Texts = Field((), alias="署名")
    issued_on: Text = Field("", alias="成文日期")
    seal: Literal["有", "无"] = Field("有", alias="印章")
    note: Text = Field("", alias="附注")
    head: _Head | None = Field(None, alias="版头")
    imprint: _Imprint = Field(_NO_IMPRINT, alias="版记")
    fonts: _Fonts = Field(_USUAL_FONTS, alias="字体")
    whole_words: Texts = Field((), alias="标题中不拆开的词")


def read_letter(file: Path, supplied: Mapping[str, str] | None = None) -> tuple[Letter, Fonts]:
    """A letter and the fonts it asks for.

    Parameters
    ----------
    supplied
        Parts that something else makes (标题 and 正文 of a notice): taken where the file has none.

    Raises
    ------
    BadInput
        With every flaw, as `file:line:column`.
    """

    def whole(given: dict[str, Any]) -> dict[str, Any]:
        data = {**(supplied or {}), **given}
        if isinstance(data.get("附件"), str):
            data["附件"] = [data["附件"]]
        without: dict[str, Any] = _without_blanks(data)
        return without

    read, written = read_model(file, _Letter, whole)
    log = ProblemLog()
    letter = _letter(read, written, log)
    log.stop_if_any()
    return letter, Fonts(**read.fonts.model_dump())


def _without_blanks(value: Any) -> Any:
    """Keys written without a value are as good as absent."""
    if isinstance(value, dict):
        return {key: _without_blanks(part) for key, part in value.items() if part is not None}
    return [_without_blanks(part) for part in value] if isinstance(value, list) else value


def _letter(read: _Letter, written: Written, log: ProblemLog) -> Letter:
    head = None
    if read.head:
        if read.head.number and not NUMBER.fullmatch(read.head.number):
            log.add(BAD_NUMBER(number=read.head.number), written.at("版头", "发文字号"))
        marking = ""
        try:
            marking, _notes = read_marking(read.head.secrecy)
        except BanziError as error:
            log.add(error.message, written.at("版头", "密级"))
        form = _FORMS.get(read.head.form or "")
        if form is Form.LETTER:
            if read.head.mark.endswith(DOCUMENT_MARK):
                log.add(MARK_WITH_DOCUMENT(), written.at("版头", "发文机关标志"))
            if read.head.signers:
                log.add(SIGNERS_IN_LETTER_FORM(), written.at("版头", "签发人"))
        head = Head(**{**read.head.model_dump(), "secrecy": marking, "form": form})
    imprint = Imprint(
        read.imprint.copies_to,
        read.imprint.printed_by,
        _day(read.imprint.printed_on, written, log, "版记", "印发日期"),
    )
    return Letter(
        title=read.title if "\n" in read.title else _SEVERAL_SIGNS.sub("", read.title),
        body=read.body,
        addressees=read.addressees,
        attachments=tuple(
            Attachment(each) if isinstance(each, str) else Attachment(each.name, each.body)
            for each in read.attachments
        ),
        issuers=read.issuers,
        issued_on=_day(read.issued_on, written, log, "成文日期"),
        sealed=read.seal == "有",
        note=read.note.strip("（）()"),
        head=head,
        imprint=imprint,
        whole_words=read.whole_words,
    )


def _day(text: str, written: Written, log: ProblemLog, *path: str) -> date | None:
    if not text:
        return None
    found = parse_partial_date(text)
    if found is None or not found.day:
        log.add(BAD_DAY(key=path[-1], value=text), written.at(*path))
        return None
    return found.earliest
