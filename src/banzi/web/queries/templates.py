"""Templates of an office: kept under the home of the site, opened, and filled for people.

What a file asks for is read from its fields; whoever fills it must be allowed to take that out of
every person it is filled for.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from banzi.documents.papers.filling.fields import FAMILY, catalogue
from banzi.documents.papers.filling.filling import Template, fill_template, open_template
from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.files import replacing_file, safe_name
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.roster import Roster
from banzi.web.queries.models import RosterTemplate

TOO_LARGE = MessageKind(
    "queries/template-too-large", _("模板超过{most}MB；请去掉其中的图片后再上传")
)
TOO_MANY = MessageKind(
    "queries/too-many-to-fill",
    _("每人一份的模板一次至多填{most}人，现有{count}人；请勾选人员或缩小范围"),
)
LARGEST = 10 * 1024 * 1024
MOST_FILES, MOST_LISTED = 300, 5000


def template_folder() -> Path:
    folder: Path = settings.BANZI_HOME / "templates"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def file_of(kept: RosterTemplate) -> Path:
    return template_folder() / f"{kept.sha256}{kept.suffix}"


def keep_file(name: str, content: bytes) -> tuple[str, str]:
    """Check a template and keep it; its SHA-256 and ending.

    Raises
    ------
    BadInput
        With every flaw of the template.
    BanziError
        `queries/template-too-large`, `filling/other-kind`.
    """
    if len(content) > LARGEST:
        raise BanziError(TOO_LARGE(most=LARGEST // 1024 // 1024))
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        # Under its own name, since what is wrong with it is said with the name.
        file = Path(folder) / (safe_name(Path(name).stem) + suffix)
        file.write_bytes(content)
        open_template(file)
    digest = hashlib.sha256(content).hexdigest()
    with replacing_file(template_folder() / f"{digest}{suffix}") as part:
        part.write_bytes(content)
    return digest, suffix


def classes_of(template: Template) -> frozenset[FieldClass]:
    """The field classes that the fields of a template ask for."""
    found = set()
    for each in catalogue():
        if each.name not in template.fields:
            continue
        if each.block == FAMILY:
            # A name such as 姓名 means the person outside of the block.
            if template_has_family(template):
                found.add(FieldClass.FAMILY)
        elif each.column:
            found.add(PERSONS.class_of(each.column.removeprefix("persons.")))
    return frozenset(found)


def template_has_family(template: Template) -> bool:
    return any(FAMILY in each.text for each in template.opened.placed)


def filled(
    kept: RosterTemplate,
    template: Template,
    roster: Roster,
    persons: Sequence[str],
    as_of: date,
    *,
    merged: bool,
) -> tuple[bytes, str]:
    """The filled template and its file name: one file, or a .zip with one a person.

    Raises
    ------
    BanziError
        `queries/too-many-to-fill`, and what `fill_template` refuses.
    """
    one_file = template.is_list or merged
    most = MOST_LISTED if template.is_list else MOST_FILES
    if len(persons) > most:
        raise BanziError(TOO_MANY(most=most, count=len(persons)))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / (f"out{kept.suffix}" if one_file else "out")
        done = fill_template(template, roster, persons, as_of, out, merged=merged)
        if one_file:
            return out.read_bytes(), f"{kept.name}{kept.suffix}"
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in done.files:
                archive.write(file, file.name)
        return packed.getvalue(), f"{kept.name}.zip"
