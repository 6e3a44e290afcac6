"""The part of a roster that lies below some organs on a day, and nothing else of it.

A person is in scope who holds a post of these organs on the day, or holds none anywhere and has
the statistics kept there. Rows about others go; links to others are cut while the text of the
form stays; what merely mentions somebody outside (findings, remarks of an organ, names of source
files) is left out too.

Not here: the file (`package_writing`), whom it is for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from banzi.documents.exchange.left_out import Without, without_left
from banzi.facts.levels import seats_at
from banzi.kernel.columns import Kind
from banzi.kernel.errors import BadInput, BanziError, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster

NO_SUCH_ORGAN = MessageKind(
    "exchange/no-such-organ", _("花名册中没有机构“{organ}”；请用机构名称或机构标识，如：{examples}")
)
ORGAN_TWICE = MessageKind(
    "exchange/organ-twice", _("名为“{organ}”的机构有{count}个；请改用机构标识：{ids}")
)
NOBODY = MessageKind("exchange/nobody", _("{as_of}在所选机构任职的一个人也没有；请核对范围和日期"))

CUT_LINKS = frozenset(
    {
        ("organs", "superior_organ_id"),
        ("teams", "superior_team_id"),
        ("appointments", "post_id"),
        ("relatives", "relative_person_id"),
    }
)
"""Links that become empty when they lead outside; the row stays. Other rows go with their link."""

OUTSIDE_NAME = _("（涉及范围外人员，未附文件名）")


@dataclass(frozen=True, slots=True)
class Scoped:
    """The part of a roster: its root organs (id, name), and how many rows and texts were cut."""

    roster: Roster
    roots: tuple[tuple[str, str], ...]
    cut_links: int
    withheld: int


def find_organs(roster: Roster, wanted: Sequence[str]) -> list[tuple[str, str]]:
    """(id, name) of organs given by id, name or short name; BadInput with all not found."""
    organs = roster["organs"].select("organ_id", "organ_name", "short_name").rows()
    found: list[tuple[str, str]] = []
    problems = []
    for text in wanted:
        named = [row for row in organs if text == row[0]] or [
            row for row in organs if text in (row[1], row[2])
        ]
        if not named:
            examples = [row[1] for row in organs[:3]]
            problems.append(Problem(NO_SUCH_ORGAN(organ=text, examples=examples), Location()))
        elif len(named) > 1:
            ids = [row[0] for row in named]
            problems.append(Problem(ORGAN_TWICE(organ=text, count=len(named), ids=ids), Location()))
        else:
            found.append((named[0][0], named[0][1]))
    if problems:
        raise BadInput(problems)
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a package is about.

    Attributes
    ----------
    roots
        Organs (id, name) that were named; () where persons were.
    posts
        The posts that go with them; None for all of the organs.
    """

    persons: frozenset[str]
    organs: frozenset[str]
    roots: tuple[tuple[str, str], ...]
    posts: frozenset[str] | None = None


def below_organs(roster: Roster, wanted: Sequence[str], as_of: date) -> Choice:
    """Everybody below these organs on a day.

    Raises
    ------
    BadInput
        `exchange/no-such-organ`, `exchange/organ-twice`.
    """
    roots = find_organs(roster, wanted)
    organs = _subtree(roster, [organ for organ, _name in roots])
    return Choice(frozenset(_persons(roster, organs, as_of)), frozenset(organs), tuple(roots))


def these_persons(roster: Roster, persons: Collection[str]) -> Choice:
    """Persons chosen one by one, with the posts they hold or held, and the organs of these."""
    seats = roster["seats"].filter(pl.col("person_id").is_in(list(persons)))
    posts = roster["posts"].join(seats, on="post_id", how="semi")
    links = roster["post_teams"].join(posts, on="post_id", how="semi")
    teams = roster["teams"].join(links, on="team_id", how="semi")
    held = frozenset(posts["organ_id"]) | frozenset(teams["organ_id"])
    return Choice(frozenset(persons), held, (), frozenset(posts["post_id"]))


def scoped_roster(
    roster: Roster, wanted: Sequence[str], as_of: date, without: Iterable[Without] = ()
) -> Scoped:
    """The part of the roster below these organs on a day.

    Raises
    ------
    BadInput
        `exchange/no-such-organ`, `exchange/organ-twice`.
    BanziError
        `exchange/nobody`.
    """
    return cut_out(roster, below_organs(roster, wanted, as_of), as_of, without)


