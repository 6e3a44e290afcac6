"""Coverage-guided fuzzing of the readers: `python -m tests.fuzz [TARGET …] --minutes 10`.

Runs libFuzzer through atheris in a process of its own and prints one line for the page of runs;
without a target, every reader one after the other.
A crash is any exception but a `BanziError`, more than ten seconds of processor time for one input, or more than a
gigabyte of memory; its input is kept under `--work` and named.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from tests.fuzz.seeds import LARGEST, seeds
from tests.fuzz.targets import TARGETS

CLOCK_SECONDS = 300
"""By the clock an input may take so long on a busy machine; the child counts processor time."""
MEGABYTES = 1024
_PULSE = re.compile(r"#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+)")
_RSS = re.compile(r"stat::peak_rss_mb:\s+(\d+)")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=" ".join(sorted(TARGETS)))
    parser.add_argument("--minutes", type=float, default=10, help="of each reader")
    parser.add_argument("--work", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--seed", type=int, default=1, help="of libFuzzer's own choices")
    given = parser.parse_args()
    if unknown := [each for each in given.targets if each not in TARGETS]:
        parser.error(f"{', '.join(unknown)}: {' | '.join(sorted(TARGETS))}")
    codes = [fuzz(each, given.minutes, given.seed, given.work) for each in given.targets or TARGETS]
    return 1 if any(codes) else 0


def fuzz(target: str, minutes: float, seed: int, work: Path) -> int:
    """Run one reader's fuzzer and print its row; gives the exit code of libFuzzer."""
    folder = work / target
    found, crashes, log = folder / "corpus", folder / "crashes", folder / "log.txt"
    shutil.rmtree(folder, ignore_errors=True)
    for each in (found, crashes, folder / "seeds"):
        each.mkdir(parents=True)
    for number, data in enumerate(seeds(target)):
        (folder / "seeds" / f"{number:04d}").write_bytes(data)
    command = [
        sys.executable, "-m", "tests.fuzz.child", target, str(found), str(folder / "seeds"),
        f"-max_total_time={round(minutes * 60)}", f"-timeout={CLOCK_SECONDS}",
        f"-report_slow_units={CLOCK_SECONDS}",
        f"-rss_limit_mb={MEGABYTES}", f"-max_len={LARGEST}", f"-artifact_prefix={crashes}/",
        f"-seed={seed}", "-print_final_stats=1",
    ]  # fmt: skip
    started = time.monotonic()
    with log.open("wb") as stream:
        code = subprocess.run(
            command, stdout=stream, stderr=subprocess.STDOUT, check=False, env=_environment()
        ).returncode
    seconds = round(time.monotonic() - started)
    print(_line(target, log.read_text("utf-8", "replace"), seconds, code), flush=True)
    for each in sorted(crashes.iterdir()):
        print(f"crash: {each}; see {log}", flush=True)
    return code


def _environment() -> dict[str, str]:
    """One thread for frames: a fuzzer's alarm and a pool of threads do not go well together."""
    path = os.pathsep.join(["src", ".", *sys.path[:1]])
    return {**os.environ, "PYTHONPATH": path, "POLARS_MAX_THREADS": "1"}


def _line(target: str, log: str, seconds: int, code: int) -> str:
    """A row of the table in `README.md`."""
    pulses = _PULSE.findall(log)
    runs, edges, features = pulses[-1] if pulses else ("0", "0", "0")
    peak = _RSS.search(log)
    cells = [
        time.strftime("%Y-%m-%d"), target, str(seconds), f"{int(runs):,}", edges, features,
        peak[1] if peak else "?", "none" if code == 0 else f"stopped ({code})",
        f"Python {platform.python_version()}, atheris {version('atheris')}, "
        f"lxml {version('lxml')}, python-calamine {version('python-calamine')}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
