"""Answers, rosters and exchange packages are read as they were written, whatever they hold."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from random import Random

import polars as pl
from hypothesis import strategies as st
from tests.support.hard_rosters import DAY, Maker, names, rosters, texts
from tests.support.thousand import Amount, amounts

from banzi.documents.decisions import read_decisions, write_decisions
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.package_reading import read_package
from banzi.documents.merging import Decision
from banzi.roster import Roster, load_roster, save_roster


def answers(count: int) -> st.SearchStrategy[list[Decision]]:
    """So many answers, each given by somebody else."""

    def made(seed: int, drawn: list[str], words: list[str]) -> list[Decision]:
        maker = Maker(Random(seed), drawn, words)
        return [
            Decision(
                f"F{number:010d}",
                maker.text(),
                maker.name(),
                maker.day(),
                maker.random.choice(["", maker.text()]),
            )
            for number in maker.random.sample(range(10**9), count)
        ]

    drawn = st.lists(texts, min_size=1, max_size=12)
    return st.builds(made, st.integers(0, 2**32), st.lists(names, max_size=12), drawn)


def answers_come_back(decisions: list[Decision]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "decisions.xlsx")
        write_decisions(Roster.of(DAY), path, unused=decisions)
        told = [plain(decision) for decision in read_decisions(path)]
    assert told == [plain(decision) for decision in decisions]
    return len(told)


def plain(decision: Decision) -> tuple[str, str, str, date, str]:
    return (
        decision.finding_id,
        decision.chosen,
        decision.decided_by,
        decision.decided_on,
        decision.note,
    )


def comes_back_saved(roster: Roster) -> int:
    with tempfile.TemporaryDirectory() as folder:
        save_roster(roster, Path(folder, "r"))
        again = load_roster(Path(folder, "r"))  # tables are read when asked for
        assert again.as_of == roster.as_of
        return persons_alike(roster, again)


def comes_back_packed(roster: Roster) -> int:
    organ = f"{roster['organs']['organ_name'][0]}\n（本级）"  # a cell may hold two lines
    organs = roster["organs"].with_columns(organ_name=pl.lit(organ))
    roster = roster.with_tables(organs=organs)
    about = About(DAY, DAY, (("1.1", organ),), sender="某县", purpose="换届\n考察")
    assert about.purpose == "换届 考察"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.zip")
        write_package(roster, about, path)
        package = read_package(path)
    assert package.about == about
    return persons_alike(roster, package.roster)


def persons_alike(roster: Roster, again: Roster) -> int:
    read = again.sorted_tables()
    for name, frame in roster.sorted_tables().items():
        assert read[name].equals(frame), name
    return len(read["persons"])


@amounts
def test_answers_are_read_from_the_list_as_they_were_written(amount: Amount) -> None:
    amount.see(answers_come_back, answers)


@amounts
def test_a_roster_is_loaded_as_it_was_saved(amount: Amount) -> None:
    amount.see(comes_back_saved, rosters)


@amounts
def test_an_exchange_package_holds_the_roster_it_was_made_of(amount: Amount) -> None:
    amount.see(comes_back_packed, rosters)
