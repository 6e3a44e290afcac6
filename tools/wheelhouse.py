"""One folder with all that setting up needs, for PCs that never see a network.

    python bootstrap.py wheelhouse [--platform windows|linux|linux-arm64] [--python 3.12] [--out DIR]

    wheels/          every wheel of the boot and runtime locks for that system, and the project's own
    requirements/    these two locks, with their hashes
    docs/ README.txt LICENSE NOTICE bootstrap.py
    manifest.json    for which system and Python; SHA-256 and size of every file beside it

The folder and a zip of it are written whole or not at all; no address of a registry is inside.
`tools/pack.py` holds the manifest against the PC, `bootstrap.py` installs. Here is what choosing, checking and
describing take; only `download` and `own_wheel` start another program.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

from banzi.kernel.files import replacing_file, replacing_folder, sha256_of
from tools.pack import MANIFEST, PACK_FORMAT, PYTHONS, WHEELS, Missing, Pack, system_here

ROOT = Path(__file__).resolve().parent.parent
README = Path(__file__).with_name("wheelhouse_readme.txt")
LOCKS = ("boot.txt", "runtime.txt")
CARRIED = (
    "bootstrap.py",
    "tools/__init__.py",
    "tools/pack.py",
    "LICENSE",
    "NOTICE",
    "README.zh-CN.md",
    "docs",
)
_TEXTS = {".py", ".txt", ".md", ".json", ".toml"}
_MANYLINUX = re.compile(r"manylinux_(\d+)_(\d+)_|manylinux(1|2010|2014)_")
_OLD_NAMES = {"1": (2, 5), "2010": (2, 12), "2014": (2, 17)}
_NEWEST_GLIBC = 28
"""glibc 2.28: Debian 10, 麒麟 V10 and newer."""
_UNREACHABLE = ("Retrying (", "Could not fetch URL", "ConnectionError", "ProxyError")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class System:
    """An operating system: `runs_on` is what `sysconfig.get_platform()` says there."""

    runs_on: str
    markers: dict[str, str]
    tags: tuple[str, ...]


def _linux(machine: str) -> System:
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(_NEWEST_GLIBC, 16, -1)]
    tags.append(f"manylinux2014_{machine}")
    if machine == "x86_64":
        tags += [f"manylinux{old}_{machine}" for old in ("_2_12", "2010", "_2_5", "1")]
    return System(f"linux-{machine}", _markers("linux", "posix", "Linux", machine), tuple(tags))


def _markers(sys_platform: str, os_name: str, system: str, machine: str) -> dict[str, str]:
    return {
        "sys_platform": sys_platform,
        "os_name": os_name,
        "platform_system": system,
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
    }


SYSTEMS = {
    "windows": System("win-amd64", _markers("win32", "nt", "Windows", "AMD64"), ("win_amd64",)),
    "linux": _linux("x86_64"),
    "linux-arm64": _linux("aarch64"),
}


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package: the requirement without its marker, and its hash lines as locked."""

    requirement: str
    hashes: tuple[str, ...]

    @property
    def lines(self) -> str:
        return " \\\n    ".join((self.requirement, *self.hashes)) + "\n"


def wanted(lock: str, system: System, python: str) -> list[Pin]:
    """The packages of a lock file that a system and a Python ("3.12") need, in the lock's order."""
    markers: dict[str, str] = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_version": f"{python}.0",
    }
    found = []
    for block in re.split(r"\n(?=\S)", lock.strip()):
        if block.startswith("#") or not block:
            continue
        first, *rest = (line.strip().removesuffix("\\").strip() for line in block.splitlines())
        requirement = Requirement(first)
        if requirement.marker is not None and not requirement.marker.evaluate(markers):
            continue
        text = f"{requirement.name}{requirement.specifier}"
        hashes = tuple(line for line in rest if line.startswith("--hash="))
        found.append(Pin(text, hashes))
    return found


def download(pins: Sequence[Pin], system: System, python: str, folder: Path) -> list[str]:
    """Fetch the wheel of every pin with pip, checked against its hashes; gives what had none."""
    abi = f"cp{python.replace('.', '')}"
    choose = [word for tag in system.tags for word in ("--platform", tag)]
    choose += ["--python-version", python, "--implementation", "cp"]
    choose += ["--abi", abi, "--abi", "abi3", "--abi", "none"]
    lacking = []
    for number, pin in enumerate(pins, start=1):
        with tempfile.TemporaryDirectory() as work:
            lock = Path(work) / "lock.txt"
            lock.write_text(pin.lines, encoding="utf-8", newline="\n")
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
            command += ["--disable-pip-version-check", "--require-hashes"]
            command += ["--only-binary", ":all:", *choose, "-d", str(folder), "-r", str(lock)]
            done = subprocess.run(command, capture_output=True, check=False)
        said = done.stderr.decode("utf-8", "replace")
        print(f"  {number}/{len(pins)} {pin.requirement}", flush=True)
        if done.returncode and any(sign in said for sign in _UNREACHABLE):
            raise Missing(
                f"No connection while fetching {pin.requirement}; try again later.\n{said}"
            )
        if done.returncode:
            lacking.append(f"{pin.requirement}: {said.strip().splitlines()[-1]}")
    return lacking


def own_wheel(folder: Path) -> Path:
    """Build the project's own wheel into a folder; the same sources give the same bytes."""
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "flit_core.wheel", "--outdir", work]
        settings = {**os.environ, "SOURCE_DATE_EPOCH": "315532800"}
        subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)
        (made,) = Path(work).glob("*.whl")
        return Path(shutil.move(made, folder / made.name))


