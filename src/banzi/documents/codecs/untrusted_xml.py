"""XML from outside: decode it, refuse what is dangerous or broken, and parse the rest.

Nothing outside the file is ever read: no DTD, no entities of its own, no network. Text is decoded
here and not by the parser, since declarations are often wrong (`utf-16` on UTF-8 bytes, `gb2312`
on UTF-8, nothing at all on GB18030).

Not here: what the elements mean.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from banzi.documents.codecs.extract import Finding
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import FindingKind, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

EMPTY_FILE = MessageKind("xml/empty-file", _("文件是空的；请重新取得该文件"))
ARCHIVE = MessageKind(
    "xml/archive", _("文件实为压缩包或其他软件的文件，不是XML；请解压或另存后再导入")
)
NUL_BYTES = MessageKind("xml/nul-bytes", _("文件含空字节，已损坏或不是文本；请重新取得该文件"))
UNDECODABLE = MessageKind(
    "xml/undecodable", _("文字编码无法识别（不是UTF-8、UTF-16或GB18030）；请重新取得该文件")
)
HAS_DOCTYPE = MessageKind(
    "xml/doctype", _("文件含DTD或实体声明，出于安全不予读取；请核实文件来源后重新导出")
)
BROKEN = MessageKind("xml/broken", _("XML格式不完整或有误：{detail}；请重新导出该文件"))
TOO_LONG = MessageKind(
    "xml/too-long", _("有一项内容过长（多为照片过大），不予读取；请压缩照片后重新导出")
)
TOO_DEEP = MessageKind("xml/too-deep", _("元素嵌套过深，不予读取；请核实文件来源后重新导出"))
WRONG_ENCODING = FindingKind(
    "xml/encoding",
    _("文件不是UTF-8编码，已按{encoding}读取；请核对文字是否正确"),
    title=_("文件编码不是UTF-8"),
)

_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
)
_DECLARATION = re.compile(r"\s*<\?xml(?=\s)[^>]{0,400}?\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,300}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_VERTICAL_TAB = re.compile("\x0b|&#(?:0*11|[xX]0*[bB]);")
_SURELY_UTF8 = 8  # this many multi-byte characters are never valid UTF-8 by accident


def parse_untrusted(data: bytes, file_name: str) -> tuple[etree._Element, list[Finding]]:
    """The root element; `sourceline` of every element is its line in the file.

    A vertical tab, which XML forbids and Word leaves behind, is read as a line break.

    Raises
    ------
    BadInput
        One coded problem with file, and row and column where they are known.
    """
    text, encoding = decoded(data, file_name)
    findings = []
    if encoding not in ("UTF-8", "UTF-16"):
        findings.append(Finding(WRONG_ENCODING(encoding=encoding), Location(file_name)))
    if not text.strip():
        raise _refused(EMPTY_FILE(), file_name)
    if (position := text.find("<!DOCTYPE")) >= 0:
        raise _refused(HAS_DOCTYPE(), file_name, text.count("\n", 0, position) + 1)
    # Blanks in place of the declaration keep the parser's lines and columns those of the file.
    text = _DECLARATION.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text, count=1)
    if "\x0b" in text or "&#" in text:
        text = _VERTICAL_TAB.sub("&#10;", text)
    return _parsed(text.encode("utf-8"), file_name), findings


def _parsed(data: bytes, file_name: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        row, column = error.position
        detail = (error.msg or "").split(", line ")[0]
        message = BROKEN(detail=detail)
        if "XML_PARSE_HUGE" in detail or "too long" in detail or "huge" in detail:
            message = TOO_DEEP() if "depth" in detail else TOO_LONG()
        raise _refused(message, file_name, row or None, str(column) if column else None) from None


def text_of(element: etree._Element) -> str:
    """All text inside an element, that of elements in it included."""
    # Most elements hold one text; comments and instructions are gone, entities count as children.
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def row_of(element: etree._Element) -> int | None:
    """The line of the file an element begins on."""
    return cast("int | None", element.sourceline)


def decoded(data: bytes, file_name: str) -> tuple[str, str]:
    """Text, and the encoding it was in (`UTF-8`, `UTF-16` or `GB18030`).

    Raises
    ------
    BadInput
        `xml/empty-file`, `xml/archive`, `xml/nul-bytes`, `xml/undecodable`.
    """
    if not data:
        raise _refused(EMPTY_FILE(), file_name)
    if data.startswith(_ARCHIVES):
        raise _refused(ARCHIVE(), file_name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _strictly(data, "utf-16")
        if text is None:
            raise _refused(UNDECODABLE(), file_name)
        if "\x00" in text:
            raise _refused(NUL_BYTES(), file_name, text.count("\n", 0, text.find("\x00")) + 1)
        return text, "UTF-16"
    if (position := data.find(b"\x00")) >= 0:
        raise _refused(NUL_BYTES(), file_name, data.count(b"\n", 0, position) + 1)
    declared = _DECLARED.search(data[:400])
    as_utf8 = _strictly(data, "utf-8-sig")
    says_gb = declared is not None and declared[1].lower().startswith((b"gb", b"cp936"))
    if as_utf8 is not None and (not says_gb or is_surely_utf8(as_utf8)):
        return as_utf8, "UTF-8"
    as_gb = _strictly(data, "gb18030")
    if as_gb is None:
        raise _refused(UNDECODABLE(), file_name, _first_bad_row(data))
    return as_gb, "GB18030"


def is_surely_utf8(text: str) -> bool:
    """Whether text that decoded as UTF-8 has too many Chinese characters to have done so by chance.

    Text of ASCII alone is UTF-8 too.
    """
    beyond_ascii = sum(1 for character in text[:20_000] if character > "\x7f")
    return beyond_ascii == 0 or beyond_ascii >= _SURELY_UTF8


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _first_bad_row(data: bytes) -> int | None:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return None


def _refused(
    message: Message, file_name: str, row: int | None = None, column: str | None = None
) -> BadInput:
    return BadInput([Problem(message, Location(file_name, row=row, column=column))])
