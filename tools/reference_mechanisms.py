"""The page that tells which part of the program serves which mechanism of building teams."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.reference_tables import table

FILE = Path(__file__).resolve().parent.parent / "docs" / "mechanisms.toml"


def mechanisms() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["mechanism"]
    return listed


def mechanisms_page() -> Iterator[str]:
    yield "# Mechanisms 班子建设机制落实情况"
    yield ""
    yield "What serves each mechanism of selecting people and building teams: commands, targets of the"
    yield "library, gauges, papers and facts. Written from `docs/mechanisms.toml`."
    for heading, chosen in (
        ("Numbers a report must be able to tell 报告中的数字", True),
        ("Selection and team structure 选拔任用和班子结构", False),
    ):
        yield ""
        yield f"## {heading}"
        yield ""
        rows: list[list[object]] = [
            [
                each["row"],
                each["zh"],
                "<br>".join(f"`{name}`" for name in each.get("by", ())),
                "<br>".join(
                    text
                    for text in (
                        each.get("says", ""),
                        _marked("Configurable", each.get("configured")),
                        _marked("Later", each.get("later")),
                    )
                    if text
                ),
            ]
            for each in mechanisms()
            if each["row"].startswith("1.") is chosen
        ]
        yield from table(["row", "机制", "served by", "how"], rows)


def _marked(word: str, text: str | None) -> str:
    return f"{word}: {text}" if text else ""
