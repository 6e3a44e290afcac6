"""Set Banzi up and run its tasks, with nothing but Python's standard library.

`make TASK` and `python bootstrap.py TASK` are the same thing; Windows, where there is no make,
uses the second form. Every task first makes sure that `.venv` matches the lock files it needs.

Without a network, packages come from a pack that `wheelhouse` wrote (see `tools/wheelhouse.py`):
`setup --wheelhouse DIR`, a folder `wheelhouse` beside this file, or the pack this file lies in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

OLDEST = (3, 11)

if sys.version_info < OLDEST:  # before anything that an older Python cannot even read
    sys.exit(
        f"Banzi needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.\n"
        "本软件须用 Python 3.11 以上（64位）。\n"
        "On Debian 12, Ubuntu 24.04 or newer:  sudo apt install python3 python3-venv\n"
        "On Windows:  py -3.12 bootstrap.py setup   (py --list shows what is installed)\n"
        "Then run the same command again."
    )

from tools.pack import MANIFEST, WHEELS, Missing, checked_pack, digest  # noqa: E402 - after the look at the version

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = ROOT / "requirements"
BESIDE = "wheelhouse"


def main(arguments: list[str]) -> int:
    """Run one task by name; extra words are handed to the task's own command."""
    if not arguments or arguments[0] not in TASKS:
        print(usage())
        return 0 if arguments in ([], ["help"]) else 2
    task, extra = TASKS[arguments[0]], arguments[1:]
    try:
        if in_pack() and arguments[0] not in ("setup", "demo", "serve"):
            raise Missing(
                "安装包中只能用 setup、demo 和 serve。\nHere only setup, demo and serve work."
            )
        return task(extra)
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2


def usage() -> str:
    lines = ["make TASK, or: python bootstrap.py TASK", ""]
    lines += [f"  {name:<11}{(task.__doc__ or '').splitlines()[0]}" for name, task in TASKS.items()]
    return "\n".join(lines)


def check_venv_module() -> None:
    try:
        import ensurepip
        import venv
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Missing(
            "This Python cannot make virtual environments. Type:\n"
            f"    sudo apt install python{version}-venv\n"
            "and run the same command again."
        ) from None
    del ensurepip, venv


def environment(*, dev: bool, named: Path | None = None) -> None:
    """Make `.venv` hold exactly what the lock files say; do nothing when it already does.

    `named` is the pack to install from; without one, the one that lies beside, if any.
    """
    locks = [LOCKS / "boot.txt", LOCKS / ("dev.txt" if dev else "runtime.txt")]
    stamp = VENV / ".banzi-locks"
    project = ROOT / (MANIFEST if in_pack() else "pyproject.toml")
    wanted = {file.name: digest(file) for file in [*locks, project] if file.exists()}
    wanted["home"] = str(ROOT)
    installed = read_stamp(stamp)
    developing = dev or "dev.txt" in installed
    pack = named or (None if developing else pack_beside())
    if installed and all(installed.get(name) == value for name, value in wanted.items()):
        return
    if not dev and installed.get("dev.txt") and pack is None:
        wanted["dev.txt"] = digest(LOCKS / "dev.txt")
        locks[1] = LOCKS / "dev.txt"  # the dev lock holds the runtime lock: never shrink it
    check_venv_module()
    manifest = checked_pack(pack, locks, VENV) if pack else None
    source = ["--no-index", "--find-links", pack / WHEELS] if pack else []
    usable = PYTHON.exists() and installed.get("home") == str(ROOT)
    if not usable:
        shutil.rmtree(VENV, ignore_errors=True)
        say(f"Making a virtual environment in {VENV.name} …")
        run(sys.executable, "-m", "venv", str(VENV))
        alone = ["--isolated"] if pack else []  # no setting of the machine may name an index
        run(PYTHON, "-m", "pip", *alone, "install", "-q", "--disable-pip-version-check", *source,
            "--require-hashes", "--only-binary", ":all:", "-r", LOCKS / "boot.txt")  # fmt: skip
    say("Installing the locked packages (the first time takes a minute) …")
    stamp.unlink(missing_ok=True)
    alone = ["--no-config", "--no-cache", "--offline"] if pack else []
    uv = [PYTHON, "-m", "uv", "-q", *alone, "pip"]
    run(*uv, "sync", "--require-hashes", "--only-binary", ":all:", *source,
        "--python", PYTHON, *locks)  # fmt: skip
    if in_pack() and pack and manifest:
        run(*uv, "install", "--no-deps", "--no-index",
            "--python", PYTHON, pack / WHEELS / manifest["own_wheel"])  # fmt: skip
    else:
        offline = [] if pack else ["--offline"]
        run(*uv, "install", "--no-deps", "--no-build-isolation", *offline,
            "--python", PYTHON, "-e", ROOT)  # fmt: skip
    say("Translating the loops for large rosters …")
    run(PYTHON, "-m", "banzi.facts.warming")
    run(PYTHON, "-m", "banzi.staffing.search.warming")
    stamp.write_text(
        "".join(f"{name} {value}\n" for name, value in wanted.items()),
        encoding="utf-8",
        newline="\n",
    )


