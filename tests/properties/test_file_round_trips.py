"""Answers, rosters and exchange packages are read as they were written, whatever they hold."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.hard_rosters import names, rosters, texts

from banzi.documents.decisions import read_decisions, write_decisions
from banzi.documents.exchange.package_file import About, write_package
from banzi.documents.exchange.package_reading import read_package
from banzi.documents.merging import Decision
from banzi.roster import Roster, load_roster, save_roster

DAY = date(2026, 6, 30)
answers = st.builds(
    Decision,
    st.integers(0, 10**9).map(lambda number: f"F{number:010d}"),
    texts,
    names,
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.one_of(st.just(""), texts),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(answers, max_size=8, unique_by=lambda decision: decision.finding_id))
def test_answers_are_read_from_the_list_as_they_were_written(decisions: list[Decision]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "decisions.xlsx")
        write_decisions(Roster.of(DAY), path, unused=decisions)
        told = [plain(decision) for decision in read_decisions(path)]
    assert told == [plain(decision) for decision in decisions]


def plain(decision: Decision) -> tuple[str, ...]:
    day = decision.decided_on.isoformat()
    return (decision.finding_id, decision.chosen, decision.decided_by, day, decision.note)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rosters())
def test_a_roster_is_loaded_as_it_was_saved(roster: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save_roster(roster, Path(folder, "r"))
        again = load_roster(Path(folder, "r"))  # tables are read when asked for
        assert again.as_of == roster.as_of
        for name, frame in roster.sorted_tables().items():
            assert again.sorted_tables()[name].equals(frame), name


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rosters())
def test_an_exchange_package_holds_the_roster_it_was_made_of(roster: Any) -> None:
    about = About(DAY, DAY, (("1.1", "某局"),), sender="某县", purpose="换届\n考察")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.zip")
        write_package(roster, about, path)
        package = read_package(path)
    assert package.about == about
    for name, frame in roster.sorted_tables().items():
        assert package.roster.sorted_tables()[name].equals(frame), name
