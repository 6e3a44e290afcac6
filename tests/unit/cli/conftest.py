"""The command line as a user runs it, in this process; its commands are loaded once for all modules."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from banzi.cli import main

main.load_commands()

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def banzi(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command line: exit code, standard output, standard error.

    A module about one command names it once, `COMMAND = ("forms", "check")`, and its tests give
    the rest. `given` is what stands on standard input, `lang` the language of the answer.
    """
    command: tuple[str, ...] = getattr(request.module, "COMMAND", ())
    monkeypatch.setenv("BANZI_LANG", "zh")  # what a run sets must not outlive the test

    def run(*arguments: object, given: bytes = b"", lang: str = "zh") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main.run(["--lang", lang, *command, *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run
