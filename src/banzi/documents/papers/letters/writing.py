"""A letter as .docx after GB/T 9704-2012: title, body, attachments and signature, and all put together.

Heads, page numbers and the imprint are next door (`heads`, `imprint`).

The same letter gives the same bytes. Notes tell whoever prints it what is still blank. The file
names the fonts that offices have and embeds none.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from banzi.documents.papers import word
from banzi.documents.papers.fitting import width_of
from banzi.documents.papers.letters import measures as m
from banzi.documents.papers.letters.heads import add_headers_and_footers, head_lines, section
from banzi.documents.papers.letters.imprint import imprint_rows
from banzi.documents.papers.letters.letter import Attachment, Fonts, Form, Letter, day_text
from banzi.documents.papers.letters.measures import characters
from banzi.documents.papers.letters.pieces import Run, Text, blank, body_run
from banzi.documents.papers.letters.titles import title_lines
from banzi.documents.papers.word import element
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

NO_NUMBER = MessageKind("letters/no-number", _("没有发文字号，版头已留空；编号后请补填"))
NO_DATE = MessageKind("letters/no-date", _("没有成文日期，已留空；签发后请补填"))
ONE_ADDRESSEE = MessageKind(
    "letters/one-addressee", _("请示一般只写一个主送机关，现有{count}个；请核对")
)
LONG_TITLE = MessageKind(
    "letters/long-title", _("标题排成{lines}行，偏长；请考虑精简，或在标题中自行分行")
)
LETTER_FORM_CHOSEN = MessageKind(
    "letters/letter-form-chosen",
    _("文种为函，已按信函格式排；要用文件格式的，请在“版头”中写“格式: 文件”"),
)
USUALLY_LETTER_FORM = MessageKind(
    "letters/usually-letter-form",
    _("文种为函，一般用信函格式；请在“版头”中写“格式: 信函”，发文机关标志不加“文件”"),
)
PRINTED_LEFT_OUT = MessageKind(
    "letters/printed-left-out",
    _("信函格式的版记不加印发机关和印发日期，这两项没有印"),
)

_FIRST = re.compile(r"[一二三四五六七八九十]+、")
_SECOND = re.compile(r"（[一二三四五六七八九十]+）")
_SENTENCE_END = re.compile(r"[。；：！？]")
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_ATTACHMENT = _("附件")
_REQUEST = _("请示")
_COLON = "："
_LONG_TITLE_LINES = 5
_WIDEST_SIGNATURE = 24
"""Characters; several who sign stand side by side up to here, else one below the other."""
_MOST_KEPT = 10 * m.CHARACTERS


def write_letter(letter: Letter, path: Path, fonts: Fonts | None = None) -> tuple[Message, ...]:
    """Write a letter as .docx.

    Parameters
    ----------
    path
        File to write; the caller sees to it that no half-written file stays.
    fonts
        Names of fonts, where an office has others than the customary ones.

    Returns
    -------
    tuple of Message
        What is left blank, and what may need a look.
    """
    made = _Writer(letter, fonts or Fonts())
    document = word.blank_document("".join(letter.title.split()), _written_at(letter))
    _set_defaults(document, made.fonts)
    body = document.element.body
    body.extend(made.content())
    body.append(section(letter.head, letter.form))
    add_headers_and_footers(document, letter.head, letter.form, made.fonts)
    word.save(document, path)
    return tuple(made.notes)


class _Writer:
    """Lays out one letter and collects notes."""

    def __init__(self, letter: Letter, fonts: Fonts) -> None:
        self.letter, self.fonts = letter, fonts
        self.notes: list[Message] = []

    def content(self) -> list[Any]:
        letter = self.letter
        parts = [*self._head(), *self._title(letter.title)]
        if letter.title.endswith(_REQUEST) and len(letter.addressees) > 1:
            self.notes.append(ONE_ADDRESSEE(count=len(letter.addressees)))
        if letter.addressees:
            text = "，".join(letter.addressees) + _COLON
            parts.append(self._blank())
            parts.append(Text((self._run(text),), "both"))
        else:
            parts.append(self._blank())
        parts += self._paragraphs(letter.body, keeps_on=True)
        parts += self._attachment_list()
        if letter.dated:
            parts += self._signature()
        if letter.note:
            parts.append(Text((self._run(f"（{letter.note}）"),), left=characters(m.NOTE_INDENT)))
        for number, each in enumerate(letter.attachments, start=1):
            parts += self._attachment(each, number if len(letter.attachments) > 1 else 0)
        parts += imprint_rows(letter.imprint, letter.form, self.fonts)
        return [part.xml() for part in parts]

    def _run(self, text: str, font: str = "") -> Run:
        return body_run(text, font or self.fonts.body)

    def _blank(self, together: bool = False) -> Text:
        return blank(self.fonts.body, m.BODY, together)

    def _head(self) -> list[Text]:
        letter, head = self.letter, self.letter.head
        if head is None:
            run = self._run(letter.marking, self.fonts.first)
            return [Text((run,), "left")] if letter.marking else []
        if not head.number:
            self.notes.append(NO_NUMBER())
        if head.form is None and letter.is_official_letter:
            chosen = letter.form is Form.LETTER
            self.notes.append(LETTER_FORM_CHOSEN() if chosen else USUALLY_LETTER_FORM())
        imprint = letter.imprint
        if letter.form is Form.LETTER and (imprint.printed_by or imprint.printed_on):
            self.notes.append(PRINTED_LEFT_OUT())
        return head_lines(head, letter.form, self.fonts)

    def _title(self, title: str) -> list[Text]:
        whole = (*self.letter.whole_words, *self.letter.issuers)
        lines = title_lines(title, m.TITLE_CAPACITY, whole)
        if len(lines) >= _LONG_TITLE_LINES:
            self.notes.append(LONG_TITLE(lines=len(lines)))
        run = Run("\n".join(lines), self.fonts.title, m.TITLE)
        return [Text((run,), "center", heading=1, together=True)]

    def _paragraphs(self, body: str, keeps_on: bool) -> list[Text]:
        texts = [line.strip() for line in body.splitlines() if line.strip()]
        parts = []
        for place, text in enumerate(texts):
            heads = _is_heading(text)
            # The signature never stands alone on a page; a long paragraph would move as a whole.
            signs = keeps_on and place == len(texts) - 1 and len(text) <= _MOST_KEPT
            parts.append(
                Text(
                    self._body_runs(text),
                    first=characters(2),
                    together=heads or signs,
                    heading=2 if heads and _FIRST.match(text) else 0,
                )
            )
        return parts

    def _body_runs(self, text: str) -> tuple[Run, ...]:
        for pattern, font in ((_FIRST, self.fonts.first), (_SECOND, self.fonts.second)):
            if pattern.match(text):
                end = _SENTENCE_END.search(text)
                cut = end.end() if end else len(text)
                runs = (self._run(text[:cut], font), self._run(text[cut:]))
                return tuple(run for run in runs if run.text)
        return (self._run(text),)

    def _attachment_list(self) -> list[Text]:
        names = [each.name for each in self.letter.attachments]
        if not names:
            return []
        lines = [self._blank(together=True)]
        label = f"{_ATTACHMENT}{_COLON}"
        offset = 2 + width_of(label) / 2
        for number, name in enumerate(names, start=1):
            prefix = f"{number}." if len(names) > 1 else ""
            begin = width_of(prefix) / 2
            left = characters(offset + begin)
            shown, first = (
                (f"{label}{prefix}", characters(2) - left)
                if number == 1
                else (prefix, -characters(begin))
            )
            run = self._run(shown + name)
            lines.append(Text((run,), "left", left=left, first=first, together=True))
        return lines

    def _signature(self) -> list[Text]:
        letter = self.letter
        day = day_text(letter.issued_on)
        if letter.issued_on is None:
            self.notes.append(NO_DATE())
        signed, dated = "　".join(letter.issuers), width_of(day) / 2
        rows = [signed] if width_of(signed) / 2 <= _WIDEST_SIGNATURE else list(letter.issuers)
        widths = [min(width_of(row) / 2, m.CHARACTERS) for row in rows]
        block = max(widths, default=0)
        sign_indent, date_indent = _indents(block, dated, letter.sealed)
        lines = [self._blank(together=True) for _line in range(2 if letter.sealed else 1)]
        for row, width in zip(rows, widths, strict=True):
            if row:
                right = characters(sign_indent + (block - width) / 2)
                lines.append(Text((self._run(row),), "right", right=right, together=True))
        lines.append(
            Text(
                (self._run(day),),
                "right",
                right=characters(date_indent),
                together=bool(letter.note),
            )
        )
        return lines

    def _attachment(self, attachment: Attachment, number: int) -> list[Text]:
        if not attachment.body:
            return []
        label = Run(f"{_ATTACHMENT}{number or ''}", self.fonts.first, m.BODY)
        lines = title_lines(attachment.name, m.TITLE_CAPACITY, self.letter.whole_words)
        title = Run("\n".join(lines), self.fonts.title, m.TITLE)
        return [
            Text((label,), "left", new_page=True),
            self._blank(),
            Text((title,), "center", together=True),
            self._blank(),
            *self._paragraphs(attachment.body, keeps_on=False),
        ]


def _indents(signed: float, dated: float, sealed: bool) -> tuple[float, float]:
    """Indents from the right of 署名 and 成文日期, in characters.

    With a seal the date stands four in and the names are centred on it; without, the names stand
    two in and the date begins two after them. Whatever is too long moves both to the left.
    """
    if not signed:
        return 0, m.DATE_INDENT
    if sealed:
        date_indent = float(m.DATE_INDENT)
        sign_indent = date_indent + (dated - signed) / 2
        if sign_indent < 0:
            return 0, (signed - dated) / 2
        return sign_indent, date_indent
    date_indent = min(signed - dated, m.CHARACTERS - 2 - dated)
    return (2, date_indent) if date_indent >= 2 else (4 + dated - signed, 2)


def _is_heading(text: str) -> bool:
    numbered = _FIRST.match(text) or _SECOND.match(text)
    return bool(numbered) and not _SENTENCE_END.search(text)


def _written_at(letter: Letter) -> datetime:
    day = letter.issued_on
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _UNDATED


def _set_defaults(document: Any, fonts: Fonts) -> None:
    """Body size and font as the document's own: the grid's pitch is counted from that size."""
    defaults = document.styles.element.find(".//" + qn("w:docDefaults") + "//" + qn("w:rPr"))
    for name in ("w:sz", "w:szCs"):
        for old in defaults.findall(qn(name)):
            defaults.remove(old)
        defaults.append(element(name.removeprefix("w:"), val=m.BODY))
    named = defaults.find(qn("w:rFonts"))
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        named.set(qn(f"w:{slot}"), fonts.body)
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:styleId")) == "Normal":
            for old in style.findall(qn("w:rPr")) + style.findall(qn("w:pPr")):
                style.remove(old)
            size = [element(name, val=m.BODY) for name in ("sz", "szCs")]
            style.append(element("pPr", element("snapToGrid", val=0)))
            style.append(element("rPr", element("spacing", val=m.TIGHTER), *size))
