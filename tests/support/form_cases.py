"""Cases of the filling rules: a clean form and one change each, in the form's own words.

Every case goes through a written file, so that what is tested is what a clerk's folder gives.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

from banzi.documents.codecs.lrmx_elements import COLUMN_OF, FAMILY_CHILDREN
from banzi.documents.form_checks.places import place_text

FOLDER = Path(__file__).parents[1] / "cases" / "forms"
ELEMENTS = {place_text(column): element for element, column in COLUMN_OF.items()}
CELLS = {
    place_text(f"family.1.{cell}").split("“")[1].rstrip("”"): element
    for element, cell in FAMILY_CHILDREN.items()
}


@dataclass(frozen=True)
class FormCase:
    file: str
    name: str
    data: bytes
    as_of: date
    expect: set[str]
    suggest: str | None


def form_cases() -> list[FormCase]:
    base = yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))
    cases = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name == "base.yaml":
            continue
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            form = {key: value for key, value in base.items() if key != "检查基准日"}
            cases.append(
                FormCase(
                    path.stem,
                    case["name"],
                    file_bytes(changed(form, case["change"])),
                    case.get("as_of", base["检查基准日"]),
                    set(case["expect"]),
                    case.get("suggest"),
                )
            )
    return cases


def clean_file() -> bytes:
    base = yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))
    base.pop("检查基准日")
    return file_bytes(base)


def changed(form: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    form = dict(form)
    for key, value in change.items():
        if key == "简历行":
            lines = form["简历"].splitlines()
            for number, line in value.items():
                lines[number - 1] = line
            form["简历"] = "\n".join(line for line in lines if line)
        elif key == "家庭成员" and isinstance(value, dict):
            family = {number: dict(cells) for number, cells in form[key].items()}
            for number, cells in value.items():
                family.setdefault(number, {}).update(cells)
            form[key] = family
        else:
            form[key] = value
    return form


def file_bytes(form: dict[str, Any]) -> bytes:
    """The texts as they are, nothing made canonical on the way."""
    lines = ["<Person>"]
    for label, value in form.items():
        if label == "家庭成员":
            lines.append("<JiaTingChengYuan>")
            for cells in {} if value == "无" else value.values():
                inner = "".join(
                    f"<{CELLS[cell]}>{escape(text)}</{CELLS[cell]}>" for cell, text in cells.items()
                )
                lines.append(f"<Item>{inner}</Item>")
            lines.append("</JiaTingChengYuan>")
        elif label == "照片":
            lines.append(f"<ZhaoPian>{photo(value)}</ZhaoPian>")
        else:
            element = ELEMENTS[label]
            lines.append(f"<{element}>{escape(value)}</{element}>")
    lines.append("</Person>")
    return "\n".join(lines).encode("utf-8")


def photo(described: str) -> str:
    if described == "无":
        return ""
    if described == "乱码":
        return base64.b64encode(b"no picture at all").decode()
    kind, size = described.split()
    if size == "截断":
        return base64.b64encode(jpeg(400, 500)[:12]).decode()
    width, height = map(int, size.split("x"))
    made = jpeg(width, height) if kind == "jpeg" else png(width, height)
    return base64.b64encode(made).decode()


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG: start, an APP0 segment, a Huffman table, the frame header."""
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    table = b"\xff\xc4\x00\x05\x00\x00\x00"
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8" + app0 + table + frame + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"


def png(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + b"\x08\x02\x00\x00\x00"
