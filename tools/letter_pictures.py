"""Pictures of the letters of docs/howto/write-letters.md, from the examples that stand there.

    python -m tools.letter_pictures        writes docs/pictures/papers/{letter,official-letter}.png

The examples are written as Word files, with free fonts in place of the offices' own, turned into PDF
by LibreOffice (`soffice`, which must be there) and drawn with their pages side by side, in
eight greys and eight reds so that the files stay small.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from banzi.documents.papers.letters.letter import Fonts
from banzi.documents.papers.letters.reading import read_letter
from banzi.documents.papers.letters.writing import write_letter
from tools.paper_pictures import PICTURES, png

PAGE = Path(__file__).resolve().parent.parent / "docs" / "howto" / "write-letters.md"
NAMES = ("letter", "official-letter")
PAGE_WIDTH = 456
FREE_FONTS = Fonts(
    body="Noto Serif CJK SC",
    second="Noto Serif CJK SC",
    first="Noto Sans CJK SC",
    title="Noto Serif CJK SC",
    number="Noto Serif CJK SC",
)
STEPS = 8
GREYS = [(shade, shade, shade) for shade in range(0, 256, 255 // (STEPS - 1))][:STEPS]
REDS = [(255, shade, shade) for shade, _green, _blue in GREYS]


def main() -> None:
    program = shutil.which("soffice")
    if program is None:
        sys.exit("LibreOffice (soffice) is not installed: apt install libreoffice-writer-nogui")
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        for name, block in zip(NAMES, blocks, strict=False):
            (folder / f"{name}.yaml").write_text(block, encoding="utf-8", newline="\n")
            letter, _fonts = read_letter(folder / f"{name}.yaml")
            write_letter(letter, folder / f"{name}.docx", FREE_FONTS)
        command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", "pdf", "--outdir", work]
        files = [str(folder / f"{name}.docx") for name in NAMES]
        subprocess.run([*command, *files], check=True, capture_output=True)
        for name in NAMES:
            (PICTURES / f"{name}.png").write_bytes(pages(folder / f"{name}.pdf"))
            print(name)


def pages(file: Path) -> bytes:
    """All pages of a PDF side by side as PNG, a line around each."""
    document = pypdfium2.PdfDocument(file)
    drawn = []
    for page in document:
        picture = page.render(scale=PAGE_WIDTH / page.get_width(), rev_byteorder=True).to_numpy()
        drawn.append(numbered(picture[:, :, :3].astype(np.int16)))
    document.close()
    for picture in drawn:
        picture[[0, -1], :] = picture[:, [0, -1]] = STEPS - 3
    return png(np.concatenate(drawn, axis=1), [*GREYS, *REDS])


def numbered(picture: np.ndarray[Any, np.dtype[np.int16]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Each pixel as its place in the palette: greys first, then reds."""
    red = picture[:, :, 0] - picture[:, :, 1] > 255 // (2 * STEPS)
    shade = (picture[:, :, 1] * (STEPS - 1) + 127) // 255
    return (shade + STEPS * red).astype(np.uint8)


if __name__ == "__main__":
    main()
