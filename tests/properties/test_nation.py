"""The nation's question: our engine, Polars by itself and plain Python give the same verdicts.

The same comparison as `python -m benchmarks nation`, on a sample; the other engines are compared
there.
"""

import itertools
from pathlib import Path

import numpy as np
import pytest
from benchmarks.nation import oracle, ours, polars_alone
from benchmarks.nation.data import write
from benchmarks.nation.question import CAREER_RULES, KINDS, RULES

from banzi.facts import stretches as stretches_module

PERSONS = 400


@pytest.fixture(scope="module", params=[1, 2])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation")
    write(folder, PERSONS, seed=request.param)
    return folder


@pytest.fixture(scope="module")
def expected(sample: Path) -> list[list[int]]:
    persons, stretches = ours.load(sample)
    rows = list(
        zip(
            stretches.starts.tolist(),
            stretches.ends.tolist(),
            stretches.counts.tolist(),
            strict=True,
        )
    )
    bounds = stretches.offsets.tolist()
    careers = [rows[a:b] for a, b in itertools.pairwise(bounds)]
    return oracle.verdicts(persons.to_dicts(), careers)


def test_the_sample_has_every_verdict_and_every_rule_parts_the_persons(
    expected: list[list[int]],
) -> None:
    assert set(np.ravel(expected)) == {0, 1, 2, 3}
    assert all(len(set(verdicts)) > 1 for verdicts in expected)
    assert len(RULES) == 30
    reads_careers = [
        any(term.name.removesuffix("_months") in KINDS for term in rule.holds) for rule in RULES
    ]
    assert sum(reads_careers) == CAREER_RULES


@pytest.mark.parametrize("compiled", [False, True])
def test_our_engine_says_what_plain_python_says(
    sample: Path, expected: list[list[int]], compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches_module, "WORTH_COMPILING", 0 if compiled else 10**12)
    loaded = ours.load(sample)
    assert np.array_equal(ours.ranks(ours.screen(ours.derive(loaded))), expected)
    assert np.array_equal(ours.ranks(ours.whole(loaded)), expected)


def test_polars_alone_says_what_plain_python_says(
    sample: Path, expected: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polars_alone, "BATCH", 150)
    loaded = polars_alone.load(sample)
    found = polars_alone.screen(polars_alone.derive(loaded))
    assert np.array_equal(polars_alone.ranks(found), expected)
