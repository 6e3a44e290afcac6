"""The Word package of an office table, and elements of WordprocessingML for letters.

python-docx makes the empty package; what stands in it is written as text or as elements. Lengths
are twips. Nothing here knows what a paper says.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

SONG = "宋体"
"""Font of the form. Named, never embedded: offices have it."""

_MAIN_PART = "word/document.xml"
_PACKED_AT = (1980, 1, 1, 0, 0, 0)


def twips(millimetres: float) -> int:
    """Millimetres to twips, rounded (one twip is 0.018 mm)."""
    return round(millimetres * 1440 / 25.4)


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """An element of the w: namespace; attribute names without prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def blank_document(title: str, written_at: datetime) -> Any:
    """An empty document whose styles and settings name 宋体 and add no space of their own."""
    document = Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    fonts = document.styles.element.find(".//" + qn("w:docDefaults") + "//" + qn("w:rFonts"))
    fonts.attrib.clear()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), SONG)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "", "", ""
    core.created = core.modified = written_at
    core.language = "zh-CN"
    return document


def save(document: Any, path: Path, body: str = "") -> None:
    """Write the package with fixed times inside, so that the same form gives the same bytes.

    Parameters
    ----------
    body
        WordprocessingML that stands as the body in place of what the document holds: long tables
        are written as text, since moving parsed rows into a document takes time with its square.
    """
    buffer = io.BytesIO()
    document.save(buffer)
    with (
        zipfile.ZipFile(buffer) as made,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            content = made.read(name)
            if body and name == _MAIN_PART:
                content = _with_body(content, body)
            kept.writestr(zipfile.ZipInfo(name, _PACKED_AT), content, zipfile.ZIP_DEFLATED)


def _with_body(content: bytes, body: str) -> bytes:
    start, end = content.index(b"<w:body"), content.index(b"</w:document>")
    return content[:start] + f"<w:body>{body}</w:body>".encode() + content[end:]
