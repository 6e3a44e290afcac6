"""The part of a roster that lies below some organs on a day, and nothing else of it.

A person is in scope who holds a post of these organs on the day, or holds none anywhere and has
the statistics kept there. Rows about others go; links to others are cut while the text of the
form stays; what merely mentions somebody outside (findings, remarks of an organ, names of source
files) is left out too.

Not here: the file (`package_writing`), whom it is for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from banzi.facts.levels import seats_at
from banzi.kernel.columns import Kind, Labelled
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


class Without(Labelled):
    """Classes of facts that can be left out of a package."""

    FINDINGS = "findings", "疑点和裁定", "findings and decisions"
    SANCTIONS = "sanctions", "处分和奖惩", "sanctions and awards"
    CONCLUSIONS = "conclusions", "结论", "conclusions"
    ASSESSMENTS = "assessments", "考核", "assessments"
    RELATIVES = "relatives", "家庭成员", "relatives"
    PHOTOS = "photos", "照片", "photos"
    ID_NUMBERS = "id-numbers", "身份证号", "ID numbers"


_LEFT_TABLES: dict[Without, tuple[str, ...]] = {
    Without.FINDINGS: ("findings", "decisions"),
    Without.SANCTIONS: ("sanctions", "awards"),
    Without.CONCLUSIONS: ("conclusions", "waivers"),
    Without.ASSESSMENTS: ("assessments",),
    Without.RELATIVES: ("relatives",),
}
_LEFT_COLUMNS: dict[Without, tuple[tuple[str, str], ...]] = {
    Without.SANCTIONS: (("persons", "awards_text"),),
    Without.ASSESSMENTS: (("persons", "assessments_text"),),
    Without.PHOTOS: (("persons", "photo_sha256"),),
    Without.ID_NUMBERS: (("persons", "id_number"), ("relatives", "id_number")),
}


def left_tables(without: Iterable[Without]) -> frozenset[str]:
    """Tables that a package without these classes is silent about."""
    return frozenset(name for each in without for name in _LEFT_TABLES.get(each, ()))


def left_columns(without: Iterable[Without]) -> frozenset[tuple[str, str]]:
    """Columns that a package without these classes is silent about."""
    return frozenset(pair for each in without for pair in _LEFT_COLUMNS.get(each, ()))


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
    roots = find_organs(roster, wanted)
    organs = _subtree(roster, [organ for organ, _name in roots])
    persons = _persons(roster, organs, as_of)
    if not persons:
        raise BanziError(NOBODY(as_of=as_of))
    without = tuple(without)
    tables = dict(roster.tables)
    tables["organs"] = tables["organs"].filter(pl.col("organ_id").is_in(sorted(organs)))
    tables["persons"] = tables["persons"].filter(pl.col("person_id").is_in(sorted(persons)))
    tables["findings"] = tables["findings"].filter(pl.col("person_id").is_not_null())
    tables["relatives"] = _without_links(tables["relatives"], roster, persons)
    for name in left_tables(without):
        tables[name] = tables[name].clear()
    for name, column in left_columns(without):
        kept = TABLES[name][column].dtype
        tables[name] = tables[name].with_columns(pl.lit(None, dtype=kept).alias(column))
    tables = _silent_about_left(tables, without)
    cut = _follow_references(tables)
    tables["posts"], tables["post_teams"] = _whole_posts(tables)
    cut += _follow_references(tables)
    tables["decisions"] = tables["decisions"].join(
        tables["findings"].select("finding_id"), on="finding_id", how="semi"
    )
    withheld = _withhold_mentions(tables, roster, persons)
    tables["sources"] = _used_sources(tables)
    kept_photos = set(tables["persons"]["photo_sha256"].drop_nulls())
    photos = {digest: data for digest, data in roster.photos.items() if digest in kept_photos}
    return Scoped(Roster(as_of, tables, photos), tuple(roots), cut, withheld)


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


def _without_links(frame: pl.DataFrame, roster: Roster, persons: set[str]) -> pl.DataFrame:
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


def _silent_about_left(
    tables: dict[str, pl.DataFrame], without: tuple[Without, ...]
) -> dict[str, pl.DataFrame]:
    """No statement of completeness, no finding and no kept text about what is left out."""
    left, columns = left_tables(without), left_columns(without)
    named = [column for name, column in columns if name == "persons"]
    tables["completeness"] = tables["completeness"].filter(
        ~pl.col("table_name").is_in(sorted(left))
    )
    about = pl.col("table_name").is_in(sorted(left)).fill_null(False)
    of_column = (pl.col("table_name") == "persons") & pl.col("column_name").is_in(named)
    tables["findings"] = tables["findings"].filter(~about & ~of_column.fill_null(False))
    kept = pl.col("column_name")
    of_left = kept.is_in(named) | kept.str.split(".").list.first().is_in(sorted(left))
    tables["texts_as_written"] = tables["texts_as_written"].filter(~of_left)
    return tables


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


def _withhold_mentions(tables: dict[str, pl.DataFrame], roster: Roster, persons: set[str]) -> int:
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


def _mentioning(roster: Roster, persons: set[str]) -> Callable[[str | None], bool]:
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
