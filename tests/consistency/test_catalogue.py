"""The English catalogue: complete, in step with the code, no placeholder lost."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from banzi.kernel.messages import declared_kinds, translate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_matches_the_code(
    tool: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("chinese", "english", "fault"),
    [
        ("缺少{name}", "", "no English"),
        ("缺少{name}", "missing", "placeholders differ"),
        ("缺少", "缺少", "not English"),
        ("缺少{name}", "missing {name}", None),
    ],
)
def test_each_fault_is_found(
    tool: ModuleType, chinese: str, english: str, fault: str | None
) -> None:
    catalogue = Catalog(locale="en")
    catalogue.add(chinese, english)
    found = tool.faults(catalogue)
    assert found == [] if fault is None else [text.startswith(fault) for text in found] == [True]


def test_a_code_is_area_and_matter() -> None:
    assert all(kind.code.count("/") == 1 for kind in declared_kinds())


def test_what_has_no_translation_stays_chinese() -> None:
    assert translate("没有译文的一句话", "en") == "没有译文的一句话"
