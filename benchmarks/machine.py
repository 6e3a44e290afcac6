"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def machine(packages: Sequence[str] = ()) -> str:
    """Processor, system, Python and versions of these packages: the line above every table."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    told = (
        f"{processor()}, {os.cpu_count()} cores",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        *([versions] if versions else []),
    )
    return "; ".join(told) + "\n"


def processor() -> str:
    """The processor's name as the system gives it, "" when it gives none."""
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def load() -> float | None:
    """How many tasks wanted a processor over the last minute; None where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def load_text() -> str:
    """The load now, to one decimal; "–" where the system does not say."""
    now = load()
    return "–" if now is None else f"{now:.1f}"
