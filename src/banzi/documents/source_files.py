"""Which files of a folder an import reads."""

from __future__ import annotations

from pathlib import Path

from banzi.documents.codecs.lrm_fields import PHOTO_ENDINGS
from banzi.documents.codecs.sniffing import SourceKind, kind_of


def sources_below(folder: Path) -> tuple[dict[Path, SourceKind], int]:
    """The sources below a folder in a steady order, and how many other files there are.

    An unpacked package is one source with all its files; a picture beside its old form is part of
    that form.
    """
    below = sorted(folder.rglob("*"))
    packages = {path for path in below if path.is_dir() and kind_of(path)}
    usable = dict.fromkeys(sorted(packages), SourceKind.PACKAGE)
    others: list[Path] = []
    for path in below:
        if not path.is_file() or packages.intersection(path.parents):
            continue
        # Excel leaves a lock file `~$name.xlsx` beside an open workbook.
        kind = None if path.name.startswith(("~$", ".")) else kind_of(path)
        if kind is None:
            others.append(path)
        else:
            usable[path] = kind
    records = {path.with_suffix("") for path, kind in usable.items() if kind is SourceKind.LRM}
    skipped = [
        path
        for path in others
        if path.suffix.lower() not in PHOTO_ENDINGS or path.with_suffix("") not in records
    ]
    return dict(sorted(usable.items())), len(skipped)
