"""Packages that were tampered with, cut off or made to harm: refused whole, each with its code."""

import hashlib
import json
import zipfile

import pytest
from tests.support.exchanging import DAY, city

from banzi.documents.exchange import package_reading
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.package_reading import read_package
from banzi.documents.exchange.scope import scoped_roster
from banzi.kernel.errors import BadInput

PERSONS = "tables/persons.csv"


@pytest.fixture
def package(tmp_path):
    roster = city(
        [
            ("P1", "east", {"name": "欧甲", "remarks": "=1\\N\r\n\\x"}),
            ("P2", "west", {"name": "司乙"}),
        ]
    )
    path = tmp_path / "包.zip"
    part = scoped_roster(roster, ["东县县委"], DAY)
    write_package(part.roster, About(DAY, DAY, part.roots, "东县", "某市"), path)
    return path


def refused(path):
    with pytest.raises(BadInput) as bad:
        read_package(path)
    return {problem.message.code for problem in bad.value.problems}


def rebuilt(path, change, *, honest=False):
    """The package with its parts changed; `honest` puts the manifest right again."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if honest:
        manifest = json.loads(parts["manifest.json"])
        manifest["files"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in parts.items()
            if name != "manifest.json"
        }
        parts["manifest.json"] = json.dumps(manifest).encode()
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made


def manifest_with(**told):
    def change(parts):
        parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **told}).encode()

    return change


def test_a_whole_package_is_read_with_texts_as_they_were(package):
    read = read_package(package)
    assert read.roster["persons"]["remarks"].to_list() == ["=1\\N\r\n\\x"]
    assert read.about.scope == (("east", "东县县委"),)
    assert read.about.sender == "东县"


def test_the_same_contents_give_the_same_bytes(package, tmp_path):
    read = read_package(package)
    again = tmp_path / "again.zip"
    write_package(read.roster, read.about, again)
    assert again.read_bytes() == package.read_bytes()


def test_a_changed_table_does_not_fit_its_hash(package):
    def change(parts):
        parts[PERSONS] = parts[PERSONS].replace("欧甲".encode(), "欧乙".encode())

    assert refused(rebuilt(package, change)) == {"exchange/wrong-hash"}


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x", "tables\\x.csv", "tables/../../x.csv", "a.exe"]
)
def test_names_that_lead_elsewhere_are_refused(package, name):
    assert refused(rebuilt(package, lambda parts: parts.update({name: b"x"}))) == {
        "exchange/bad-name"
    }


def test_one_file_more_or_less_than_listed_is_refused(package):
    more = rebuilt(package, lambda parts: parts.update({"tables/more.csv": b"x"}))
    assert refused(more) == {"exchange/extra-file"}
    assert refused(rebuilt(package, lambda parts: parts.pop(PERSONS))) == {"exchange/missing-file"}
    listed = rebuilt(package, lambda parts: parts.update({"tables/more.csv": b"x"}), honest=True)
    assert refused(listed) == {"exchange/extra-file"}


def test_a_package_cut_off_or_none_at_all_is_refused(package, tmp_path):
    data = package.read_bytes()
    path = tmp_path / "cut.zip"
    for part in (data[:-30], data[: len(data) // 2], b"", b"PK\x03\x04", b"x" * 100):
        path.write_bytes(part)
        assert refused(path) == {"exchange/not-a-package"}
    assert refused(tmp_path / "none.zip") == {"exchange/unreadable"}
    garbled = rebuilt(package, lambda parts: parts.update({"manifest.json": b"[1]"}))
    assert refused(garbled) == {"exchange/not-a-package"}


def test_one_flipped_byte_anywhere_is_noticed(package, tmp_path):
    data = bytearray(package.read_bytes())
    path = tmp_path / "flipped.zip"
    start = data.find(b"tables/persons.csv") + 20
    data[start + 40] ^= 0x10
    path.write_bytes(bytes(data))
    assert refused(path) <= {"exchange/not-a-package", "exchange/wrong-hash"}


def test_another_version_and_another_format_are_told_apart(package):
    assert refused(rebuilt(package, manifest_with(version=2))) == {"exchange/wrong-version"}
    assert refused(rebuilt(package, manifest_with(format="x"))) == {"exchange/not-a-package"}
    assert refused(rebuilt(package, manifest_with(as_of="明天"))) == {"exchange/not-a-package"}


def test_what_unpacks_to_too_much_is_refused_before_it_is_read(package, monkeypatch):
    bomb = rebuilt(package, lambda parts: parts.update({PERSONS: b"0" * 3_000_000}), honest=True)
    assert bomb.stat().st_size < 60_000
    limits = {**package_reading.LIMITS, "table_bytes": 1 << 20}
    monkeypatch.setattr(package_reading, "LIMITS", limits)
    assert refused(bomb) == {"exchange/too-large"}
    monkeypatch.setattr(package_reading, "LIMITS", {**package_reading.LIMITS, "all_bytes": 1 << 20})
    assert refused(bomb) == {"exchange/too-large"}


def test_values_that_are_not_what_their_column_declares_are_listed(package):
    def change(parts):
        parts[PERSONS] = parts[PERSONS].replace(b",19750300,", b",x,")

    assert refused(rebuilt(package, change, honest=True)) == {"exchange/bad-value"}

    def dangling(parts):
        parts["tables/posts.csv"] = parts["tables/posts.csv"].replace(b",east,", b",west,")

    assert "roster/dangling-reference" in refused(rebuilt(package, dangling, honest=True))

    def no_header(parts):
        parts[PERSONS] = b"a,b\r\n"

    assert refused(rebuilt(package, no_header, honest=True)) == {"exchange/bad-table"}


def test_a_picture_under_a_false_name_is_refused(package):
    def change(parts):
        (name,) = [each for each in parts if each.startswith("photos/")]
        parts[name] = b"MZ" + parts[name]

    assert refused(rebuilt(package, change, honest=True)) == {"exchange/bad-photo"}
