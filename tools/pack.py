"""A pack to install from without a network, seen from the PC it came to: is it whole, and for it?

`tools/wheelhouse.py` writes packs; `bootstrap.py` asks here before it installs from one. Standard
library only, since nothing is installed yet. What is wrong is said in Chinese and in English, all
of it at once, each with the next step.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import sysconfig
from pathlib import Path
from typing import TypedDict

PYTHONS = ("3.11", "3.12", "3.13")
"""The Pythons that packs are made for."""

MANIFEST, WHEELS = "manifest.json", "wheels"
PACK_FORMAT = "banzi-wheelhouse-1"
_LONGEST_WINDOWS_PATH = 259
_BLOCK = 1 << 20


class PackFile(TypedDict):
    """A file of a pack."""

    sha256: str
    bytes: int


class Pack(TypedDict):
    """`manifest.json` of a pack; `glibc` is null on Windows, `system` as sysconfig names it."""

    format: str
    banzi: str
    system: str
    python: str
    glibc: str | None
    longest_path: int
    own_wheel: str
    files: dict[str, PackFile]


class Missing(Exception):
    """Something only the operating system can give; the text says the line to type."""


def checked_pack(folder: Path, locks: list[Path], venv: Path) -> Pack:
    """The manifest of a pack; raises `Missing` with all that is wrong before anything is installed."""
    try:
        pack: Pack = json.loads((folder / MANIFEST).read_text("utf-8"))
        if pack["format"] != PACK_FORMAT:
            raise ValueError(pack["format"])
        problems = wrong_machine(pack, venv) or wrong_files(folder, pack)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Missing(
            f"“{folder}”不是本软件的离线安装包，或清单（{MANIFEST}）已损坏；请重新复制或重新解压。\n"
            f"Not an offline pack, or its {MANIFEST} is damaged: copy or unpack it again."
        ) from None
    for lock in () if problems else locks:
        entry = pack["files"].get(f"requirements/{lock.name}")
        if entry is None or entry["sha256"] != digest(lock):
            problems.append(
                f"安装包与本程序的 {lock.name} 不是同一版本；请换用同一版本的安装包。\n"
                f"  The pack was made for another {lock.name}: take the pack of this version."
            )
    if problems:
        raise Missing("\n".join(problems) + "\n什么也没有安装。Nothing was installed.")
    print(f"{pack['system']}, Python {pack['python']}: {len(pack['files'])} files as listed.")
    return pack


def wrong_machine(pack: Pack, venv: Path) -> list[str]:
    """Why the pack cannot be installed with this Python on this machine, each with what to do."""
    here, python = system_here(), f"{sys.version_info.major}.{sys.version_info.minor}"
    if pack["system"] != here:
        bits = "（32位 Python）" if here == "win32" else ""
        return [
            f"安装包用于 {pack['system']}，本机的 Python 是 {here}{bits}；请换用对应的安装包或64位 Python。\n"
            f"  The pack is for {pack['system']}, this is {here}: take the pack for this system."
        ]
    wanted = pack["python"]
    if (python, sys.implementation.name) != (wanted, "cpython"):
        command = f"py -{wanted}" if sys.platform == "win32" else f"python{wanted}"
        return [
            f"安装包用于 Python {wanted}，当前是 {sys.implementation.name} {python}；"
            f"装有 {wanted} 的，请输入：{command} bootstrap.py setup；没有的，请先安装或换用安装包。\n"
            f"  The pack is for Python {wanted}, this is {python}: run it with {wanted}, "
            "or take another pack."
        ]
    library, version = platform.libc_ver()
    if pack["glibc"] and (library != "glibc" or numbers(version) < numbers(pack["glibc"])):
        return [
            f"系统的C运行库是 {library or '未知'} {version}，须为 glibc {pack['glibc']} 以上；请升级操作系统。\n"
            f"  This system has {library or 'no known libc'} {version}; "
            f"glibc {pack['glibc']} or newer is needed."
        ]
    inside = len(str(venv / "Lib" / "site-packages")) + 1 + pack["longest_path"]
    if sys.platform == "win32" and inside > _LONGEST_WINDOWS_PATH:
        return [
            f"文件夹“{venv.parent}”的路径太长；请移到较短的位置，例如 D:\\banzi。\n"
            "  The path of this folder is too long for Windows: move it to D:\\banzi or the like."
        ]
    return []


def wrong_files(folder: Path, pack: Pack) -> list[str]:
    """Files of the manifest that are missing or not as they were made."""
    found = []
    for name, entry in pack["files"].items():
        path = folder / name
        if not path.is_file():
            found.append(f"缺少文件 missing file: {name}")
        elif path.stat().st_size != entry["bytes"] or digest(path) != entry["sha256"]:
            found.append(f"文件被改动或损坏 altered or damaged file: {name}")
    if found:
        found.append("请重新复制或重新解压安装包，再执行一次。Copy or unpack the pack again.")
    return found


def system_here() -> str:
    """The system this Python was built for: win-amd64, linux-x86_64, linux-aarch64 …"""
    return sysconfig.get_platform()


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def digest(file: Path) -> str:
    """Lower-case hexadecimal SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
