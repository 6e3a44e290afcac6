"""Code tables: texts of forms find their codes, and wrong wording is told apart."""

import csv
from importlib import resources

import pytest

from banzi.codes.lookup import code_of, find, load, name_of, read_rows, short_of

TABLES = sorted(
    path.name.removesuffix(".csv")
    for path in (resources.files("banzi.codes") / "tables").iterdir()
    if path.name.endswith(".csv")
    and path.name not in ("stroke_order.csv", "surname_readings.csv", "wordings.csv")
    and not path.name.startswith("admin_divisions")
)


@pytest.mark.parametrize("table", TABLES)
def test_every_code_and_unique_name_finds_itself(table):
    rows = list(load(table))
    names = [row.name for row in rows]
    assert rows
    for row in rows:
        assert code_of(table, row.code) == row.code
        expected = row.code if names.count(row.name) == 1 else None
        assert code_of(table, row.name) == expected
        assert name_of(table, row.code) == row.name


def test_wordings_refer_to_tables_and_codes_that_exist():
    for entry in read_rows("wordings.csv"):
        assert name_of(entry["table"], entry["code"]) is not None
        assert code_of(entry["table"], entry["text"]) == entry["code"]


@pytest.mark.parametrize(
    ("table", "text", "code", "standard", "wording"),
    [
        ("ethnic_gbt3304", "汉族", "01", True, "汉族"),
        ("ethnic_gbt3304", "汉", "01", False, "汉族"),
        ("ethnic_gbt3304", "蒙古", "02", False, "蒙古族"),
        ("political_gbt4762", "中共党员", "01", True, "中共党员"),
        ("political_gbt4762", "九三", "10", True, "九三"),
        ("political_gbt4762", "九三学社", "10", True, "九三"),
        ("degree_gbt6864", "军士硕士", "352", False, "军事硕士"),
        ("sex_gbt2261_1", "女", "2", True, "女"),
        ("education_zb64", " 大　学 ", "21", True, "大学"),
        ("education_zb64", "1a", "1A", True, "中央党校研究生"),
    ],
)
def test_text_finds_code_and_says_whether_it_is_standard(table, text, code, standard, wording):
    match = find(table, text)
    assert match is not None
    assert (match.code, match.standard, match.wording) == (code, standard, wording)


@pytest.mark.parametrize("text", ["", "火星族", "族"])
def test_unknown_text_has_no_code(text):
    assert code_of("ethnic_gbt3304", text) is None


def test_a_name_of_two_codes_is_not_decided():
    assert code_of("tech_title_gbt8561", "编辑") is None


def test_short_falls_back_to_the_name():
    assert short_of("political_gbt4762", "01") == "中共党员"
    assert short_of("education_zb64", "31") == "大专"
    assert short_of("education_zb64", "99") is None
    assert name_of("education_zb64", "99") is None


def test_unknown_table_is_a_mistake_of_the_caller():
    with pytest.raises(FileNotFoundError):
        load("no_such_table")


def test_tables_are_well_formed_csv():
    for table in TABLES:
        path = resources.files("banzi.codes") / "tables" / f"{table}.csv"
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        assert {len(row) for row in rows} == {len(rows[0])}, table
