"""Fill an office's own template for persons of a roster: a file a person, one merged file, or a list.

A template with `{{#名单}}` is a list: one file for everybody. Any other is filled once a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from banzi.documents.papers.filling.fields import (
    PERSON_LIST,
    PHOTO,
    Values,
    names_in,
    person_values,
    whole_values,
)
from banzi.documents.papers.filling.markers import (
    check_markers,
    is_photo,
    lists_persons,
    markers_in,
)
from banzi.documents.papers.filling.sheet_template import SheetTemplate
from banzi.documents.papers.filling.word_template import BODY, WordTemplate
from banzi.kernel.errors import BanziError, Location, ProblemLog
from banzi.kernel.files import replacing_file, replacing_folder, safe_name
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.roster import Roster

OTHER_KIND = MessageKind(
    "filling/other-kind", _("“{file}”不是.docx或.xlsx；请用Word、Excel或WPS另存为这两种格式")
)
SHEETS_NOT_MERGED = MessageKind(
    "filling/sheets-not-merged",
    _("Excel模板不能把多人合成一个文件；请去掉 --merged，或在模板中用“{{#名单}}”列出各人"),
)
HEADER_OF_PERSON = MessageKind(
    "filling/header-of-person",
    _("合成一个文件时，{place}是各人共用的，不能写“{name}”；请移到正文，或去掉 --merged"),
)
IS_A_LIST = MessageKind(
    "filling/is-a-list", _("名单和合订写出的是一个文件；--out 请写与模板同类的文件名")
)
BLANK_FIELDS = MessageKind("filling/blank-fields", _("{name}：{fields}没有内容，已留空"))
FILLING = MessageKind("filling/filling", _("正在填写模板"))
NOBODY = MessageKind("filling/nobody", _("没有要填写的人员；请用 --persons 指明，或用 --all"))


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written.

    Attributes
    ----------
    files
        In the order of the persons.
    notes
        Fields that stayed blank, person by person.
    """

    files: tuple[Path, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was opened and found right."""

    opened: WordTemplate | SheetTemplate
    suffix: str
    is_list: bool
    fields: frozenset[str]


def open_template(file: Path, given: Mapping[str, str] | None = None) -> Template:
    """Open and check a template; `given` are fields that the user names himself.

    Raises
    ------
    BadInput
        With every flaw: file, place, unknown fields with the nearest known ones, open blocks.
    BanziError
        `filling/other-kind`.
    """
    suffix = file.suffix.lower()
    opened: WordTemplate | SheetTemplate
    if suffix == ".docx":
        opened = WordTemplate(file)
    elif suffix == ".xlsx":
        opened = SheetTemplate(file)
    else:
        raise BanziError(OTHER_KIND(file=file))
    log = ProblemLog()
    check_markers(opened.placed, given or {}, log, Location(opened.name))
    if isinstance(opened, SheetTemplate):
        opened.check(log)
    log.stop_if_any()
    texts = [each.text for each in opened.placed]
    fields = {
        PHOTO if is_photo(marker.name) else marker.name
        for text in texts
        for marker in markers_in(text)
        if marker.kind == "field"
    }
    return Template(opened, suffix, lists_persons(texts), frozenset(fields))


def fill_template(
    template: Template,
    roster: Roster,
    persons: Sequence[str],
    as_of: date,
    out: Path,
    merged: bool = False,
    given: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Filled:
    """Fill the template for the persons, in their order.

    Parameters
    ----------
    out
        A file for a list or a merged file; else a folder, which is replaced whole.

    Raises
    ------
    BanziError
        `filling/nobody`, `filling/sheets-not-merged`.
    """
    if not persons:
        raise BanziError(NOBODY())
    if merged and not template.is_list:
        _refuse_merging(template)
    values = tuple(
        person_values(roster, person, as_of, number)
        for number, person in enumerate(
            tracked(persons, progress or Silent(), FILLING(), len(persons)), start=1
        )
    )
    notes = tuple(note for each in values if (note := _blanks(template, each)))
    whole = whole_values(values, as_of, given or {})
    if template.is_list or merged:
        if out.suffix.lower() != template.suffix:
            raise BanziError(IS_A_LIST())
        with replacing_file(out) as part:
            _write(template, whole, [whole] if template.is_list else values, part)
        return Filled((out,), notes)
    digits = max(2, len(str(len(values))))
    names = [
        safe_name(f"{number:0{digits}}{each.name}") + template.suffix
        for number, each in enumerate(values, start=1)
    ]
    with replacing_folder(out) as folder:
        for name, each in zip(names, values, strict=True):
            _write(template, whole, [each], folder / name)
    return Filled(tuple(out / name for name in names), notes)


def _write(template: Template, whole: Values, turns: Sequence[Values], path: Path) -> None:
    if isinstance(template.opened, WordTemplate):
        template.opened.fill(whole, turns, path)
    else:
        template.opened.fill(whole, turns[0], path)


def _refuse_merging(template: Template) -> None:
    if isinstance(template.opened, SheetTemplate):
        raise BanziError(SHEETS_NOT_MERGED())
    log = ProblemLog()
    own = names_in(PERSON_LIST)
    for each in template.opened.placed:
        in_body = each.at.sheet == BODY or each.at.sheet.startswith("表")
        for marker in markers_in(each.text):
            if not in_body and (marker.name in own or is_photo(marker.name)):
                log.add(HEADER_OF_PERSON(place=each.at.sheet, name=marker.name), each.at)
    log.stop_if_any()


def _blanks(template: Template, values: Values) -> Message | None:
    blank = [name for name, text in values.texts.items() if name in template.fields and not text]
    if PHOTO in template.fields and not values.photo:
        blank.append(PHOTO)
    return BLANK_FIELDS(name=values.name, fields=blank) if blank else None