def cut_out(
    roster: Roster,
    choice: Choice,
    as_of: date,
    without: Iterable[Without] = (),
    given: Roster | None = None,
) -> Scoped:
    """The part of the roster that is about those chosen.

    Parameters
    ----------
    given
        What of the roster may be given at all; None for all of it. What mentions somebody who is
        not in the part is found by the whole roster all the same.

    Raises
    ------
    BanziError
        `exchange/nobody`.
    """
    seen = given or roster
    persons = choice.persons.intersection(seen["persons"]["person_id"])
    if not persons:
        raise BanziError(NOBODY(as_of=as_of))
    tables = dict(seen.tables)
    tables["organs"] = tables["organs"].filter(pl.col("organ_id").is_in(sorted(choice.organs)))
    if choice.posts is not None:
        posts = tables["posts"].filter(pl.col("post_id").is_in(sorted(choice.posts)))
        links = tables["post_teams"].join(posts, on="post_id", how="semi")
        tables["posts"] = posts
        tables["teams"] = tables["teams"].join(links, on="team_id", how="semi")
    tables["persons"] = tables["persons"].filter(pl.col("person_id").is_in(sorted(persons)))
    tables["findings"] = tables["findings"].filter(pl.col("person_id").is_not_null())
    tables["relatives"] = _without_links(tables["relatives"], roster, persons)
    tables = without_left(tables, tuple(without))
    cut = _follow_references(tables)
    tables["posts"], tables["post_teams"] = _whole_posts(tables)
    cut += _follow_references(tables)
    tables["decisions"] = tables["decisions"].join(
        tables["findings"].select("finding_id"), on="finding_id", how="semi"
    )
    withheld = _withhold_mentions(tables, roster, persons)
    tables["sources"] = _used_sources(tables)
    tables["persons"], photos = _with_photos(tables["persons"], seen.photos)
    part = Roster(as_of, tables, photos)
    return Scoped(part, _roots(part, choice.roots), cut, withheld)


def _with_photos(
    persons: pl.DataFrame, photos: Mapping[str, bytes]
) -> tuple[pl.DataFrame, dict[str, bytes]]:
    """The persons with the photos that are there; one that got lost is none."""
    named = persons["photo_sha256"].drop_nulls().unique().sort()
    found = {digest: photos[digest] for digest in named if digest in photos}
    there = pl.col("photo_sha256").is_in(list(found))
    return persons.with_columns(
        pl.when(there).then(pl.col("photo_sha256")).alias("photo_sha256")
    ), found


