"""Exchange packages that were cut off, tampered with or made to harm, and what is bearable."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.documents.corpus.case import Case
from tests.support.exchanging import DAY, city

from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.scope import scoped_roster

Parts = dict[str, bytes]
MANIFEST = "manifest.json"
PERSONS, POSTS, ORGANS = "tables/persons.csv", "tables/posts.csv", "tables/organs.csv"
NONE, NO_NAME = "exchange/not-a-package", "exchange/bad-name"
OUTSIDE = "exchange/out-of-scope"


@cache
def package(scope: str = "东县县委") -> bytes:
    people = [("P1", "east", {"name": "欧甲"}), ("P2", "west", {"name": "司乙"})]
    part = scoped_roster(city(people), [scope], DAY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.zip")
        write_package(part.roster, About(DAY, DAY, part.roots, "东县", "某市", "换届"), path)
        return path.read_bytes()


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, packed)
    return stream.getvalue()


def honest(parts: Parts) -> Parts:
    """The parts with a manifest that lists them as they are."""
    told = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in parts.items()
        if name != MANIFEST
    }
    return {**parts, MANIFEST: json.dumps({**json.loads(parts[MANIFEST]), "files": told}).encode()}


def refused(name: str, data: bytes, *problems: str) -> Case:
    return Case(f"exchange/{name}", ".zip", data, problems)


def edited(name: str, change: Callable[[Parts], object], *problems: str) -> Case:
    """Parts changed behind the manifest's back."""
    parts = parts_of(package())
    change(parts)
    return refused(name, zipped(parts), *problems)


def table(name: str, part: str, old: str, new: str, *problems: str) -> Case:
    """A text of a table replaced, and the manifest made to fit."""
    parts = parts_of(package())
    assert old.encode() in parts[part], name
    parts[part] = parts[part].replace(old.encode(), new.encode())
    return refused(name, zipped(honest(parts)), *problems)


def manifest(name: str, change: Callable[[dict[str, Any]], object], *problems: str) -> Case:
    parts = parts_of(package())
    told = json.loads(parts[MANIFEST])
    change(told)
    parts[MANIFEST] = json.dumps(told).encode()
    return refused(name, zipped(parts), *problems)


def with_told(name: str, value: Any, *problems: str) -> Case:
    shown = str(value)[:40]
    return manifest(f"{name} is {shown!r}", lambda told: told.update({name: value}), *problems)


def cases() -> Iterator[Case]:
    yield refused("sound", package())
    yield from _no_zip()
    yield from _members()
    yield from _manifest()
    yield from _tables()
    yield from _scope()


