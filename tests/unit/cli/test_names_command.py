"""`banzi names sort`, run as its user runs it."""

import json
import os
import subprocess
import sys

import pytest

COMMAND = ("names", "sort")


NAMES = "王小明\n王　力（女，回族）\n\n丁一\n"
SORTED = "丁一\n王　力（女，回族）\n王小明\n"


def test_the_command_is_there_and_reads_bytes():
    done = subprocess.run(
        [sys.executable, "-m", "banzi", "names", "sort"],
        input=NAMES.encode("gbk"),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, SORTED, b"")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_list_in_any_usual_encoding_is_sorted(banzi, encoding):
    assert banzi(given=NAMES.encode(encoding)) == (0, SORTED, "")


def test_no_names_are_no_problem(banzi):
    assert banzi(given=b"") == (0, "", "")


def test_phrase_comes_first(banzi, tmp_path):
    file = tmp_path / "names.txt"
    file.write_text(NAMES, encoding="utf-8")
    assert banzi("--file", str(file), "--phrase") == (0, "（按姓氏笔画为序）\n" + SORTED, "")


def test_findings_go_to_standard_error_and_to_json(banzi):
    code, out, err = banzi("--json", given="王力\n\U00030edd一\n王力\n末\n未\n".encode())
    assert code == 0
    document = json.loads(out)
    names = [entry["name"] for entry in document["names"]]
    assert names == ["王力", "王力", "未", "末", "\U00030edd一"]
    assert [entry["row"] for entry in document["names"]] == [1, 3, 5, 4, 2]
    assert document["identical"] == [{"names": ["王力", "王力"], "rows": [1, 3]}]
    assert document["tie_decided"] == [{"characters": ["未", "末"], "names": ["未", "末"]}]
    assert document["unknown"] == [{"character": "\U00030edd", "names": ["\U00030edd一"]}]
    assert "-:2: names/unknown-strokes" in err
    assert "-:5: names/tie" in err
    assert "-:1: names/identical" in err


def test_a_name_in_letters_is_one_finding(banzi):
    code, out, err = banzi(given="John Smith\n王力\n".encode())
    assert (code, out) == (0, "王力\nJohn Smith\n")
    assert len(err.splitlines()) == 1
    assert "-:1: names/not-chinese" in err


def test_overrides_and_personal_name_order(banzi, tmp_path):
    overrides = tmp_path / "补充.csv"
    overrides.write_bytes("字,笔顺,次序\r\n未,,1\r\n末,,0\r\n".encode("gbk"))
    assert banzi("--overrides", str(overrides), given="未\n末\n".encode("gbk")) == (
        0,
        "末\n未\n",
        "",
    )
    assert banzi("--no-surname-blank", given="王力\n王一明\n".encode())[1] == "王一明\n王力\n"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ("王力\n".encode() + b"\xff\xfe\xff\n" + "丁一\n".encode(), ["-:2: names/encoding"]),
        ("王力\n丁一、刁二\n1.习三\n（女）\n".encode(), ["-:2: names/several", "-:3:", "-:4:"]),
        (b"\xff\xfe\x00", ["-:1: names/encoding"]),
        ("王力\n张\x00三\n".encode(), ["-:2: names/encoding"]),
    ],
)
def test_bad_input_is_refused_whole_with_rows(banzi, given, lines):
    code, out, err = banzi(given=given)
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    found = err.splitlines()
    assert len(found) == len(lines)
    for line, beginning in zip(found, lines, strict=True):
        assert line.startswith(beginning)


def test_missing_file_is_refused(banzi, tmp_path):
    code, out, err = banzi("--file", str(tmp_path / "none.txt"))
    assert (code, out) == (2, "")
    assert "names/file-unreadable" in err
