"""Programs of our own under some interpreter, and environments for those that are only compared with.

An environment is made once and kept in the user's cache folder. The first time needs a package
index. Nothing of it ever enters the program's own environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def cached(name: str) -> Path:
    """Where something of the benchmarks is kept from one run to the next."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return cache / f"banzi-bench-{name}"


def environment(**more: str) -> dict[str, str]:
    """This process's environment for one that shall find what is ours, and what it needs besides."""
    paths = os.pathsep.join(map(str, (ROOT / "src", ROOT)))
    return {**os.environ, "PYTHONPATH": paths, **more}


def said_by(
    interpreter: Path, words: Sequence[str], seconds: float | None = None, *, expected: int = 0
) -> str:
    """What a module of ours prints; it is ended after so many seconds.

    Raises
    ------
    subprocess.SubprocessError
        It took too long, or ended with another code than expected: then what it said is printed.
    """
    done = subprocess.run(
        [str(interpreter), *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=seconds,
        env=environment(),
    )
    if done.returncode != expected:
        print(done.stdout, done.stderr, sep="", file=sys.stderr)
        raise subprocess.CalledProcessError(done.returncode, done.args)
    return done.stdout


def peer_python(name: str, requirements: Path) -> Path:
    """An interpreter with what a file of requirements lists, in an environment of that name."""
    place = cached(name)
    interpreter = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = place / "requirements.txt"
    wanted = requirements.read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        uv = [sys.executable, "-m", "uv", "-q"]
        install = ["pip", "install", "--python", str(interpreter), "-r", str(requirements)]
        subprocess.run([*uv, "venv", "--clear", "--python", sys.executable, str(place)], check=True)
        subprocess.run([*uv, *install], check=True)
        stamp.write_text(wanted, encoding="utf-8", newline="\n")
    return interpreter
