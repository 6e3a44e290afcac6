"""编制与人员配备表: authorised headcount against persons, organ by organ (formats.md 2.2).

A person is on the books of the organ that 统计关系所在单位 names, or, where nothing is written
there, of the organ of the present post. Who is known to have left is not counted. Of whom the
kind of establishment or the state of service is not known, stands in a column of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from banzi.facts.levels import seat_facts, seats_at
from banzi.kernel.columns import Labelled
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.counting.figures import (
    FigureRow,
    FigureTable,
    counted,
    total_row,
)
from banzi.structure.counting.filling import Filling
from banzi.structure.counting.ordering import AND_OTHER_PERSONS, ordered_organs, shortened
from banzi.structure.counting.quotas import (
    NO_ORGANS,
    ORGAN_COLUMNS,
    TOTAL,
    UNKNOWN_COLUMN,
    quota_columns,
    quota_notes,
)
from banzi.structure.counting.settings import CountingSettings


class EstablishmentKind(Labelled):
    """Kinds of establishment; the value names the words of the settings."""

    ADMINISTRATIVE = "administrative", "行政编制", "administrative"
    CIVIL_SERVANT_INSTITUTION = (
        "civil_servant_institution",
        "事业编制（参公）",
        "institution under the Civil Servant Law",
    )
    INSTITUTION = "institution", "事业编制（其他）", "other institution"
    WORKER = "worker", "工勤编制", "workers"
    OTHER = "other", "其他编制", "other"


QUOTA_COLUMNS = {
    EstablishmentKind.ADMINISTRATIVE: "establishment",
    EstablishmentKind.CIVIL_SERVANT_INSTITUTION: "civil_servant_institution_establishment",
    EstablishmentKind.INSTITUTION: "institution_establishment",
    EstablishmentKind.WORKER: "worker_establishment",
    EstablishmentKind.OTHER: "other_establishment",
}
NOWHERE = "unknown"
"""Key of the row of persons whose organ nobody named."""

_ALLOWED, _ACTUAL = _("编制数"), _("实有人数")
_NOWHERE = _("所在机构不详")

UNCLEAR = MessageKind(
    "counting/establishment-unclear",
    _("{count}人未填编制类型或人员管理状态，或写法不在设置之内，列“不详”，不计入实有人数。"),
)
ELSEWHERE = MessageKind(
    "counting/elsewhere",
    _("{count}人的统计关系所在单位与表列机构名称都不相符，未列入：{names}。"),
)
EMPTY_ORGANS = MessageKind(
    "counting/no-establishment", _("另有{count}个机构既未登记编制也没有人员，未列入。")
)


@dataclass(slots=True)
class _Books:
    """Persons of one organ by kind; `unclear` may belong to any of the kinds given."""

    sure: dict[EstablishmentKind, list[str]] = field(default_factory=lambda: defaultdict(list))
    unclear: list[tuple[str, EstablishmentKind | None]] = field(default_factory=list)

    def filling(self, kind: EstablishmentKind, allowed: int | None) -> Filling:
        doubtful = tuple(person for person, own in self.unclear if own in (None, kind))
        return Filling(allowed, tuple(self.sure[kind]), doubtful)


def establishment_table(roster: Roster, as_of: date, settings: CountingSettings) -> FigureTable:
    """Rows by organ id, then `unknown` where somebody's organ is not known, then the total.

    Columns `<kind>_allowed`, `_actual`, `_over`, `_short` for each `EstablishmentKind`, and
    `unknown` where there is anybody unclear.
    """
    books, elsewhere = _books(roster, as_of, settings)
    rows = []
    organs = ordered_organs(roster)
    for organ in organs:
        own = books.get(organ["organ_id"], _Books())
        quotas = {kind: organ[name] for kind, name in QUOTA_COLUMNS.items()}
        if organ["organ_id"] not in books and all(each is None for each in quotas.values()):
            continue
        texts = {column.key: organ[column.key] or "" for column in ORGAN_COLUMNS}
        rows.append(_row(organ["organ_id"], texts, own, quotas))
    skipped = len(organs) - len(rows)
    if NOWHERE in books:
        rows.append(_row(NOWHERE, {"organ_name": _NOWHERE}, books[NOWHERE], {}))
    if not rows:
        groups = {kind.value: kind.zh for kind in EstablishmentKind}
        columns = (*ORGAN_COLUMNS[:2], *quota_columns(groups, _ALLOWED, _ACTUAL))
        return FigureTable(as_of, columns, (), (NO_ORGANS(),))
    unclear = [person for row in rows for person in row.figures["unknown"].persons]
    columns = (
        *ORGAN_COLUMNS[:2],
        *quota_columns({kind.value: kind.zh for kind in EstablishmentKind}, _ALLOWED, _ACTUAL),
        *((UNKNOWN_COLUMN,) if unclear else ()),
    )
    notes = quota_notes([row for row in rows if row.key != NOWHERE], columns)
    if unclear:
        notes.append(UNCLEAR(count=len(unclear)))
    if elsewhere:
        names = shortened(elsewhere, AND_OTHER_PERSONS)
        notes.append(ELSEWHERE(count=len(elsewhere), names=names))
    if skipped:
        notes.append(EMPTY_ORGANS(count=skipped))
    total = total_row(rows, columns, {"organ_name": TOTAL})
    return FigureTable(as_of, columns, (*rows, total), tuple(notes))


def _row(
    key: str,
    texts: dict[str, str],
    books: _Books,
    quotas: dict[EstablishmentKind, int | None],
) -> FigureRow:
    figures = {"unknown": counted(person for person, _kind in books.unclear)}
    for kind in EstablishmentKind:
        figures |= books.filling(kind, quotas.get(kind)).figures(kind.value)
    return FigureRow(key, texts, figures)


def _books(
    roster: Roster, as_of: date, settings: CountingSettings
) -> tuple[dict[str, _Books], list[str]]:
    """Books by organ id, and names of persons whose unit is not among the organs."""
    organ_of = _organs_by_wording(roster)
    kinds = {
        _bare(word): kind
        for kind in EstablishmentKind
        for word in getattr(settings.establishment_words, kind.value)
    }
    states = {_bare(word): True for word in settings.in_office_words}
    states |= {_bare(word): False for word in settings.left_words}
    posts = roster["posts"].select("post_id", post_organ="organ_id")
    seated = (
        seat_facts(roster, seats_at(roster, as_of), as_of)
        .join(posts, left_on="current_post_id", right_on="post_id", how="left")
        .select("person_id", "post_organ")
    )
    people = roster["persons"].select(
        "person_id", "name", "reporting_organ", "establishment_kind", "management_status"
    )
    people = people.join(seated, on="person_id", how="left", maintain_order="left")
    books: dict[str, _Books] = defaultdict(_Books)
    elsewhere = []
    for person, name, unit, kind_text, state, post_organ in people.sort("person_id").iter_rows():
        # Whoever holds a post is in office whether or not the state says so.
        in_office = states.get(_bare(state)) if state else None
        in_office = True if post_organ is not None and in_office is None else in_office
        if in_office is False:
            continue
        if unit and _bare(unit) not in organ_of:
            elsewhere.append(name)
            continue
        organ = organ_of[_bare(unit)] if unit else post_organ or NOWHERE
        kind = kinds.get(_bare(kind_text)) if kind_text else None
        if in_office and kind is not None:
            books[organ].sure[kind].append(person)
        else:
            books[organ].unclear.append((person, kind))
    return dict(books), elsewhere


def _organs_by_wording(roster: Roster) -> dict[str, str]:
    """Every wording that names exactly one organ: name, short name, unit code, id."""
    rows = roster["organs"].select("organ_id", "organ_name", "short_name", "unit_code")
    found: dict[str, set[str]] = defaultdict(set)
    for organ, *wordings in rows.iter_rows():
        for wording in (organ, *wordings):
            if wording:
                found[_bare(wording)].add(organ)
    return {wording: next(iter(organs)) for wording, organs in found.items() if len(organs) == 1}


def _bare(text: str) -> str:
    """The wording without blanks and with one kind of brackets."""
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")
