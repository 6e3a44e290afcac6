"""A kept finding in the reader's language, from its code and the values stored with it.

The Chinese text is stored too, for whoever opens the table with another program; what is shown is
made anew, so that a list in English has English texts. Not here: the options of a finding, which
are answered in the words they were asked in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from banzi.kernel.messages import (
    FindingKind,
    Language,
    Message,
    declared_kind,
    render,
    translate,
)
from banzi.roster.roster import TABLES


def stored_value(value: object) -> object:
    """A value of a message as JSON keeps it; a message within a message keeps its own values."""
    if isinstance(value, Message):
        inner = {name: stored_value(each) for name, each in value.values.items()}
        return {"code": value.code, "values": inner}
    if isinstance(value, list | tuple):
        return [stored_value(each) for each in value]
    # A partial date is a whole number inside and is kept as people read it.
    return value if type(value) in (str, int) else str(value)


def finding_title(code: str, language: Language = "zh") -> str:
    """What the kind of finding is called; the code itself where this version has no such kind."""
    kind = declared_kind(code)
    return translate(kind.title, language) if isinstance(kind, FindingKind) else code


def finding_text(row: Mapping[str, Any], language: Language = "zh") -> str:
    """The text of a row of `findings`; the stored Chinese where its kind is not known any more."""
    kind = declared_kind(row["code"])
    if language == "zh" or kind is None:
        return str(row["text_zh"])
    values = {name: _loaded(value) for name, value in json.loads(row["values_json"]).items()}
    return render(kind.template, {**values, **_labels(row, values, language)}, language)


def _loaded(value: Any) -> object:
    if isinstance(value, list):
        return [_loaded(each) for each in value]
    if not isinstance(value, dict):
        return value
    kind = declared_kind(value["code"])
    inner = {name: _loaded(each) for name, each in value["values"].items()}
    return value["code"] if kind is None else Message(kind, inner)


def _labels(
    row: Mapping[str, Any], values: Mapping[str, object], language: Language
) -> dict[str, str]:
    """Names of the table and of the column, which messages take as the Chinese reader sees them."""
    table = TABLES.get(row["table_name"] or "")
    if table is None:
        return {}
    labels = {}
    if values.get("table") == table.zh:
        labels["table"] = table.en
    column = row["column_name"]
    if column in table and values.get("column") == table[column].zh:
        labels["column"] = table[column].en
    return labels
