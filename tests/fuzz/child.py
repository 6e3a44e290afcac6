"""One libFuzzer process: `python -m tests.fuzz.child TARGET CORPUS… -options`."""

from __future__ import annotations

import signal
import sys

import atheris

with atheris.instrument_imports(include=["banzi"]):
    from tests.fuzz.targets import SECONDS_PER_INPUT, TARGETS, run_once, scratch_file
from tests.fuzz.zips import mutated_zip


def main() -> None:
    target = TARGETS[sys.argv[1]]
    path = scratch_file(target)

    def too_slow(*_signal: object) -> None:
        raise TimeoutError(f"more than {SECONDS_PER_INPUT} seconds of processor time")

    def test_one(data: bytes) -> None:
        # Processor time, since a busy machine would make any input look slow by the clock.
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_PER_INPUT)
        run_once(target, data, path)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    signal.signal(signal.SIGVTALRM, too_slow)

    def change(data: bytes, largest: int, seed: int) -> bytes:
        return mutated_zip(
            data, largest, seed, lambda part, most: bytes(atheris.Mutate(part, most))
        )

    arguments = [sys.argv[0], *sys.argv[2:]]
    if target.zipped:
        atheris.Setup(arguments, test_one, custom_mutator=change)
    else:
        atheris.Setup(arguments, test_one)
    try:
        atheris.Fuzz()
    finally:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
