"""The single numbers in a parameter's values: taken apart for a worksheet, put together again.

A value is a number, a text, a list or a (nested) table; a *number* is one entry of it with the
path that leads there. A list is one entry: its members are read together; so is a fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from banzi.law.documents import Parameter
from banzi.law.units import Path, entries

_BETWEEN = "、"


@dataclass(frozen=True, slots=True)
class Number:
    """One entry of a parameter's value from a day on."""

    since: date
    path: Path
    value: Any

    def label(self, parameter: Parameter) -> str:
        """What the entry is called; "" where the parameter is a single value."""
        return "·".join(parameter.labels.get(key, key) for key in self.path)


def numbers_of(parameter: Parameter) -> list[Number]:
    """Every entry of every dated value, in the order of the file."""
    return [
        Number(since, path, value)
        for since, whole in sorted(parameter.values.items())
        for path, value in entries(whole)
    ]


def assemble(found: dict[Path, Any]) -> Any:
    """The value with these entries; the opposite of `entries`."""
    if set(found) == {()}:
        return found[()]
    whole: dict[str, Any] = {}
    for path, value in found.items():
        at = whole
        for key in path[:-1]:
            at = at.setdefault(key, {})
        at[path[-1]] = value
    return whole


def written(value: Any) -> str:
    """An entry as a cell of a worksheet shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return f"{value['numerator']}/{value['denominator']}"
    return _BETWEEN.join(map(str, value)) if isinstance(value, list) else str(value)


def read_like(text: str, pattern: Any) -> Any:
    """A cell read as the kind of entry that stood there; raises `ValueError` when it is none."""
    text = text.strip()
    if isinstance(pattern, bool):
        if text not in ("是", "否"):
            raise ValueError(text)
        return text == "是"
    if isinstance(pattern, dict):
        numerator, denominator = text.split("/")
        return {"numerator": int(numerator), "denominator": int(denominator)}
    if isinstance(pattern, list):
        like = pattern[0] if pattern else ""
        return [read_like(part, like) for part in text.replace(",", _BETWEEN).split(_BETWEEN)]
    if isinstance(pattern, int):
        return int(text)
    if not text:
        raise ValueError(text)
    return text