def glibc_needed(wheels: Iterable[str]) -> str | None:
    """The oldest glibc ("2.28") on which every one of these wheel files runs; None on Windows."""
    newest = None
    for name in wheels:
        tags = parse_wheel_filename(name)[3]
        versions = [version for tag in tags if (version := _glibc(tag.platform))]
        if versions:
            newest = max(newest or (0, 0), min(versions))
    return f"{newest[0]}.{newest[1]}" if newest else None


def _glibc(platform: str) -> tuple[int, int] | None:
    match = _MANYLINUX.match(platform)
    if not match:
        return None
    return _OLD_NAMES[match[3]] if match[3] else (int(match[1]), int(match[2]))


def longest_path(wheels: Iterable[Path]) -> int:
    """Characters of the longest path that unpacking any of these wheels makes."""
    longest = 0
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            longest = max(longest, *(len(name) for name in archive.namelist()))
    return longest


def manifest_of(folder: Path, system: System, python: str, own: str) -> Pack:
    """What the folder holds; `own` is the file name of the project's wheel."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != MANIFEST)
    wheels = [file for file in files if file.suffix == ".whl"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "format": PACK_FORMAT,
        "banzi": project["version"],
        "system": system.runs_on,
        "python": python,
        "glibc": glibc_needed(file.name for file in wheels),
        "longest_path": longest_path(wheels),
        "own_wheel": own,
        "files": {
            file.relative_to(folder).as_posix(): {
                "sha256": sha256_of(file),
                "bytes": file.stat().st_size,
            }
            for file in files
        },
    }


def addresses_in(folder: Path) -> list[str]:
    """Text files of the folder in which the address of a package index stands."""
    address = re.compile(
        r"https?://\S*(pypi|simple\b|index|mirror|nexus|artifactory)", re.IGNORECASE
    )
    option = re.compile(r"^\s*(-i|--(extra-)?index-url|--find-links)\b", re.MULTILINE)
    texts = [file for file in folder.rglob("*") if file.suffix in _TEXTS]
    return [
        file.relative_to(folder).as_posix()
        for file in sorted(texts)
        if address.search(text := file.read_text(encoding="utf-8-sig")) or option.search(text)
    ]


def write_zip(folder: Path, path: Path, top: str) -> None:
    """The folder as a zip under one top name; the same files give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(f"{top}/{file.relative_to(folder).as_posix()}", _EARLIEST)
            packed = file.suffix == ".whl"
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())


def build(name: str, python: str, out: Path) -> Path:
    """Write the folder and the zip of one system; gives the folder.

    Raises
    ------
    Missing
        When a locked package has no wheel for the system, every such package named.
    """
    system = SYSTEMS[name]
    target = out / f"banzi-{name}-py{python.replace('.', '')}"
    with replacing_folder(target) as part:
        (part / WHEELS).mkdir()
        (part / "requirements").mkdir()
        pins: dict[str, Pin] = {}
        for lock in LOCKS:
            text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
            pins |= {pin.requirement: pin for pin in wanted(text, system, python)}
            shutil.copyfile(ROOT / "requirements" / lock, part / "requirements" / lock)
        print(f"Fetching {len(pins)} wheels for {name}, Python {python} …", flush=True)
        lacking = download(list(pins.values()), system, python, part / WHEELS)
        if lacking:
            raise Missing(no_wheels(lacking, name, python))
        own = own_wheel(part / WHEELS)
        (part / "tools").mkdir()
        for each in CARRIED:
            copy = shutil.copytree if (ROOT / each).is_dir() else shutil.copyfile
            copy(ROOT / each, part / each)
        write_readme(part / "README.txt", name, python)
        if found := addresses_in(part):
            raise Missing(f"These files name a package index; take it out: {', '.join(found)}")
        content = manifest_of(part, system, python, own.name)
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (part / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    with replacing_file(target.with_name(f"{target.name}.zip")) as part:
        write_zip(target, part, target.name)
    return target


def no_wheels(lacking: Sequence[str], name: str, python: str) -> str:
    lines = "\n".join(f"  {line}" for line in lacking)
    return (
        f"No wheel for {name} and Python {python}:\n{lines}\n"
        "Nothing was written. Choose another --python, or put a version that has such a wheel into\n"
        "requirements/runtime.in and run: python bootstrap.py lock"
    )


def write_readme(path: Path, name: str, python: str) -> None:
    """The page for whoever sets it up, as Notepad likes it: a byte order mark and CRLF."""
    text = README.read_text(encoding="utf-8")
    windows = name == "windows"
    values = {
        "system": {
            "windows": "Windows 10、11（64位）",
            "linux": "Linux（x86_64）",
            "linux-arm64": "Linux（ARM64：飞腾、鲲鹏）",
        }[name],
        "python": python,
        "start": f"py -{python} bootstrap.py" if windows else f"python{python} bootstrap.py",
        "banzi": ".venv\\Scripts\\banzi" if windows else ".venv/bin/banzi",
    }
    path.write_text(text.format(**values), encoding="utf-8-sig", newline="\r\n")


def main(arguments: Sequence[str]) -> int:
    here = next((name for name, each in SYSTEMS.items() if each.runs_on == system_here()), None)
    parser = argparse.ArgumentParser(prog="python bootstrap.py wheelhouse")
    parser.add_argument("--platform", choices=SYSTEMS, default=here, required=here is None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser.add_argument(
        "--python", choices=PYTHONS, default=version if version in PYTHONS else PYTHONS[0]
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    chosen = parser.parse_args(arguments)
    try:
        folder = build(chosen.platform, chosen.python, chosen.out)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    archive = folder.with_name(f"{folder.name}.zip")
    print(f"{folder}\n{archive}  {archive.stat().st_size / 1e6:.0f} MB")
    print(f"SHA-256 {sha256_of(archive)}  (give it to the receiver by another way than the file)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
