"""What a list of persons is narrowed to, ordered by and shows: one reading of its address.

The same reading serves the page, the workbook and a saved list, so that what is exported is what
stands on the screen. What cannot be understood in an address is left out and not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import Mod
from django.http import QueryDict

from banzi.codes.lookup import load
from banzi.documents.codecs.workbook.cells import member
from banzi.kernel.columns import Labelled
from banzi.people import PERSONS
from banzi.people.choices import Sex
from banzi.web.people.models import PersonKey
from banzi.web.people.searching import closeness, search_condition, terms_of

_PARTY_MEMBERS = ("01", "02")
"""中共党员 and 中共预备党员 (GB/T 4762)."""
_AGES = range(15, 100)


class Order(Labelled):
    RANK = "rank", "职务", "post"
    STROKES = "strokes", "姓氏笔画", "surname strokes"
    PINYIN = "pinyin", "拼音", "pinyin"
    OLDEST = "oldest", "出生年月（早→晚）", "birth, oldest first"
    YOUNGEST = "youngest", "出生年月（晚→早）", "birth, youngest first"
    SEATED = "seated", "任现职时间（早→晚）", "in post, longest first"


class Party(Labelled):
    MEMBER = "member", "中共党员（含预备）", "CCP member (or probationary)"
    OTHER = "other", "非中共", "not a CCP member"
    UNKNOWN = "unknown", "不掌握", "not known"


class Seated(Labelled):
    YES = "yes", "有现任职位", "holds a post"
    NO = "no", "无现任职位", "holds no post"


class Columns(Labelled):
    """Columns of the list that the records do not hold as they are."""

    UNIT = "unit", "单位", "unit"
    AGE = "age", "年龄", "age"
    SEATED_ON = "seated_on", "任现职时间", "in post since"


DEFAULT_COLUMNS = (
    "unit",
    "current_posts_text",
    "sex",
    "birth",
    "age",
    "native_place",
    "post_level",
    "rank",
    "political_status",
    "full_time_education",
    "in_service_education",
)
_NOT_IN_LISTS = frozenset(
    {"person_id", "name", "photo_sha256", "source_id", "source_place", "recorded_on",
     "resume_text", "awards_text", "assessments_text", "appointment_reason"}
)  # fmt: skip
OFFERED = (
    *(each.value for each in Columns),
    *(column.name for column in PERSONS if column.name not in _NOT_IN_LISTS),
)
"""Every column that a list may show, beside the name."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list of persons; "" and None where nothing is asked."""

    typed: str = ""
    organ: str = ""
    level: str = ""
    rank: str = ""
    sex: str = ""
    party: str = ""
    seated: str = ""
    age_from: int | None = None
    age_to: int | None = None
    order: str = ""
    columns: tuple[str, ...] = DEFAULT_COLUMNS

    def address(self) -> str:
        """The query as it stands in an address, without the page."""
        pairs = [
            (_NAMES[name], str(value))
            for name in _NAMES
            if (value := getattr(self, name)) not in ("", None)
        ]
        if self.columns != DEFAULT_COLUMNS:
            pairs += [("column", name) for name in self.columns]
        return urlencode(pairs)

    @property
    def narrows(self) -> bool:
        """Whether anything but order and columns is asked."""
        plain = replace(self, order="", columns=DEFAULT_COLUMNS)
        return plain != ListQuery()


_NAMES = {
    "typed": "q",
    "organ": "organ",
    "level": "level",
    "rank": "rank",
    "sex": "sex",
    "party": "party",
    "seated": "seated",
    "age_from": "age-from",
    "age_to": "age-to",
    "order": "order",
}
"""Field → its name in the address."""


def read_query(given: QueryDict) -> ListQuery:
    """The list an address asks for."""
    columns = tuple(name for name in dict.fromkeys(given.getlist("column")) if name in OFFERED)
    return ListQuery(
        typed=given.get("q", "").strip(),
        organ=given.get("organ", ""),
        level=_code("post_level_zb09", given.get("level", "")),
        rank=_code("civil_rank_general", given.get("rank", "")),
        sex=_choice(Sex, given),
        party=_choice(Party, given),
        seated=_choice(Seated, given),
        age_from=_age(given.get("age-from", "")),
        age_to=_age(given.get("age-to", "")),
        order=_choice(Order, given),
        columns=columns if columns and set(columns) != set(DEFAULT_COLUMNS) else DEFAULT_COLUMNS,
    )


def _code(table: str, text: str) -> str:
    return text if load(table).row(text) else ""


def _choice(choices: type[Labelled], given: Mapping[str, str]) -> str:
    text = given.get(choices.__name__.lower(), "")
    return text if text in {each.value for each in choices} else ""


def _age(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) in _AGES else None


def select(
    query: ListQuery, visible: QuerySet[PersonKey], identified: Q, as_of: date
) -> QuerySet[PersonKey]:
    """The persons asked for among those visible, in order; see `search_condition`."""
    found = visible.filter(search_condition(query.typed, identified))
    if query.organ:
        found = found.filter(organ_id=query.organ)
    for name, value in (("post_level", query.level), ("rank", query.rank), ("sex", query.sex)):
        if value:
            found = found.filter(**{f"person__{name}": value})
    if query.party:
        found = found.filter(_party(query.party))
    if query.seated:
        found = found.filter(organ__isnull=query.seated == Seated.NO)
    return _in_order(query, _of_age(query, found, as_of))


def _party(wanted: str) -> Q:
    unknown = Q(person__political_status=None)
    member = Q(person__political_status__in=_PARTY_MEMBERS)
    if wanted == Party.UNKNOWN:
        return unknown
    return member if wanted == Party.MEMBER else ~member & ~unknown


def _of_age(query: ListQuery, found: QuerySet[PersonKey], as_of: date) -> QuerySet[PersonKey]:
    """People who are surely so old, counted to the month; a birth known to the year is not sure."""
    if query.age_from is None and query.age_to is None:
        return found
    found = found.alias(born_in=Mod("person__birth", 10_000)).filter(born_in__gt=0)
    month = as_of.year * 100 + as_of.month
    if query.age_from is not None:
        found = found.filter(person__birth__lt=(month - query.age_from * 100 + 1) * 100)
    if query.age_to is not None:
        found = found.filter(person__birth__gte=(month - (query.age_to + 1) * 100 + 1) * 100)
    return found


_ORDERS = {
    Order.RANK: ("by_rank", "by_strokes"),
    Order.STROKES: ("by_strokes",),
    Order.PINYIN: ("by_pinyin", "by_strokes"),
    Order.OLDEST: ("person__birth", "by_strokes"),
    Order.YOUNGEST: ("-person__birth", "by_strokes"),
    Order.SEATED: ("seated_on", "by_rank"),
}
_NULLABLE = {Order.OLDEST: "person__birth", Order.YOUNGEST: "person__birth",
             Order.SEATED: "seated_on"}  # fmt: skip


def _in_order(query: ListQuery, found: QuerySet[PersonKey]) -> QuerySet[PersonKey]:
    order = member(Order, query.order) if query.order else Order.RANK
    fields: list[str] = [*_ORDERS[order], "person_id"]
    if order in _NULLABLE:
        # Databases disagree on where nulls go: what is not known comes last.
        found = found.alias(unknown=Q(**{f"{_NULLABLE[order]}__isnull": True}))
        fields.insert(0, "unknown")
    if terms_of(query.typed) and not query.order:
        found = found.alias(closeness=closeness(query.typed))
        fields.insert(0, "closeness")
    return found.order_by(*fields)
