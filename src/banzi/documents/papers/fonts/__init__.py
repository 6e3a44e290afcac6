"""Fonts that printed papers are set in, vendored whole so that a PDF is the same on every machine.

`vendor.json` names package, version, licence and SHA-256 of every file. The fonts are not cut down
to a subset: rare characters of given names must print. A .docx only names the user's fonts
(宋体 …) and never embeds any.
"""

from pathlib import Path

FONT_FOLDER = Path(__file__).parent
"""Folder of the font files, as typst's `font_paths` wants it."""
