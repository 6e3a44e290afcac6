"""A reader never sees half a file, whatever happens while it is written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from banzi.kernel.files import replacing_file, replacing_folder


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), replacing_file(target) as part:
        part.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_is_swapped_whole(tmp_path: Path) -> None:
    target = tmp_path / "r"
    for content in ("one", "two"):
        with replacing_folder(target) as part:
            (part / content).write_text(content)
    assert [file.name for file in target.iterdir()] == ["two"]
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="kills with a POSIX signal")
def test_a_killed_writer_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "r"
    with replacing_folder(target) as part:
        (part / "old").write_text("old")
    program = """
        import sys, time
        from pathlib import Path
        from banzi.kernel.files import replacing_folder
        with replacing_folder(Path(sys.argv[1])) as part:
            (part / "new").write_text("half")
            print("writing", flush=True)
            time.sleep(60)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(target)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    assert [file.name for file in target.iterdir()] == ["old"]
