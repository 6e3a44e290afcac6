"""Nothing in the sources that only POSIX has, that depends on a code page, or on Windows' CRLF."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = sorted((ROOT / "src" / "banzi").rglob("*.py"))
SOURCES = [ROOT / "bootstrap.py", *PROGRAM]
SOURCES += sorted((ROOT / "tools").glob("*.py")) + sorted((ROOT / "benchmarks").glob("*.py"))

POSIX_MODULES = {"resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix"}
POSIX_NAMES = {
    "os": {
        "fork", "forkpty", "sync", "getuid", "geteuid", "getgid", "setsid", "killpg", "getpgid",
        "nice", "uname", "chown", "mkfifo", "openpty", "getloadavg", "sched_getaffinity", "wait",
        "pread", "pwrite", "sendfile", "statvfs", "symlink", "link", "O_DIRECTORY", "O_NOFOLLOW",
    },
    "signal": {
        "SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGCHLD", "alarm",
        "setitimer", "pause", "pthread_kill",
    },
}  # fmt: skip
PLACES = re.compile(r"^(/tmp|/dev|/proc|/etc|/var|/usr|/home|[A-Za-z]:[\\/])(/|$|\b)")
SUSPECT = re.compile(
    rf"\b(?:{'|'.join((*POSIX_MODULES, *POSIX_NAMES['os'], *POSIX_NAMES['signal']))})\b"
    r"|[\"'](/(tmp|dev|proc|etc|var|usr|home)\b|[A-Za-z]:\\|[A-Za-z]:/)"
)
"""Words that make a module worth parsing; a look at the text is a hundred times cheaper."""
GUARD = re.compile(r"win32|os\.name|exists\(\)|hasattr")
MODE = re.compile(r"[rwax][bt+]{0,2}")


def posix_only(source: str) -> list[str]:
    """`line what` for each use of what Windows lacks, unless its function asks where it runs."""
    if not SUSPECT.search(source):
        return []
    tree, lines = ast.parse(source), source.splitlines()
    inside: dict[int, str] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            text = "\n".join(lines[function.lineno - 1 : function.end_lineno])
            inside |= dict.fromkeys(range(function.lineno, (function.end_lineno or 0) + 1), text)
    return [
        f"{line} {what}"
        for line, what in _posix_uses(tree)
        if not GUARD.search(inside.get(line, ""))
    ]


def _posix_uses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in POSIX_MODULES.intersection(names):
                yield node.lineno, name
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in POSIX_NAMES.get(node.value.id, ()):
                yield node.lineno, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Constant) and PLACES.match(str(node.value)):
            yield node.lineno, str(node.value)


def vague_texts(source: str) -> list[str]:
    """`line call` where a text file is opened without saying encoding and, to write, newline."""
    found = []
    opens = re.search(r"open\(|read_text\(|write_text\(", source)
    for node in ast.walk(ast.parse(source)) if opens else ():
        if isinstance(node, ast.Call):
            missing = _needed(node) - {word.arg for word in node.keywords}
            if missing:
                found.append(
                    f"{node.lineno} {ast.unparse(node.func)}: {', '.join(sorted(missing))}"
                )
    return found


def _needed(call: ast.Call) -> set[str]:
    """Keywords a call that opens a text file must have; none for binary files and other calls."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    words = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    texts = [word.value for word in words if isinstance(word, ast.Constant)]
    mode = next((text for text in texts if isinstance(text, str) and MODE.fullmatch(text)), None)
    if name == "write_text":
        return {"encoding", "newline"}
    if name == "read_text":
        return set() if call.args else {"encoding"}
    if name != "open" or (mode is None and (call.args or isinstance(call.func, ast.Name))):
        return set()
    in_archive = any(word.arg == "force_zip64" for word in call.keywords)  # always bytes
    if in_archive or (mode is not None and "b" in mode):
        return set()
    return {"encoding", "newline"} if mode is not None and mode[0] in "wax" else {"encoding"}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_module_uses_what_windows_lacks() -> None:
    found = {name_of(file): posix_only(file.read_text(encoding="utf-8")) for file in SOURCES}
    assert {name: uses for name, uses in found.items() if uses} == {}


def test_every_module_says_how_its_text_files_are_encoded() -> None:
    found = {name_of(file): vague_texts(file.read_text(encoding="utf-8")) for file in SOURCES}
    assert {name: calls for name, calls in found.items() if calls} == {}


def forked_pools(source: str) -> bool:
    pools = re.search(r"\b(?:ProcessPoolExecutor|Pool|Process)\(|get_context\(", source)
    return pools is not None and 'get_context("spawn")' not in source


def test_processes_are_spawned_on_every_system() -> None:
    assert [
        name_of(file) for file in PROGRAM if forked_pools(file.read_text(encoding="utf-8"))
    ] == []
    assert forked_pools("ProcessPoolExecutor(2)")


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from resource import getrusage",
        "import os\ndef f():\n    return os.fork()",
        "import signal\nsignal.SIGKILL",
        "x = '/tmp/banzi'",
        "x = 'C:\\\\banzi'",
    ],
)
def test_the_scan_finds_what_windows_lacks(source: str) -> None:
    assert posix_only(source)


def test_the_scan_lets_a_guarded_use_pass() -> None:
    guarded = "import os, sys\ndef f():\n    if sys.platform != 'win32':\n        os.sync()"
    assert posix_only(guarded) == []
    assert posix_only(guarded.replace("sys.platform != 'win32'", "True"))


@pytest.mark.parametrize(
    "source",
    [
        "p.read_text()",
        "p.write_text('a')",
        "p.write_text('a', encoding='utf-8')",
        "p.open()",
        "p.open('w', encoding='utf-8')",
        "open(p, 'r')",
        "p.open(mode='a')",
        "open(p, mode='w')",
    ],
)
def test_the_scan_finds_vague_texts(source: str) -> None:
    assert vague_texts(source)


@pytest.mark.parametrize("source", ["p.open('rb')", "p.open('w+b')", "p.read_text('utf-8')"])
def test_the_scan_lets_clear_files_pass(source: str) -> None:
    assert vague_texts(source) == []
