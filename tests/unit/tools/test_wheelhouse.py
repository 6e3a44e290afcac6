"""What goes into a pack is chosen for its system, described in full, and names no package index."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import tools
from tools import wheelhouse
from tools.pack import MANIFEST, Missing
from tools.wheelhouse import SYSTEMS, Pin, glibc_needed, wanted

LOCK = """\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:cc
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
polars==2.1.0 \\
    --hash=sha256:ee
"""


@pytest.mark.parametrize(
    ("system", "python", "expected"),
    [
        ("windows", "3.11", ["colorama==0.4.6", "numpy==2.4.6", "polars==2.1.0"]),
        ("windows", "3.12", ["colorama==0.4.6", "numpy==2.5.5", "polars==2.1.0"]),
        ("linux", "3.13", ["numpy==2.5.5", "polars==2.1.0"]),
        ("linux-arm64", "3.11", ["numpy==2.4.6", "polars==2.1.0"]),
    ],
)
def test_packages_are_chosen_for_the_system_and_not_for_the_one_that_builds(
    system: str, python: str, expected: list[str]
) -> None:
    assert [pin.requirement for pin in wanted(LOCK, SYSTEMS[system], python)] == expected


def test_a_chosen_package_keeps_its_hashes_and_loses_its_marker() -> None:
    first = wanted(LOCK, SYSTEMS["windows"], "3.12")[0]
    assert first == Pin("colorama==0.4.6", ("--hash=sha256:aa", "--hash=sha256:bb"))
    assert first.lines == "colorama==0.4.6 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"


@pytest.mark.parametrize("lock", wheelhouse.LOCKS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_real_locks_give_each_package_once(lock: str, system: str) -> None:
    text = (wheelhouse.ROOT / "requirements" / lock).read_text(encoding="utf-8")
    for python in tools.pack.PYTHONS:
        pins = wanted(text, SYSTEMS[system], python)
        names = [pin.requirement.partition("==")[0] for pin in pins]
        assert len(names) == len(set(names)) > 1
        assert all(pin.hashes for pin in pins)


def test_the_glibc_needed_is_the_newest_that_any_wheel_cannot_do_without() -> None:
    wheels = [
        "a-1-py3-none-any.whl",
        "b-1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
        "c-1-cp311-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "d-1-cp311-cp311-manylinux1_x86_64.whl",
    ]
    assert glibc_needed(wheels) == "2.27"
    assert glibc_needed(wheels[2:]) == "2.17"
    assert glibc_needed(["a-1-py3-none-any.whl", "b-1-cp312-cp312-win_amd64.whl"]) is None


def make_wheel(path: Path, inside: str = "a/b.py") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(inside), "x = 1\n")


@pytest.fixture
def without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Downloads and the project's own build stand still; everything else is real."""

    def download(pins: list[Pin], _system: object, _python: str, folder: Path) -> list[str]:
        for pin in pins:
            name, _, version = pin.requirement.partition("==")
            make_wheel(folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl")
        return []

    def own_wheel(folder: Path) -> Path:
        path = folder / "banzi-0.1.0-py3-none-any.whl"
        make_wheel(path, "banzi/" + "x" * 80)
        return path

    monkeypatch.setattr(wheelhouse, "download", download)
    monkeypatch.setattr(wheelhouse, "own_wheel", own_wheel)


@pytest.mark.usefixtures("without_network")
def test_a_pack_describes_every_file_it_holds(tmp_path: Path) -> None:
    folder = wheelhouse.build("windows", "3.12", tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    there = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.name != MANIFEST
    }
    assert set(manifest["files"]) == there
    assert {"bootstrap.py", "tools/pack.py", "README.txt", "requirements/runtime.txt"} <= there
    assert manifest["system"] == "win-amd64"
    assert manifest["python"] == "3.12"
    assert manifest["glibc"] is None
    assert manifest["own_wheel"] == "banzi-0.1.0-py3-none-any.whl"
    assert manifest["longest_path"] == len("banzi/") + 80
    for name, entry in manifest["files"].items():
        assert entry["sha256"] == tools.pack.digest(folder / name)
        assert entry["bytes"] == (folder / name).stat().st_size
    assert tools.pack.wrong_files(folder, manifest) == []


@pytest.mark.usefixtures("without_network")
def test_the_zip_holds_the_folder_and_is_the_same_each_time(tmp_path: Path) -> None:
    folders = [wheelhouse.build("linux", "3.11", tmp_path / name) for name in "ab"]
    one, other = (folder.with_name(f"{folder.name}.zip").read_bytes() for folder in folders)
    assert one == other
    with zipfile.ZipFile(folders[0].with_name("banzi-linux-py311.zip")) as archive:
        names = {name.removeprefix("banzi-linux-py311/") for name in archive.namelist()}
        assert archive.testzip() is None
    there = {file.relative_to(folders[0]) for file in folders[0].rglob("*") if file.is_file()}
    assert names == {file.as_posix() for file in there}


@pytest.mark.usefixtures("without_network")
def test_the_page_for_the_administrator_suits_notepad_and_the_system(tmp_path: Path) -> None:
    page = (wheelhouse.build("windows", "3.12", tmp_path) / "README.txt").read_bytes()
    assert page.startswith(b"\xef\xbb\xbf")
    assert page.count(b"\r\n") == page.count(b"\n")
    text = page.decode("utf-8-sig")
    assert "py -3.12 bootstrap.py setup" in text
    assert ".venv\\Scripts\\banzi" in text
    assert "{" not in text


def test_the_address_of_an_index_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("--index-url x\n", encoding="utf-8", newline="\n")
    (tmp_path / "b.md").write_text("https://pypi.invalid/x\n", encoding="utf-8", newline="\n")
    (tmp_path / "c.md").write_text("a simple index\n", encoding="utf-8", newline="\n")
    assert wheelhouse.addresses_in(tmp_path) == ["a.txt", "b.md"]


def test_every_package_without_a_wheel_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheelhouse, "download", lambda *_: ["a==1: none", "b==2: none"])
    with pytest.raises(Missing, match=r"(?s)windows and Python 3\.13.*a==1.*b==2.*lock"):
        wheelhouse.build("windows", "3.13", tmp_path)
    assert list(tmp_path.iterdir()) == []
