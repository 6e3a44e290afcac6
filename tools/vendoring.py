"""Copy the scripts and styles that the site's pages use into `web/shared/static/vendor`.

    python -m tools.vendoring            fetch by npm as locked in tools/vendor, copy, list
    python -m tools.vendoring --check    change nothing; fail when a copy differs from the list

Users never need Node: the copies are part of the sources, each listed in `vendor.json` with
package, version, licence and SHA-256. A test holds the copies against that list.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from banzi.kernel.files import sha256_of

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tools" / "vendor"
VENDOR = ROOT / "src" / "banzi" / "web" / "shared" / "static" / "vendor"
LIST = VENDOR / "vendor.json"

FILES = {
    "@tabler/core": ("dist/css/tabler.min.css", "dist/js/tabler.min.js"),
    "@alpinejs/csp": ("dist/cdn.min.js",),
    "sortablejs": ("Sortable.min.js",),
    "echarts": ("dist/echarts.common.min.js",),
}
"""Package → what is taken of it."""

NAMES = {"cdn.min.js": "alpine-csp.min.js"}
"""Other names here for files whose own says too little."""


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        problems = faults()
        print("\n".join(problems) or f"{len(json.loads(LIST.read_text('utf-8')))} files as listed")
        return 1 if problems else 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(LOCKED / name, folder)
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--silent"], cwd=folder, check=True)
        copy_from(Path(folder) / "node_modules")
    return 0


def copy_from(modules: Path) -> None:
    """Copy the files out of installed packages and write the list anew."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    listed = []
    for package, paths in FILES.items():
        about = json.loads((modules / package / "package.json").read_text("utf-8"))
        for path in paths:
            source = modules / package / path
            target = VENDOR / NAMES.get(source.name, source.name)
            text = source.read_text("utf-8")
            lines = [line for line in text.splitlines() if "sourceMappingURL=" not in line]
            target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
            listed.append(
                {
                    "file": target.name,
                    "package": package,
                    "version": about["version"],
                    "licence": about["license"],
                    "sha256": sha256_of(target),
                }
            )
    LIST.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8", newline="\n")


def faults() -> list[str]:
    """Files that differ from the list, are missing, or are not on it."""
    listed = {entry["file"]: entry["sha256"] for entry in json.loads(LIST.read_text("utf-8"))}
    there = {file.name for file in VENDOR.iterdir()} - {LIST.name}
    found = [f"not listed: {name}" for name in sorted(there - listed.keys())]
    found += [f"missing: {name}" for name in sorted(listed.keys() - there)]
    found += [
        f"changed: {name}"
        for name in sorted(listed.keys() & there)
        if sha256_of(VENDOR / name) != listed[name]
    ]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
