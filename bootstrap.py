"""Set Banzi up and run its tasks, with nothing but Python's standard library.

`make TASK` and `python bootstrap.py TASK` are the same thing; Windows, where there is no make,
uses the second form. Every task first makes sure that `.venv` matches the lock files it needs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = ROOT / "requirements"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Run one task by name; extra words are handed to the task's own command."""
    if not arguments or arguments[0] not in TASKS:
        print(usage())
        return 0 if arguments in ([], ["help"]) else 2
    task, extra = TASKS[arguments[0]], arguments[1:]
    try:
        check_python()
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


class Missing(Exception):
    """Something only the operating system can give; the text says the line to type."""


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise Missing(
            f"Banzi needs Python {OLDEST[0]}.{OLDEST[1]} or newer; "
            f"this is {sys.version.split()[0]}.\n"
            "On Debian 12, Ubuntu 24.04 or newer:  sudo apt install python3 python3-venv\n"
            "Then run the same command again."
        )


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


def environment(*, dev: bool) -> None:
    """Make `.venv` hold exactly what the lock files say; do nothing when it already does."""
    locks = [LOCKS / "boot.txt", LOCKS / ("dev.txt" if dev else "runtime.txt")]
    stamp = VENV / ".banzi-locks"
    wanted = {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    wanted["pyproject.toml"] = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    wanted["home"] = str(ROOT)
    installed = read_stamp(stamp)
    if all(installed.get(name) == digest for name, digest in wanted.items()):
        return
    if not dev and installed.get("dev.txt"):
        wanted["dev.txt"] = hashlib.sha256((LOCKS / "dev.txt").read_bytes()).hexdigest()
        locks[1] = LOCKS / "dev.txt"  # the dev lock holds the runtime lock: never shrink it
    check_venv_module()
    usable = PYTHON.exists() and installed.get("home") == str(ROOT)
    if not usable:
        shutil.rmtree(VENV, ignore_errors=True)
        say(f"Making a virtual environment in {VENV.name} …")
        run(sys.executable, "-m", "venv", str(VENV))
        run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check",
            "--require-hashes", "--only-binary", ":all:", "-r", LOCKS / "boot.txt")  # fmt: skip
    say("Installing the locked packages (the first time takes a minute) …")
    stamp.unlink(missing_ok=True)
    uv = [PYTHON, "-m", "uv", "-q"]
    lock_arguments = [str(lock) for lock in locks]
    run(*uv, "pip", "sync", "--require-hashes", "--only-binary", ":all:",
        "--python", PYTHON, *lock_arguments)  # fmt: skip
    run(*uv, "pip", "install", "--no-deps", "--no-build-isolation", "--offline",
        "--python", PYTHON, "-e", ROOT)  # fmt: skip
    say("Translating the loops for large rosters …")
    run(PYTHON, "-m", "banzi.facts.warming")
    stamp.write_text("".join(f"{name} {digest}\n" for name, digest in wanted.items()), "utf-8")


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
    """make the virtual environment from the runtime lock"""
    environment(dev=False)
    say("Ready: .venv/bin/banzi --help")
    return 0


def demo(extra: list[str]) -> int:
    """an invented prefecture from its files to a plan and its papers"""
    environment(dev=False)
    run(PYTHON, "-m", "banzi", "demo", "run", *extra)
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
    run(PYTHON, "-m", "mypy", "tools", "benchmarks")
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


def lock(extra: list[str]) -> int:
    """write the lock files again from requirements/*.in"""
    environment(dev=False)
    for name in ("boot", "runtime", "dev"):
        run(PYTHON, "-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes",
            "--python-version", "3.11", "--no-header", "--no-annotate",
            LOCKS / f"{name}.in", "-o", LOCKS / f"{name}.txt")  # fmt: skip
    return 0


TASKS: dict[str, Callable[[list[str]], int]] = {
    task.__name__: task
    for task in (setup, demo, test, quick, check, style, messages, docs, bench, lock)
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