def in_pack() -> bool:
    """Whether this file lies in a pack and not among the sources."""
    return (ROOT / MANIFEST).is_file() and not (ROOT / "pyproject.toml").exists()


def pack_beside() -> Path | None:
    """The pack to install from when none is named: the one around this file, or beside it."""
    if in_pack():
        return ROOT
    return ROOT / BESIDE if (ROOT / BESIDE / MANIFEST).is_file() else None


def read_stamp(stamp: Path) -> dict[str, str]:
    if not stamp.exists():
        return {}
    lines = [line for line in stamp.read_text("utf-8").splitlines() if " " in line]
    return dict(line.split(" ", 1) for line in lines)


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: object) -> None:
    words = [str(word) for word in command]
    settings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "PYTHONUTF8": "1"}
    subprocess.run(words, cwd=ROOT, env=settings, check=True)  # noqa: S603 (our own commands)


def setup(extra: list[str]) -> int:
    """make the virtual environment from the runtime lock (--wheelhouse DIR: from a pack)"""
    if extra and (len(extra) != 2 or extra[0] != "--wheelhouse"):
        raise Missing("Only this may follow: setup --wheelhouse DIR")
    environment(dev=False, named=Path(extra[1]).resolve() if extra else None)
    say(f"Ready: {(BIN / 'banzi').relative_to(ROOT)} --help")
    return 0


def wheelhouse(extra: list[str]) -> int:
    """a pack for PCs without a network: --platform, --python, --out"""
    environment(dev=True)
    run(PYTHON, "-m", "tools.wheelhouse", *extra)
    return 0


def demo(extra: list[str]) -> int:
    """an invented prefecture from its files to a plan, then the site (SERVE=0 stops before it)"""
    environment(dev=False)
    run(PYTHON, "-m", "banzi", "demo", "run", *extra)
    folder = Path(extra[extra.index("--dir") + 1] if "--dir" in extra else "demo")
    home = folder.with_name(folder.name + "-site")
    if not (ROOT / home / "banzi.sqlite3").exists():
        region = (ROOT / folder / "region" / "roster").is_dir()
        part, ending = ("region/", "-region") if region else ("", "")
        run(
            *(PYTHON, "-m", "banzi", "site", "demo", "--home", home),
            *("--roster", folder / f"{part}roster"),
            *("--problem", folder / f"problem{ending}", "--plan", folder / f"plan{ending}"),
            *(("--targets", folder / "region" / "targets.yaml") if region else ()),
        )
    if os.environ.get("SERVE") != "0":
        run(PYTHON, "-m", "banzi", "site", "serve", "--home", home)
    return 0


