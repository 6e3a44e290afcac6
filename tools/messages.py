"""Keep the English catalogue in step with the Chinese texts in the code.

    python tools/messages.py            extract, merge into banzi.po, compile banzi.mo
    python tools/messages.py --check    change nothing; fail when a text lacks its English

The Chinese text is the key. Besides everything marked `_("…")` or, in templates, `{% t "…" %}`,
the catalogue holds the null meanings of column declarations, which are shown on the reference page
and in the terminal.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "banzi"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "banzi.po"
MO = PO.with_suffix(".mo")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
TAG = re.compile(r"\{%.*?%\}")
QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")


def texts_in_code() -> dict[str, list[str]]:
    """Chinese text → files that use it, sorted."""
    found: dict[str, set[str]] = {}
    keywords = {"_": None, "gettext_noop": None}
    extracted = extract_from_dir(str(SOURCE), [("**.py", "python")], keywords=keywords)
    for file, _line, text, _comments, _context in extracted:
        for each in text if isinstance(text, tuple) else (text,):
            found.setdefault(each, set()).add(file)
    for file, text in texts_in_templates():
        found.setdefault(text, set()).add(file)
    for null in declared_null_meanings():
        found.setdefault(null, set()).add("people, teams, roster")
    return {text: sorted(files) for text, files in sorted(found.items()) if text}


def texts_in_templates() -> Iterator[tuple[str, str]]:
    """(file, text) of every Chinese text quoted in a tag of the templates: `{% t "…" %}` and others."""
    for file in sorted((SOURCE / "web").rglob("*.html")):
        for tag in TAG.findall(file.read_text(encoding="utf-8")):
            for double, single in QUOTED.findall(tag):
                if HAN.search(double or single):
                    yield file.relative_to(SOURCE).as_posix(), double or single


def declared_null_meanings() -> set[str]:
    from banzi.facts.declared import PERSON_FACTS
    from banzi.roster import TABLES

    return {column.null for table in (*TABLES.values(), PERSON_FACTS) for column in table}


def merged(texts: dict[str, list[str]]) -> Catalog:
    """The old catalogue's translations for the texts in use now; nothing else is kept."""
    old = Catalog()
    if PO.exists():
        with PO.open("rb") as stream:
            old = read_po(stream)
    header = "# English texts of Banzi. Names of papers and sheets stay Chinese."
    new = Catalog(locale="en", project="banzi", header_comment=header, fuzzy=False)
    for text, files in texts.items():
        known = old.get(text)
        translated = known.string if known is not None and isinstance(known.string, str) else ""
        new.add(text, translated, auto_comments=[", ".join(files)])
    return new


def faults(catalogue: Catalog) -> list[str]:
    """Texts without English, with other placeholders, or with Chinese left in the English."""
    found = []
    for message in catalogue:
        key, english = message.id, message.string
        if not isinstance(key, str) or not key or not isinstance(english, str):
            continue
        if not english:
            found.append(f"no English: {key}")
        elif set(PLACEHOLDER.findall(key)) != set(PLACEHOLDER.findall(english)):
            found.append(f"placeholders differ: {key} -> {english}")
        elif HAN.search(english) and not LATIN.search(PLACEHOLDER.sub("", english)):
            found.append(f"not English: {key} -> {english}")
    return found


def po_bytes(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, omit_header=False, ignore_obsolete=True)
    text = stream.getvalue().decode("utf-8")
    kept = [
        line
        for line in text.split("\n")
        if not line.startswith(
            (
                '"POT-Creation-Date',
                '"PO-Revision-Date',
                '"Generated-By',
                '"Report',
                '"Last-',
                '"Language-Team',
                '"Project',
            )
        )
    ]
    return "\n".join(kept).encode("utf-8")


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled catalogue; the dates of its header are fixed, or every minute would change it."""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main(arguments: list[str]) -> int:
    catalogue = merged(texts_in_code())
    problems = faults(catalogue)
    content = po_bytes(catalogue)
    compiled = mo_bytes(read_po(io.BytesIO(content)))
    if "--check" in arguments:
        if not PO.exists() or PO.read_bytes() != content:
            problems.append("banzi.po does not match the code: run `make messages`")
        if not MO.exists() or MO.read_bytes() != compiled:
            problems.append("banzi.mo does not match banzi.po: run `make messages`")
    else:
        PO.write_bytes(content)
        MO.write_bytes(compiled)
    for problem in problems:
        print(problem)
    print(f"{len(catalogue)} texts, {len(problems)} problems")
    return 1 if problems and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
