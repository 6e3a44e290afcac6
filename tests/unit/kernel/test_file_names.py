"""Names made from what people are called: taken by Windows and Linux, never empty, told apart."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.kernel.files import name_key, replacing_file, replacing_folder, safe_name

RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}


def windows_complaints(name: str) -> list[str]:
    """What Windows has against a file name; a second reading of its rules, letter by letter."""
    found = []
    if any(sign in '<>:"/\\|?*' or ord(sign) < 32 for sign in name):
        found.append("sign")
    if name.endswith((".", " ")):
        found.append("end")
    if name.partition(".")[0].rstrip().upper() in RESERVED:
        found.append("device")
    if not name or len(name.encode("utf-16-le")) // 2 > 255:
        found.append("length")
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        ("阿迪力·买买提", "阿迪力·买买提"),
        ("𬱖𠅤", "𬱖𠅤"),
        ("甲/乙:丙", "甲_乙_丙"),
        ('<>:"/\\|?*', "_________"),
        ("张三 . ", "张三"),
        ("\u3000张三\n", "张三_"),
        ("CON", "_CON"),
        ("com1.张三", "_com1.张三"),
        ("lpt¹", "_lpt¹"),
        ("conin$", "_conin$"),
        ("Console", "Console"),
        ("", "_"),
        (" . ", "_"),
        ("../../x", "_.._x"),
        ("e\u0301", "é"),
    ],
)
def test_a_text_becomes_a_name_that_windows_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("bad", ["a?b", "a.", "a ", "nul", "Aux.docx", "COM³", "", "长" * 256])
def test_the_second_reading_of_the_rules_can_complain(bad: str) -> None:
    assert windows_complaints(bad)


TEXTS = st.one_of(
    st.text(max_size=400),
    st.text(alphabet="conaux1²$. _/é", max_size=12),
    st.builds(str.__add__, st.sampled_from(sorted(RESERVED)), st.sampled_from(["", ".", " .x"])),
)


@given(TEXTS, st.sampled_from(["", ".docx", ".lrmx"]))
def test_every_name_is_taken_by_both_systems(text: str, ending: str) -> None:
    name = safe_name(text)
    assert windows_complaints(name + ending) == []
    assert len((name + ending).encode("utf-8")) < 240
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name


@given(TEXTS)
def test_what_is_one_name_to_windows_has_one_key(text: str) -> None:
    assert name_key(text) == name_key(unicodedata.normalize("NFD", text))
    assert name_key(name_key(text)) == name_key(text)


def test_names_that_differ_in_case_have_one_key() -> None:
    assert name_key("张A") == name_key("张a") == name_key("张a")
    assert name_key("张三") != name_key("张四")


def test_a_long_name_is_cut_between_characters() -> None:
    assert safe_name("𬱖" * 100) == "𬱖" * 50


def test_a_name_of_any_person_can_be_written(tmp_path: Path) -> None:
    for text in ("张三", "CON", "甲:乙", "𬱖" * 100):
        with replacing_file(tmp_path / f"{safe_name(text)}.lrmx") as part:
            part.write_bytes(b"x")
    assert len(list(tmp_path.iterdir())) == 4


def busy(*_: object) -> None:
    raise PermissionError(13, "in use")


def test_a_target_in_use_is_named_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "名册.xlsx"
    target.write_bytes(b"old")
    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", busy)
        with pytest.raises(PermissionError) as error, replacing_file(target) as part:
            part.write_bytes(b"new")
    assert error.value.filename == str(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_use_is_named_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "材料"
    target.mkdir()
    (target / "a").write_bytes(b"old")
    with monkeypatch.context() as windows:
        windows.setattr(Path, "replace", busy)
        with pytest.raises(PermissionError) as error, replacing_folder(target) as part:
            (part / "b").write_bytes(b"new")
    assert error.value.filename == str(target)
    assert [file.name for file in target.iterdir()] == ["a"]
    assert list(tmp_path.iterdir()) == [target]


def test_windows_waits_for_a_scanner_to_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts, waits = [], []
    replace = Path.replace

    def held_twice(self: Path, target: Path) -> Path:
        attempts.append(target)
        if len(attempts) < 3:
            busy()
        return replace(self, target)

    monkeypatch.setattr("banzi.kernel.files.sys.platform", "win32")
    monkeypatch.setattr("banzi.kernel.files.time.sleep", waits.append)
    monkeypatch.setattr(Path, "replace", held_twice)
    with replacing_file(tmp_path / "a") as part:
        part.write_bytes(b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert waits == [0.05, 0.1]
