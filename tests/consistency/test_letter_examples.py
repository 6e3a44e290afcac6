"""The letters and the meeting of docs/howto/write-letters.md are accepted as they stand."""

import re
from pathlib import Path

from banzi.documents.papers.letters.reading import read_letter
from banzi.documents.papers.letters.writing import write_letter
from banzi.documents.papers.packs.meeting import read_meeting

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "write-letters.md"


def test_the_examples_are_accepted(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for name, block in zip(("document", "letter", "meeting"), blocks, strict=True):
        (tmp_path / name).write_text(block, encoding="utf-8")
    for name in ("document", "letter"):
        letter, fonts = read_letter(tmp_path / name)
        assert letter.form == name
        assert write_letter(letter, tmp_path / f"{name}.docx", fonts) == ()
    assert read_meeting(tmp_path / "meeting").ballots == 9
