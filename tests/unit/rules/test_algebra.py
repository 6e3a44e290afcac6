"""Two bits a verdict say what the four verdicts say, for every combination of truths."""

import random
from datetime import date
from itertools import product

import polars as pl
import pytest
from tests.random_rosters import Maker

from banzi.facts import derive
from banzi.law import load_law
from banzi.roster import Roster
from banzi.rules import RULES, screen, screen_persons
from banzi.rules.runtime import Check
from banzi.rules.runtime.algebra import packed_verdicts, rank
from banzi.rules.runtime.verdicts import FAIL, PASS, REVIEW, UNKNOWN

TRUTHS = (True, False, None)
ROWS = list(product(TRUTHS, TRUTHS, TRUTHS, TRUTHS))
FRAME = pl.DataFrame(
    ROWS, schema=dict.fromkeys(("applies", "holds", "doubt", "lenient"), pl.Boolean), orient="row"
)


def by_hand(
    applies: bool | None, holds: bool | None, doubt: bool | None, lenient: bool | None, breach: int
) -> int:
    if applies is False or holds is True:
        truth: bool | None = True
    else:
        truth = False if applies is True and holds is False else None
    if truth is None:
        return UNKNOWN
    if truth is False:
        return REVIEW if lenient is True else breach
    if applies is False or doubt is False:
        return PASS
    return REVIEW if applies is True and doubt is True else UNKNOWN


@pytest.mark.parametrize("breach", [FAIL, REVIEW])
@pytest.mark.parametrize("said", list(product((True, False), repeat=3)))
def test_every_combination_of_truths_gets_its_verdict(
    breach: int, said: tuple[bool, bool, bool]
) -> None:
    names = ("applies", "doubt", "lenient")
    given = {name: pl.col(name) for name, is_said in zip(names, said, strict=True) if is_said}
    check = Check(holds=pl.col("holds"), otherwise="", **given)
    defaults = {"applies": True, "doubt": False, "lenient": False}
    expected = [
        by_hand(
            breach=breach,
            **{
                name: defaults[name] if name in defaults and name not in given else value
                for name, value in zip(FRAME.columns, row, strict=True)
            },
        )
        for row in ROWS
    ]
    assert FRAME.select(rank(check, breach)).to_series().to_list() == expected
    packed = packed_verdicts(FRAME, {"a": (check, breach)})
    assert packed.ranks("a").tolist() == expected
    counts = [expected.count(verdict) for verdict in (PASS, REVIEW, UNKNOWN, FAIL)]
    assert packed.counts().rows() == [("a", *counts)]


def test_a_rule_that_reads_nothing_still_judges_every_row() -> None:
    packed = packed_verdicts(
        FRAME.head(5), {"a": (Check(holds=pl.lit(None, pl.Boolean), otherwise=""), FAIL)}
    )
    assert packed.ranks("a").tolist() == [UNKNOWN] * 5


def test_nobody_gets_no_verdict() -> None:
    packed = packed_verdicts(
        FRAME.clear(), {"a": (Check(holds=pl.col("holds"), otherwise=""), FAIL)}
    )
    assert packed.counts().rows() == [("a", 0, 0, 0, 0)]


@pytest.mark.parametrize("seed", range(3))
def test_persons_alone_get_the_verdicts_they_get_for_a_post_nobody_holds(seed: int) -> None:
    as_of = date(2026, 6, 30)
    full = Maker(random.Random(seed), as_of).roster()
    roster = Roster(
        as_of,
        {
            name: frame.clear() if name in ("seats", "waivers") else frame
            for name, frame in full.tables.items()
        },
    )
    roster = roster.with_tables(
        appointments=roster["appointments"].with_columns(post_id=pl.lit(None, pl.String))
    )
    law = load_law()
    packed = screen_persons(derive(roster, as_of, law), as_of, law)
    outcomes = {outcome.rule.id: outcome for outcome in screen(roster, as_of, law=law).outcomes}
    assert len(packed.rule_ids) > 3
    assert set(packed.rule_ids) < {rule.id for rule in RULES}
    for rule_id in packed.rule_ids:
        for verdicts in outcomes[rule_id].ranks.tolist():
            assert verdicts == packed.ranks(rule_id).tolist()
