"""The rows a rule is evaluated on, and which of them belongs to which post and person.

    combinations of post features × persons              as a rule
    combinations × the answers that persons have         where it reads a few yes-or-no facts of them
    … and a row for each pair of its own                 where it reads a fact few pairs have

The first two are blocks of equal length, one a combination.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.facts import PAIR_FACTS, PERSON_FACTS
from banzi.facts.pairs import BY_PAIR, GRIDS, GridTopic
from banzi.roster import TABLES

if TYPE_CHECKING:
    from banzi.rules.runtime.compiling import Compiled
    from banzi.rules.runtime.judging import Case

_Places = npt.NDArray[np.int64]
_MOST_YES_OR_NO = 3
_ANSWERS = (False, True, None)


@dataclass(frozen=True)
class Frame:
    """Rows for a rule, each with what it reads.

    Attributes
    ----------
    rows
        Blocks one after the other, then the rows of single pairs.
    combination
        Post → its block.
    answers
        Combinations × persons: the row within the block; None where it is the person's number.
    size
        Rows in a block.
    pairs
        Post and person, by number, of the rows of single pairs.
    """

    rows: pl.DataFrame
    combination: _Places
    answers: _Places | None
    size: int
    persons: int
    pairs: tuple[_Places, _Places]
    _facts: dict[int, dict[str, Any]] = field(default_factory=dict)

    def facts_of(self, row: int) -> dict[str, Any]:
        """What one row says, column by column."""
        if row not in self._facts:
            self._facts[row] = self.rows.row(row, named=True)
        return self._facts[row]

    def row(self, post: int, person: int) -> int:
        """The row that says what the rule read of a post and a person."""
        own = np.flatnonzero((self.pairs[0] == post) & (self.pairs[1] == person))
        if own.size:
            return self.rows.height - self.pairs[0].size + int(own[0])
        block = int(self.combination[post])
        within = person if self.answers is None else int(self.answers[block, person])
        return block * self.size + within

    @property
    def places(self) -> _Places:
        """Posts × persons: the row of each."""
        blocks = self._blocks(np.arange(self.rows.height - self.pairs[0].size))
        found = blocks[self.combination]
        found[self.pairs] = np.arange(self.rows.height - self.pairs[0].size, self.rows.height)
        return found

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One value a row → posts × persons, an array of its own."""
        alone = self.pairs[0].size
        found = self._blocks(values[: values.size - alone])[self.combination]
        if alone:
            found[self.pairs] = values[values.size - alone :]
        return found

    def _blocks(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Combinations × persons."""
        count = int(self.combination.max(initial=-1)) + 1
        blocks = values.reshape(count, self.size)
        return blocks if self.answers is None else np.take_along_axis(blocks, self.answers, axis=1)


def frames_of(case: Case, rules: Sequence[Compiled]) -> Iterator[tuple[Frame, list[Compiled]]]:
    """Every frame that is needed for some rules, with the rules to evaluate on it."""
    groups: dict[object, list[Compiled]] = {}
    for each in rules:
        groups.setdefault(_kind_of_frame(case, each), []).append(each)
    for together in groups.values():
        names = dict.fromkeys(name for each in together for name in each.reads)
        of_post = dict.fromkeys(name for each in together for name in each.rule.of_post)
        yield frame_of(case, list(names), list(of_post)), together


def facts_of_pair(
    case: Case, rules: Sequence[Compiled]
) -> Iterator[tuple[dict[str, Any], Callable[[], Frame], list[Compiled]]]:
    """The same where there is one post and one person: what the row says, and no frame yet."""
    groups: dict[object, list[Compiled]] = {}
    for each in rules:
        groups.setdefault(_kind_of_frame(case, each), []).append(each)
    for together in groups.values():
        names = list(dict.fromkeys(name for each in together for name in each.reads))
        of_post = list(dict.fromkeys(name for each in together for name in each.rule.of_post))
        tables, features = _sides(names, of_post)
        facts = {name: case.post_row[name] for name in features}
        facts |= case.facts.row(
            name for name in names if name not in of_post and case.facts.knows(name)
        )
        for topic in _grids_read(names, features):
            found = case.pair_facts.row(topic, case.post_row)
            facts |= {name: found[name] for name in topic.facts if name in names}
        for table, wanted in tables.items():
            found = case.row_of_pair(table)
            facts |= {name: found.get(name) for name in wanted}
        yield facts, partial(frame_of, case, names, of_post), together


def derive_at_once(case: Case, rules: Sequence[Compiled]) -> None:
    """Work out on every processor what rules read; frames then find it ready.

    Each step of the facts is too small for Polars to use a second processor for it.
    """
    names = dict.fromkeys(name for each in rules for name in each.reads)
    grids: dict[GridTopic, None] = {}
    tables: dict[str, None] = {}
    for each in rules:
        of_pairs, features = _sides(each.reads, each.rule.of_post)
        tables.update(dict.fromkeys(of_pairs))
        grids.update(dict.fromkeys(_grids_read(each.reads, features)))
    pair_facts = case.pair_facts
    steps: list[Callable[[], object]] = [
        *case.facts.parts(names),
        *(partial(pair_facts.grid, topic) for topic in grids),
        *(partial(getattr, case, table) for table in tables),
    ]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for step in [threads.submit(step) for step in steps]:
            step.result()


def _grids_read(names: Sequence[str], features: Sequence[str]) -> list[GridTopic]:
    """Facts of a person and a feature of the post of which some names are."""
    return [
        topic
        for topic in GRIDS
        if any(name in topic.facts for name in names)
        and all(each in features for each in topic.features)
    ]


def _kind_of_frame(case: Case, each: Compiled) -> object:
    """Rules of one kind share a frame, which has what any of them reads.

    With one post there is one combination of its features, whatever they are. But a post feature
    hides a column of the person of the same name, so rules that mean the person's stay apart.
    """
    of_post = each.rule.of_post
    if case.shape[0] == 1:
        return tuple(
            name
            for name in each.reads
            if name not in of_post and name in case.posts and case.facts.knows(name)
        )
    tables, features = _sides(each.reads, of_post)
    about_person = [name for name in each.reads if name not in of_post and case.facts.knows(name)]
    grids = [
        name
        for topic in _grids_read(each.reads, features)
        for name in topic.facts
        if name in each.reads
    ]
    columns = (*about_person, *grids)
    is_few = len(columns) <= _MOST_YES_OR_NO and all(map(_is_yes_or_no, columns))
    return tuple(sorted(features)), tuple(tables), columns if is_few else None


def _is_yes_or_no(name: str) -> bool:
    tables = (PAIR_FACTS, PERSON_FACTS, TABLES["persons"])
    return any(name in table and table[name].dtype == pl.Boolean for table in tables)


def _sides(names: Sequence[str], of_post: Sequence[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Tables of pairs with what is read of each, and the post features that make combinations."""
    tables = {
        table: wanted
        for table, facts in BY_PAIR.items()
        if "post_id" in of_post and (wanted := [name for name in names if name in facts])
    }
    # The post itself is only the key of what pairs have, unless a rule looks at its id.
    features = [name for name in of_post if name != "post_id" or name in names or not tables]
    return tables, features


def frame_of(case: Case, names: Sequence[str], of_post: Sequence[str]) -> Frame:
    """The rows on which rules are evaluated that read these columns and post features.

    A post feature hides a column of the person of the same name.
    """
    tables, features = _sides(names, of_post)
    by_pair = [name for wanted in tables.values() for name in wanted]
    combos, combination = _combinations(case.posts, features)
    about_person = _persons_side(case, names, of_post)
    grids = _Grids(case, names, features, combos)
    answers, size = None, case.shape[1]
    if combos.height > 1 and _are_few_answers(about_person, grids):
        rows, answers, size = _by_answer(case, combos, about_person, grids)
    else:
        rows = _by_person(case, combos, about_person, grids)
    pairs: tuple[_Places, _Places] = (np.empty(0, np.int64), np.empty(0, np.int64))
    if by_pair:
        found = _of_pairs(case, tables)
        at, posts, persons = case.places_of(found)
        pairs = (posts, persons)
        blank = [pl.lit(None, PAIR_FACTS[name].dtype).alias(name) for name in by_pair]
        block = combination[posts]
        within = persons if answers is None else answers[block, persons]
        alone = rows[block * size + within].hstack(found.select(by_pair)[at])
        rows = pl.concat([rows.with_columns(blank), alone])
    return Frame(rows, combination, answers, size, case.shape[1], pairs)


def _of_pairs(case: Case, tables: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """What single pairs have of the facts wanted, a row a pair; null where only others have it."""
    keys = ["person_id", "post_id"]
    parts = [getattr(case, table).select(*keys, *wanted) for table, wanted in tables.items()]
    found: pl.DataFrame = parts[0]
    for part in parts[1:]:
        found = found.join(part, on=keys, how="full", coalesce=True)
    return found


def _combinations(posts: pl.DataFrame, features: Sequence[str]) -> tuple[pl.DataFrame, _Places]:
    """The distinct combinations of some features in order of appearance, and each post's own.

    A column `combination` with their numbers comes first, so that no frame is without a column.
    """
    if posts.height == 1 or not features:
        first = posts.head(1).select(features) if features else pl.DataFrame()
        number = pl.Series("combination", range(min(posts.height, 1)), dtype=pl.UInt32)
        return pl.DataFrame([number, *first]), np.zeros(posts.height, dtype=np.int64)
    chosen = posts.select(features)
    place = {row: number for number, row in enumerate(dict.fromkeys(chosen.iter_rows()))}
    numbers = np.array([place[row] for row in chosen.iter_rows()], dtype=np.int64)
    firsts = np.unique(numbers, return_index=True)[1]
    return chosen[firsts].with_row_index("combination"), numbers


def _persons_side(case: Case, names: Sequence[str], of_post: Sequence[str]) -> pl.DataFrame:
    """What is read of the persons alone, a row each."""
    return case.facts.of(
        name for name in dict.fromkeys(names) if name not in of_post and case.facts.knows(name)
    )


class _Grids:
    """What is read of a person and a feature of the post: columns of values × persons."""

    def __init__(
        self, case: Case, names: Sequence[str], features: Sequence[str], combos: pl.DataFrame
    ) -> None:
        self.columns: list[pl.Series] = []
        self.blocks: list[_Places] = []
        """For each column, which of its blocks of persons belongs to each combination."""
        for topic in _grids_read(names, features):
            wanted = [name for name in topic.facts if name in names]
            values = case.pair_facts.values(topic.features)
            numbers = {value: at for at, value in enumerate(values)}
            wished = combos.select(topic.features).iter_rows()
            block = np.array([numbers.get(each, len(values)) for each in wished], dtype=np.int64)
            self.columns.extend(case.pair_facts.grid(topic).select(wanted))
            self.blocks.extend([block] * len(wanted))


def _are_few_answers(about_person: pl.DataFrame, grids: _Grids) -> bool:
    columns = [*about_person, *grids.columns]
    return len(columns) <= _MOST_YES_OR_NO and all(each.dtype == pl.Boolean for each in columns)


def _by_person(
    case: Case, combos: pl.DataFrame, about_person: pl.DataFrame, grids: _Grids
) -> pl.DataFrame:
    """Combinations × persons."""
    persons, count = case.shape[1], combos.height
    repeated = combos if count * persons == count else combos[np.repeat(np.arange(count), persons)]
    columns = list(repeated)
    if count == 1:
        columns.extend(about_person)
    elif about_person.width:
        columns.extend(about_person[np.tile(np.arange(persons), count)])
    for column, block in zip(grids.columns, grids.blocks, strict=True):
        if count == 1:
            columns.append(column.slice(int(block[0]) * persons, persons))
            continue
        rows = block[:, None] * persons + np.arange(persons)
        columns.append(column.gather(rows.ravel()))
    return pl.DataFrame(columns)


def _by_answer(
    case: Case, combos: pl.DataFrame, about_person: pl.DataFrame, grids: _Grids
) -> tuple[pl.DataFrame, _Places, int]:
    """Combinations × possible answers, and which answer each person has in each combination."""
    persons, count = case.shape[1], combos.height
    answers = np.zeros((count, persons), dtype=np.int64)
    columns: list[pl.Series] = []
    size = len(_ANSWERS) ** (about_person.width + len(grids.columns))
    step = size
    blocks = [np.zeros(count, dtype=np.int64)] * about_person.width + grids.blocks
    for column, block in zip([*about_person, *grids.columns], blocks, strict=True):
        step //= len(_ANSWERS)
        coded = column.cast(pl.Int64).fill_null(_ANSWERS.index(None)).to_numpy()
        answers += coded.reshape(-1, persons)[block] * step if persons else 0
        values = [answer for answer in _ANSWERS for _each in range(step)]
        times = count * size // len(values)
        columns.append(pl.Series(column.name, values * times, dtype=pl.Boolean))
    repeated = combos[np.repeat(np.arange(count), size)]
    return pl.DataFrame([*repeated, *columns]), answers, size
