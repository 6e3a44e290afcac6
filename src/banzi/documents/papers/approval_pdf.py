"""干部任免审批表 as PDF: the same grid, sizes and lines as the .docx, drawn by typst.

One person or many go into one file, two pages each, without page numbers and with a bookmark a
person. `approval_drawing` has put every line at its place; typst only draws, so that no font can
move one, and the same forms give the same bytes.

宋体 may not be shipped; `fonts` says what stands in for it. A character that it lacks is drawn by a
font of the machine, when there is one, and reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from banzi.documents.papers import approval_layout as grid
from banzi.documents.papers.approval_drawing import Rule, Sheet, sheets_of
from banzi.documents.papers.approval_typeset import BAD_PHOTO, SetForm
from banzi.documents.papers.fonts import SONG, typst_fonts
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

NO_PDF_PHOTO = MessageKind(
    "papers/no-pdf-photo",
    _("照片是{ending}格式，PDF中照片栏留空；请将照片另存为JPEG后重新输出"),
)
RARE = MessageKind(
    "papers/rare-characters",
    _("“{characters}”不在随附字体中，PDF中以本机其他字体显示或显示为方框；请核对PDF，或打印.docx"),
)

TEMPLATE = Path(__file__).with_name("approval_form.typ")
_ENDINGS = ("jpg", "png", "gif")

Notes = list[list[Message]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A form that goes into a PDF: its texts fitted, and what its bookmark says."""

    form: SetForm
    bookmark: str


class Printer:
    """Makes PDFs one after another; fonts are read once.

    Parameters
    ----------
    folder
        Where photos lie while they are drawn. The caller makes it and takes it away.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # typst reads files of one folder only: the page beside the photos
        self._template = folder / TEMPLATE.name
        self._template.write_bytes(TEMPLATE.read_bytes())
        self._compilers: dict[bool, typst.Compiler] = {}
        self._photos = 0

    def print(self, entries: Sequence[Entry], at: datetime) -> tuple[bytes, list[list[Message]]]:
        """The bytes of a PDF, and for each entry what whoever prints should know.

        Parameters
        ----------
        at
            UTC time given as the time of making: when the forms were stated, not the clock.
        """
        notes: Notes = [[] for _entry in entries]
        forms = [
            self._drawable(entry.form, each) for entry, each in zip(entries, notes, strict=True)
        ]
        sheets = [sheets_of(form) for form in forms]
        rare = [SONG.missing("".join(_shown(pages))) for pages in sheets]
        for each, characters in zip(notes, rare, strict=True):
            if characters:
                each.append(RARE(characters=characters))
        compiler = self._compiler(system_too=any(rare))
        bookmarks = [entry.bookmark for entry in entries]
        try:
            return self._compiled(compiler, sheets, forms, bookmarks, at), notes
        except typst.TypstError:
            # a photo that begins like a picture and is none: found out only by drawing it
            for number, form in enumerate(forms):
                if form.photo and not self._draws(form):
                    notes[number].append(BAD_PHOTO())
                    forms[number] = replace(form, photo=None)
            sheets = [sheets_of(form) for form in forms]
            return self._compiled(compiler, sheets, forms, bookmarks, at), notes

    def _drawable(self, form: SetForm, notes: list[Message]) -> SetForm:
        """The form without a photo that typst cannot read."""
        if form.photo and form.photo.ending not in _ENDINGS:
            notes.append(NO_PDF_PHOTO(ending=form.photo.ending.upper()))
            return replace(form, photo=None)
        return form

    def _draws(self, form: SetForm) -> bool:
        source = f'#image("{self._photo_file(form)}")'.encode()
        try:
            typst.Compiler(source, root=self._folder, font_paths=typst_fonts()).compile()
        except typst.TypstError:
            return False
        return True

    def _photo_file(self, form: SetForm) -> str:
        """The photo as a file of its own name: the compiler keeps what it has read."""
        if form.photo is None:
            return ""
        self._photos += 1
        name = f"{self._photos}.{form.photo.ending}"
        (self._folder / name).write_bytes(form.photo.data)
        return f"/{name}"

    def _compiled(
        self,
        compiler: typst.Compiler,
        sheets: Sequence[tuple[Sheet, Sheet]],
        forms: Sequence[SetForm],
        bookmarks: Sequence[str],
        at: datetime,
    ) -> bytes:
        photos = [self._photo_file(form) for form in forms]
        page = json.dumps(page_data(sheets, photos, bookmarks, at), ensure_ascii=False)
        try:
            made = compiler.compile(
                format="pdf",
                sys_inputs={"data": page},
                timestamp=int(at.timestamp()),
                pdf_tags=False,
            )
        finally:
            for photo in filter(None, photos):
                (self._folder / photo[1:]).unlink(missing_ok=True)
        if not isinstance(made, bytes):
            raise TypeError(type(made).__name__)
        return made

    def _compiler(self, system_too: bool) -> typst.Compiler:
        if system_too not in self._compilers:
            self._compilers[system_too] = typst.Compiler(
                self._template,
                root=self._folder,
                font_paths=typst_fonts(system_too),
            )
        return self._compilers[system_too]


def page_data(
    sheets: Sequence[tuple[Sheet, Sheet]],
    photos: Sequence[str],
    bookmarks: Sequence[str],
    at: datetime,
) -> dict[str, Any]:
    """Everything the pages show, lengths in points; tested as data."""
    grids: dict[tuple[Rule, ...], int] = {}
    drawn = []
    for pages, photo, bookmark in zip(sheets, photos, bookmarks, strict=True):
        for number, sheet in enumerate(pages):
            frame = sheet.frame
            drawn.append(
                {
                    "bookmark": "" if number else bookmark,
                    "scale": float(sheet.scale),
                    "grid": grids.setdefault(sheet.rules, len(grids)),
                    "texts": [
                        [
                            _pt(each.x),
                            _pt(each.y),
                            each.size / 2,
                            each.width,
                            _pt(each.spacing),
                            each.text,
                        ]
                        for each in sheet.texts
                    ],
                    "photo": frame
                    and [_pt(frame.x), _pt(frame.y), _pt(frame.width), _pt(frame.height), photo],
                }
            )
    return {
        "title": grid.TITLE,
        "font": SONG.family,
        "date": [at.year, at.month, at.day],
        "grids": [
            [[_pt(rule.x), _pt(rule.y), _pt(rule.across), _pt(rule.down)] for rule in rules]
            for rules in grids
        ],
        "sheets": drawn,
    }


def _shown(pages: Iterable[Sheet]) -> Iterator[str]:
    for page in pages:
        for text in page.texts:
            yield text.text


def _pt(twips: int) -> float:
    return twips / 20