def serve(extra: list[str]) -> int:
    """the site on this computer, with the data in banzi-data (or --home DIR)"""
    environment(dev=False)
    run(PYTHON, "-m", "banzi", "site", "serve", *extra)
    return 0


def test(extra: list[str]) -> int:
    """all tests"""
    environment(dev=True)
    run(PYTHON, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *extra)
    return 0


def quick(extra: list[str]) -> int:
    """the tests that take no more than a few seconds each"""
    environment(dev=True)
    run(PYTHON, "-m", "pytest", "-n", "auto", "-m", "not slow", *extra)
    return 0


def check(extra: list[str]) -> int:
    """format, lint, types, import contracts, message catalogue, law files"""
    environment(dev=True)
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "-m", "mypy", "tools", "benchmarks", "bootstrap.py")
    run(BIN / "lint-imports")
    run(PYTHON, "tools/messages.py", "--check")
    run(PYTHON, "-m", "tools.reference", "--check")
    run(PYTHON, "-m", "banzi", "law", "check")
    return 0


def style(extra: list[str]) -> int:
    """format the code and mend what the linter can mend"""
    environment(dev=True)
    run(PYTHON, "-m", "ruff", "check", "--fix", "-q", ".")
    run(PYTHON, "-m", "ruff", "format", ".")
    return 0


def messages(extra: list[str]) -> int:
    """bring the English catalogue up to date with the texts in the code"""
    environment(dev=True)
    run(PYTHON, "tools/messages.py")
    return 0


def docs(extra: list[str]) -> int:
    """write the reference pages under docs/ again from the code"""
    environment(dev=True)
    run(PYTHON, "-m", "tools.reference")
    return 0


def bench(extra: list[str]) -> int:
    """timed problems; prints a table (see benchmarks/README.md)"""
    environment(dev=True)
    run(PYTHON, "-m", "benchmarks", *extra)
    return 0


def pictures(extra: list[str]) -> int:
    """take the pictures of the site's pages in docs/pictures/site anew (needs chromium)"""
    environment(dev=True)
    os.environ["BANZI_PICTURES"] = str(ROOT / "docs" / "pictures" / "site")
    run(PYTHON, "-m", "pytest", "-q", "tests/e2e/test_pictures.py", *extra)
    return 0


def fuzz(extra: list[str]) -> int:
    """coverage-guided fuzzing of the readers: make fuzz ARGS="lrmx --minutes 10" (Linux)"""
    environment(dev=True)
    home = ROOT / "build" / "fuzz-venv"  # a tool of its own, kept out of the tests' environment
    python = home / BIN.relative_to(VENV) / PYTHON.name
    if not python.exists():
        run(sys.executable, "-m", "venv", home)
    run(PYTHON, "-m", "uv", "-q", "pip", "sync", "--require-hashes", "--only-binary", ":all:",
        "--python", python, LOCKS / "fuzz.txt")  # fmt: skip
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    run(python, "-m", "tests.fuzz", *extra)
    return 0


def lock(extra: list[str]) -> int:
    """write the lock files again from requirements/*.in"""
    environment(dev=False)
    for name in ("boot", "runtime", "dev", "fuzz"):
        run(PYTHON, "-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes",
            "--python-version", "3.11", "--no-header", "--no-annotate",
            LOCKS / f"{name}.in", "-o", LOCKS / f"{name}.txt")  # fmt: skip
    return 0


TASKS: dict[str, Callable[[list[str]], int]] = {
    task.__name__: task
    for task in (
        setup,
        demo,
        serve,
        test,
        quick,
        check,
        style,
        messages,
        docs,
        bench,
        pictures,
        fuzz,
        lock,
        wheelhouse,
    )
}

if __name__ == "__main__":
    for channel in (sys.stdout, sys.stderr):
        if hasattr(channel, "reconfigure"):
            channel.reconfigure(errors="replace")  # a console may lack a character
    sys.exit(main(sys.argv[1:]))