def _roots(part: Roster, named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Organs of the part under which all its organs lie: those named, then whatever else is on top."""
    organs = part["organs"].sort("superior_organ_id", "organ_id", nulls_last=False)
    known = dict(organs.select("organ_id", "organ_name").iter_rows())
    roots: dict[str, str] = {organ: name for organ, name in named if organ in known}
    within = _subtree(part, list(roots))
    for organ, name in known.items():
        if organ not in within:
            roots[organ] = name
            within |= _subtree(part, [organ])
    return tuple(roots.items())


def one_line(text: str) -> str:
    """A text with a blank for each control and each half of a character."""
    return "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)


def outside_scope(roster: Roster, scope: Iterable[tuple[str, str]]) -> list[str]:
    """Names of organs that a part of a roster has outside its scope, or lacks within it.

    An organ under another name than the scope gives, in one line, counts as lacking. Persons are
    not asked about: one whose only post belongs to a team outside comes without the post.
    """
    scope = tuple(scope)
    named = dict(roster["organs"].select("organ_id", "organ_name").iter_rows())
    within = _subtree(roster, [organ for organ, _name in scope])
    lacking = [name for organ, name in scope if one_line(named.get(organ) or "") != name]
    return lacking + [name for organ, name in named.items() if organ not in within]


def _subtree(roster: Roster, roots: Sequence[str]) -> set[str]:
    below: dict[str, list[str]] = {}
    for organ, superior in roster["organs"].select("organ_id", "superior_organ_id").iter_rows():
        below.setdefault(superior or "", []).append(organ)
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        organ = waiting.pop()
        if organ not in found:
            found.add(organ)
            waiting.extend(below.get(organ, ()))
    return found


def _persons(roster: Roster, organs: set[str], day: date) -> set[str]:
    held = seats_at(roster, day).join(roster["posts"].select("post_id", "organ_id"), on="post_id")
    seated = set(held["person_id"])
    inside = set(held.filter(pl.col("organ_id").is_in(sorted(organs)))["person_id"])
    names = roster["organs"].filter(pl.col("organ_id").is_in(sorted(organs)))["organ_name"]
    known = roster["persons"].select("person_id", "reporting_organ").iter_rows()
    counted = {person for person, organ in known if organ in set(names) and person not in seated}
    return inside | counted


def _without_links(frame: pl.DataFrame, roster: Roster, persons: Collection[str]) -> pl.DataFrame:
    """Relatives with what tells that they are officials outside taken away; the form's text stays."""
    outside = roster["persons"].filter(~pl.col("person_id").is_in(sorted(persons)))
    numbers = outside["id_number"].drop_nulls()
    linked = pl.col("relative_person_id")
    leads_out = linked.is_not_null() & ~linked.is_in(sorted(persons))
    same_number = pl.col("id_number").is_in(numbers.implode()).fill_null(False)
    lost = leads_out | same_number
    return frame.with_columns(
        pl.when(~lost).then(column).alias(column)
        for column in ("relative_person_id", "is_linked", "id_number")
    )


def _follow_references(tables: dict[str, pl.DataFrame]) -> int:
    """Drop rows, or empty links, that lead to rows which are no longer there; counts the links."""
    cut = 0
    changed = True
    while changed:
        changed = False
        for name, table in TABLES.items():
            for column in table:
                if not column.references or column.name == "source_id":
                    continue
                target, key = column.references.split(".")
                if (target, key) == (name, column.name):
                    continue
                frame = tables[name]
                there = frame[column.name].is_in(tables[target][key].implode())
                lost = frame[column.name].is_not_null() & ~there.fill_null(False)
                if not lost.any():
                    continue
                changed = True
                if (name, column.name) in CUT_LINKS:
                    cut += int(lost.sum())
                    value = pl.when(~lost).then(pl.col(column.name)).alias(column.name)
                    tables[name] = frame.with_columns(value)
                else:
                    tables[name] = frame.filter(~lost)
    return cut


def _whole_posts(tables: dict[str, pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Posts that still belong to a team, their teams numbered from 1."""
    links = tables["post_teams"].sort("post_id", "team_order", "team_id")
    order = pl.int_range(pl.len()).over("post_id") + 1
    links = links.with_columns(order.cast(pl.Int64).alias("team_order"))
    return tables["posts"].join(links.select("post_id").unique(), on="post_id", how="semi"), links


def _withhold_mentions(
    tables: dict[str, pl.DataFrame], roster: Roster, persons: Collection[str]
) -> int:
    """Take out what is no form text and names somebody outside; counts what was taken out."""
    mentions = _mentioning(roster, persons)
    findings = tables["findings"]
    texts = [name for name in findings.columns if findings.schema[name] == pl.String]
    naming = pl.Series([any(map(mentions, row)) for row in findings.select(texts).iter_rows()])
    withheld = int(naming.sum()) if len(naming) else 0
    if withheld:
        tables["findings"] = findings.filter(~naming)
    decisions = tables["decisions"]
    kept = [
        row["finding_id"] in set(tables["findings"]["finding_id"])
        and not any(mentions(row[name]) for name in ("chosen", "note", "decided_by"))
        for row in decisions.iter_rows(named=True)
    ]
    tables["decisions"] = decisions.filter(pl.Series(kept, dtype=pl.Boolean))
    for name in ("organs", "teams", "posts", "sources"):
        for column in TABLES[name]:
            if column.kind is not Kind.TEXT or not tables[name].height:
                continue
            if column.required and column.name != "file_name":
                continue
            values = tables[name][column.name].to_list()
            blank = OUTSIDE_NAME if column.name == "file_name" else None
            plain = [blank if mentions(value) else value for value in values]
            if plain != values:
                if name != "sources":
                    withheld += sum(a != b for a, b in zip(plain, values, strict=True))
                series = pl.Series(column.name, plain, dtype=pl.String)
                tables[name] = tables[name].with_columns(series)
    return withheld


def _mentioning(roster: Roster, persons: Collection[str]) -> Callable[[str | None], bool]:
    """Whether a text names somebody outside by id, name or number.

    A name shared with somebody inside is no mention: the text speaks about the one inside.
    """
    rows = roster["persons"].select("person_id", "name", "id_number").rows()
    own = {row[1] for row in rows if row[0] in persons}
    words = {
        word for row in rows if row[0] not in persons for word in row if word and word not in own
    }

    def mentions(text: str | None) -> bool:
        return text is not None and any(word in text for word in words)

    return mentions


def _used_sources(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    used: set[str] = set()
    for name, frame in tables.items():
        if name != "sources" and "source_id" in frame.columns:
            used.update(frame["source_id"].drop_nulls().unique())
    return tables["sources"].filter(pl.col("source_id").is_in(sorted(used)))
