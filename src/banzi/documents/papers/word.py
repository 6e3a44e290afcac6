"""What every Word document of ours needs: its units, its font, an element of its XML.

For documents that python-docx opens and saves, one at a time. Forms that are written by the
thousand put their XML together as text (`word_text`, `word_package`).
"""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

SONG = "宋体"
"""Font of forms. Named, never embedded: offices have it."""


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