def _no_zip() -> Iterator[Case]:
    whole = package()
    yield refused("nothing", b"", NONE)
    yield refused("a signature alone", b"PK\x03\x04", NONE)
    yield refused("text", "东县干部资料".encode() * 20, NONE)
    yield refused("cut in the middle", whole[: len(whole) // 2], NONE)
    yield refused("cut at the end", whole[:-30], NONE)
    yield refused("text before the zip", b"MZ" + whole, NONE)
    yield refused("an empty zip", zipped({}), NONE)
    yield refused("a workbook", zipped({"[Content_Types].xml": b"<Types/>"}), NONE)
    yield refused("a manifest alone", zipped({MANIFEST: parts_of(whole)[MANIFEST]}), *_MISSING)
    for packed in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        data = zipped(parts_of(whole), packed)
        yield refused(f"packed in way {packed}", data, *[NONE] * len(parts_of(whole)))
    flipped = bytearray(whole)
    flipped[whole.find(PERSONS.encode()) + len(PERSONS) + 40] ^= 0x10
    yield refused("one bit flipped", bytes(flipped), NONE)
    protected = bytearray(whole)
    for at in _flags(whole):
        protected[at] |= 1
    yield refused("under a password", bytes(protected), *[NO_NAME] * len(parts_of(whole)))


_MISSING = tuple("exchange/missing-file" for name in parts_of(package()) if name != MANIFEST)


def _flags(data: bytes) -> Iterator[int]:
    """Where the flags of every entry of the central directory stand."""
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        yield at + 8
        at = data.find(b"PK\x01\x02", at + 4)


def _members() -> Iterator[Case]:
    names = {
        "a way up": "../x.csv", "a way up inside": "tables/../../x.csv", "an absolute name": "/etc/x",
        "a drive": "C:/x.csv", "a backslash": "tables\\x.csv", "a program": "a.exe",
        "a folder": "tables/", "a stream": "tables/x.csv:y", "capitals": "tables/Persons.csv",
        "a name of no letters": "tables/.csv", "a picture by name": "photos/甲.jpg",
    }  # fmt: skip
    for name, member in names.items():
        yield edited(name, lambda parts, key=member: parts.update({key: b"x"}), NO_NAME)
    yield edited(
        "one more", lambda parts: parts.update({"tables/more.csv": b"x"}), "exchange/extra-file"
    )
    yield edited("one less", lambda parts: parts.pop(PERSONS), "exchange/missing-file")
    parts = honest({**parts_of(package()), "tables/more.csv": b"x"})
    yield refused("one more that is listed", zipped(parts), "exchange/extra-file")
    parts = parts_of(package())
    parts.pop(PERSONS)
    yield refused("one less and not listed", zipped(honest(parts)), "exchange/missing-file")
    yield edited(
        "a table changed", lambda parts: parts.update({PERSONS: b"x"}), "exchange/wrong-hash"
    )
    spare = "tables/zersons.csv"
    twice = zipped({**parts_of(package()), spare: b"x"})
    # readers differ about which of the two counts
    yield refused("a member twice", twice.replace(spare.encode(), PERSONS.encode()), NO_NAME)


def _manifest() -> Iterator[Case]:
    yield edited("no manifest", lambda parts: parts.pop(MANIFEST), NONE)
    texts = {
        "no JSON": b"{", "a list": b"[1]", "of another encoding": b"\xff\xfe{\x00}\x00",
        "nested without end": b"[" * 100_000, "a number without end": b"1" * 5000,
    }  # fmt: skip
    for name, text in texts.items():
        yield edited(
            f"manifest that is {name}", lambda parts, new=text: parts.update({MANIFEST: new}), NONE
        )
    for version in (2, 99, "1", None, [1]):
        yield with_told("version", version, "exchange/wrong-version")
    for key in json.loads(parts_of(package())[MANIFEST]):
        if key != "counts":  # told for whoever opens the zip; ours are counted
            yield manifest(f"manifest without {key}", lambda told, key=key: told.pop(key), NONE)
    yield manifest("manifest without counts", lambda told: told.pop("counts"))
    yield with_told("counts", {"persons": 1e999})
    wrong: dict[str, tuple[Any, ...]] = {
        "format": ("banzi-pack", None), "as_of": ("2026-06-31", "明天", 20260630, None),
        "made_on": ("",), "scope": (1, [1], [{}], [{"organ_id": 1, "organ_name": "x"}]),
        "without": (["所有"], 3), "sender": ("\ud800", "\x1b[2J", 5, None), "purpose": ("一\n二",),
        "files": ([], None, {PERSONS: 1}, {PERSONS: {"size": "1", "sha256": "x"}}, {"../x": {}}),
    }  # fmt: skip
    for key, values in wrong.items():
        for value in values:
            yield with_told(key, value, NONE)
    yield with_told("purpose", "一　二")
    yield with_told("files", {}, *["exchange/extra-file"] * len(_MISSING))


def _tables() -> Iterator[Case]:
    value = "exchange/bad-value"
    yield table("a day for a month", PERSONS, ",19750300,", ",二月,", f"{value}@2:birth")
    yield table("a number too long", PERSONS, ",19750300,", ",19750300000,", f"{value}@2:birth")
    yield table("half a number", PERSONS, ",19750300,", ",1975.02,", f"{value}@2:birth")
    yield table("a post of no organ", POSTS, ",east,", ",west,", "roster/dangling-reference")
    yield table("a column renamed", PERSONS, "person_id,", "person,", "exchange/bad-table")
    yield table("a column more", PERSONS, "\r\nP1,", "\r\nP1,x,", "exchange/bad-table")
    yield table("a quote never closed", PERSONS, ",欧甲,", ',"欧甲,', "exchange/bad-table")
    for name, data in (("bytes of no text", b"\xff\xfe\x00"), ("nothing", b"")):
        parts = {**parts_of(package()), PERSONS: data}
        yield refused(f"table of {name}", zipped(honest(parts)), "exchange/bad-table")
    parts = parts_of(package())
    (photo,) = (name for name in parts if name.startswith("photos/"))
    parts[photo] = b"MZ" + parts[photo]
    yield refused("a program for a picture", zipped(honest(parts)), "exchange/bad-photo")
    parts = parts_of(package())
    parts.pop(photo)
    yield refused("a picture missing", zipped(honest(parts)), "exchange/missing-file")


def _scope() -> Iterator[Case]:
    other = [{"organ_id": "west", "organ_name": "西县县委"}]
    yield with_told("scope", other, OUTSIDE)
    yield with_told("scope", [], OUTSIDE)
    renamed = [{"organ_id": "east", "organ_name": "某市委"}]
    yield with_told("scope", renamed, OUTSIDE)
    whole = parts_of(package("某市委"))
    told = {
        **json.loads(whole[MANIFEST]),
        "scope": [{"organ_id": "east", "organ_name": "东县县委"}],
    }
    parts = {**whole, MANIFEST: json.dumps(told).encode()}
    yield refused("the whole city for one county", zipped(parts), OUTSIDE)
