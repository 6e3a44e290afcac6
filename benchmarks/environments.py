"""Environments for programs that are only compared with: made once, kept in the user's cache folder.

The first time needs a package index. Nothing of it ever enters the program's own environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def peer_python(name: str, requirements: Path) -> Path:
    """An interpreter with what a file of requirements lists, in an environment of that name."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    place = cache / f"banzi-bench-{name}"
    interpreter = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = place / "requirements.txt"
    wanted = requirements.read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        uv = [sys.executable, "-m", "uv", "-q"]
        _run([*uv, "venv", "--clear", "--python", sys.executable, str(place)])
        _run([*uv, "pip", "install", "--python", str(interpreter), "-r", str(requirements)])
        stamp.write_text(wanted, encoding="utf-8", newline="\n")
    return interpreter


def _run(words: list[str]) -> None:
    # uv, with a place and a file of our own
    subprocess.run(words, check=True)  # noqa: S603
