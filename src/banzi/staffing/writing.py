"""Writes a problem bundle: same content, same bytes, and never half a folder."""

from __future__ import annotations

from pathlib import Path

from banzi.kernel.files import replacing_folder
from banzi.staffing.bundle import Bundle, problem_sha256


def write_bundle(folder: Path, bundle: Bundle) -> str:
    """Write the seven files, replacing whatever the folder held; return `problem_sha256`."""
    files = bundle.files()
    with replacing_folder(folder) as place:
        for name, content in files.items():
            (place / name).write_bytes(content)
    return problem_sha256(files)
