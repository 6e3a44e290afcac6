"""A letter as a value: what it says, independent of how it is laid out.

Not here: reading a file (`reading`), layout (`writing`), and what notices of appointment say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DOCUMENT_MARK = "文件"
"""Last word of the mark of a red head, which the mark of 信函格式 goes without."""

_OFFICIAL_LETTER = "函"


class Level(StrEnum):
    """What a paragraph of the body is, told by its number: `一、`, `（一）`, `1.`, `（1）`."""

    FIRST = "first"
    SECOND = "second"
    PLAIN = "plain"


class Form(StrEnum):
    """Layout of the first page: 文件格式 under a red head, or 信函格式 between two red rules."""

    DOCUMENT = "document"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Head:
    """版头.

    Attributes
    ----------
    mark
        发文机关标志, as printed in red.
    number
        发文字号 `云组发〔2025〕5号`; "" leaves its line blank to be filled in.
    signers
        签发人, for letters to a superior: then the number stands left and the names right.
    copy_number, secrecy, urgency
        份号, 密级和保密期限, 紧急程度; "" for none.
    form
        None: by what the letter is (`Letter.form`).
    """

    mark: str
    number: str = ""
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: its name, and its text where it is printed with the letter."""

    name: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记; everything may be blank."""

    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes
    ----------
    title
        Line ends in it are kept; without any, lines are broken by sense (`titles`).
    body
        Paragraphs, one a line.
    issuers
        署名; several sign side by side in the order given.
    issued_on
        成文日期; None leaves room for a day to be filled in.
    dated
        Whether 署名 and date stand below at all; an agenda has neither.
    sealed
        Whether a seal is put over 署名 and date: more room above them.
    marking
        密级 at the top left of a letter without a red head (with one, `head.secrecy`).
    whole_words
        Names that a title never divides.
    head
        None: printed on paper that has its red head already, or a plain letter.
    """

    title: str
    body: str
    addressees: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    dated: bool = True
    sealed: bool = True
    note: str = ""
    head: Head | None = None
    imprint: Imprint = Imprint()
    marking: str = ""
    whole_words: tuple[str, ...] = ()

    @property
    def is_official_letter(self) -> bool:
        """Whether it is a 函, told by the last character of its title."""
        return self.title.rstrip().endswith(_OFFICIAL_LETTER)

    @property
    def form(self) -> Form:
        """The layout asked for; else 信函格式 for a 函 whose mark does not call it a 文件."""
        head = self.head
        if head is None:
            return Form.DOCUMENT
        if head.form is not None:
            return head.form
        called_document = head.mark.endswith(DOCUMENT_MARK) or head.signers
        return Form.LETTER if self.is_official_letter and not called_document else Form.DOCUMENT


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names of the fonts that the file asks for; some machines have `仿宋`, `楷体` instead."""

    body: str = "仿宋_GB2312"
    second: str = "楷体_GB2312"
    first: str = "黑体"
    title: str = "方正小标宋简体"
    number: str = "宋体"


def day_text(day: date | None) -> str:
    """`2025年3月5日`, without leading zeros; blanks to be filled in where there is no day."""
    return "　　　　年　　月　　日" if day is None else f"{day.year}年{day.month}月{day.day}日"
