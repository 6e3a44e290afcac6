"""Every row of the facts sheet stands in the law files, once, and every clause belongs to a row."""

from collections import Counter
from pathlib import Path

from banzi.law import load_law
from banzi.rules.coverage import coverage

ROWS = Path(__file__).with_name("regulation_rows.txt").read_text(encoding="utf-8").split("\n")[:-1]
"""The rows as the sheet numbers them; lists and tables by the glossary's ids."""

OUR_OWN = {
    "OURS/completeness/completeness",
    "RANK/adjustment",
    "RANK/ladder",
    "RANK/quota",
    "RETIRE/age",
    "RETIRE/flexible",
    "RETIRE/post-limit",
    "RETIRE/women-leaders",
    "UD/channels",
}
"""Prose of the sheet that has no row id, and our own conventions."""


def test_every_row_of_the_sheet_has_a_clause_and_no_clause_has_a_stray_row():
    found = {each.row for each in coverage(load_law())}
    assert found == set(ROWS) | OUR_OWN


def test_the_list_of_rows_names_each_once():
    assert len(ROWS) == 180
    assert not [row for row, times in Counter(ROWS).items() if times > 1]
