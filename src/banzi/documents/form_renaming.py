"""Rename files of 任免审批表 by what is in them: `1张三.lrmx`, `张三.lrmx`, `张三99….lrmx`.

First a plan, then, when nothing in it is in doubt, the renaming: through names nobody has, so that
two files may change places, and with a record to undo it by. No file is ever written over, and a
file stays in its folder and keeps its ending. The photo beside an `.lrm` goes with it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from banzi.documents.codecs.lrm import photos_beside
from banzi.documents.form_order import Subject
from banzi.kernel.errors import BanziError, Location, Problem, ProblemLog
from banzi.kernel.files import name_key, replacing_file, safe_name
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

TAKEN = MessageKind(
    "form-renaming/taken", _("新名称“{new}”已被其他文件占用；请先移走该文件，或换一种命名方式")
)
SAME = MessageKind(
    "form-renaming/same", _("与“{other}”的新名称相同（{new}）；请核对是否重复，或换一种命名方式")
)
NO_ID = MessageKind(
    "form-renaming/no-id-number",
    _("未填身份证号，不能按“姓名身份证号”命名；请补填或换一种命名方式"),
)
BAD_RECORD = MessageKind(
    "form-renaming/bad-record", _("不是改名记录（应为本程序写出的.csv）；请核对文件")
)
GONE = MessageKind("form-renaming/gone", _("“{file}”已不在原处，不能恢复；请核对文件夹"))
FAILED = MessageKind(
    "form-renaming/failed", _("“{file}”不能改名（{reason}），已全部恢复原名；请关闭正在打开的文件")
)

_RECORD = _("改名记录{number}.csv")
_HEADER = ("folder", "old", "new")
_NUMBERED, _WITH_ID = _("{number}{name}"), _("{name}{id_number}")


class Pattern(StrEnum):
    """How files are named."""

    NUMBER_NAME = "number-name"
    NAME = "name"
    NAME_ID = "name-id"


@dataclass(frozen=True, slots=True)
class Step:
    """One file: from one name to another in the same folder."""

    old: Path
    new: Path


def plan(
    subjects: Sequence[Subject], pattern: Pattern, first: int = 1
) -> tuple[list[Step], list[Problem]]:
    """New names for the forms, in their order, and what stands in the way.

    Two people of one name get their ID numbers behind it where the pattern alone would clash. A
    file that has its name already is no step.

    Parameters
    ----------
    subjects
        `source` is the file.
    first
        Number of the first, for `Pattern.NUMBER_NAME`; numbers have no zeros in front.
    """
    problems: list[Problem] = []
    stems = [_stem(subject, pattern, first + at) for at, subject in enumerate(subjects)]
    folders = [Path(subject.source).parent for subject in subjects]
    counts = Counter(_key(folder / stem) for folder, stem in zip(folders, stems, strict=True))
    steps: list[Step] = []
    for subject, folder, stem in zip(subjects, folders, stems, strict=True):
        if counts[_key(folder / stem)] > 1 and subject.id_number:
            stem = _stem(subject, Pattern.NAME_ID, 0)
        old = Path(subject.source)
        if pattern is Pattern.NAME_ID and not subject.id_number:
            problems.append(Problem(NO_ID(), Location(str(old))))
        steps.append(Step(old, folder / f"{stem}{old.suffix}"))
        if old.suffix.lower() == ".lrm":
            steps += [Step(each, folder / f"{stem}{each.suffix}") for each in photos_beside(old)]
    problems += _clashes(steps)
    return [step for step in steps if step.old != step.new], problems


def carry_out(steps: Sequence[Step], record_in: Path) -> Path:
    """Rename, and write the record to undo it by into a folder; gives the record.

    Raises
    ------
    BanziError
        `form-renaming/failed`: a file could not be renamed; every file has its old name again.
    """
    record = _free_record(record_in)
    with replacing_file(record) as part, part.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(_HEADER)
        for step in steps:
            writer.writerow([str(step.old.parent.resolve()), step.old.name, step.new.name])
    try:
        _rename(steps)
    except BanziError:
        record.unlink()
        raise
    return record


def undo(record: Path) -> list[Step]:
    """Give every file of a record its old name again; gives what was done.

    Raises
    ------
    BadInput
        `form-renaming/bad-record`, or `gone` and `taken` for every such file; nothing is renamed.
    """
    problems = ProblemLog()
    steps: list[Step] = []
    try:
        with record.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream, strict=True):
                folder = Path(row["folder"])
                steps.append(Step(folder / row["new"], folder / row["old"]))
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        problems.add(BAD_RECORD(), Location(str(record)))
    for step in steps:
        if not step.old.exists():
            problems.add(GONE(file=step.old.name), Location(str(step.old)))
    problems.extend(_clashes(steps))
    problems.stop_if_any()
    _rename(steps)
    return steps


def _stem(subject: Subject, pattern: Pattern, number: int) -> str:
    template = {
        Pattern.NUMBER_NAME: _NUMBERED,
        Pattern.NAME: "{name}",
        Pattern.NAME_ID: _WITH_ID,
    }[pattern]
    values = {"number": number, "name": subject.name, "id_number": subject.id_number}
    return safe_name(render(template, values))


def _clashes(steps: Sequence[Step]) -> list[Problem]:
    """New names that two files would have, or that a file has which is not renamed itself.

    Windows takes 张A and 张a for one name; so do we everywhere.
    """
    leaving = {_key(step.old) for step in steps}
    taken = {
        _key(each): each.name
        for folder in {step.new.parent for step in steps if step.new.parent.is_dir()}
        for each in folder.iterdir()
        if _key(each) not in leaving
    }
    problems = []
    claimed: dict[str, Path] = {}
    for step in steps:
        key, at = _key(step.new), Location(str(step.old))
        if key in taken:
            problems.append(Problem(TAKEN(new=step.new.name), at))
        elif key in claimed:
            problems.append(Problem(SAME(other=claimed[key].name, new=step.new.name), at))
        claimed.setdefault(key, step.old)
    return problems


def _rename(steps: Sequence[Step]) -> None:
    done: list[tuple[Path, Path]] = []
    halfway = [
        (step.old, step.old.with_name(f".renaming-{number}{step.old.suffix}"))
        for number, step in enumerate(steps)
    ]
    onward = [(middle, step.new) for (_old, middle), step in zip(halfway, steps, strict=True)]
    try:
        for old, new in (*halfway, *onward):
            if new.exists():
                raise FileExistsError(17, "exists", str(new))
            old.rename(new)
            done.append((old, new))
    except (OSError, KeyboardInterrupt) as error:
        for old, new in reversed(done):
            new.rename(old)
        if isinstance(error, KeyboardInterrupt):
            raise
        file, reason = str(error.filename or ""), error.strerror or str(error)
        raise BanziError(FAILED(file=file, reason=reason)) from None


def _free_record(folder: Path) -> Path:
    number = 1
    while (record := folder / render(_RECORD, {"number": number})).exists():
        number += 1
    return record


def _key(path: Path) -> str:
    return str(path.parent / name_key(path.name))
