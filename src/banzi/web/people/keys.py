"""What a person is found and ordered by: stored, and made anew whenever an act changes its sources.

The keys come from the name, the posts as written, and the seat held now with its organ. Nothing
in them is not in the records, so they leave no entry among the changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from banzi.codes.levels import rank_seniority, seniority
from banzi.codes.pinyin import search_keys, syllables
from banzi.codes.strokes import digits_key
from banzi.codes.texts import MIDDLE_DOT, clean_name
from banzi.web.audit.models import Change
from banzi.web.people.models import PersonKey
from banzi.web.records.models import RECORDS

_OF_PERSONS = ("persons", "seats")
_OF_POSTS = ("posts", "post_teams", "teams", "organs")
_AT_A_TIME = 500
_LAST = 99_999
"""Place of what has no place of its own."""


def follow_changes(act_id: str) -> None:
    """Make the keys anew of everybody whom the act's changes may concern."""
    changes = Change.objects.filter(act_id=act_id)
    touched = set(
        changes.filter(table_name__in=(*_OF_PERSONS, *_OF_POSTS))
        .values_list("table_name", flat=True)
        .distinct()
    )
    if touched.intersection(_OF_POSTS):
        refresh(set(RECORDS["seats"]._default_manager.values_list("person_id", flat=True)))
    if touched.intersection(_OF_PERSONS):
        found = changes.filter(table_name__in=_OF_PERSONS).values_list("person_id", flat=True)
        refresh({person for person in found if person})


def refresh(person_ids: Collection[str]) -> None:
    """Make the keys of these persons; of one who is gone, nothing stays. Call inside an act."""
    if not person_ids:
        return
    places = _places_of_posts()
    wanted = sorted(person_ids)
    for start in range(0, len(wanted), _AT_A_TIME):
        some = wanted[start : start + _AT_A_TIME]
        seats: dict[str, list[tuple[str, int | None]]] = {}
        held = RECORDS["seats"]._default_manager.filter(person_id__in=some, ended_on=None)
        for person, post, started in held.values_list("person_id", "post_id", "started_on"):
            seats.setdefault(person, []).append((post, started))
        rows = RECORDS["persons"]._default_manager.filter(pk__in=some).values(*_READ)
        made = [_keys(row, seats.get(row["person_id"], []), places) for row in rows]
        PersonKey.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=_KEPT,
        )


_READ = ("person_id", "name", "current_posts_text", "reporting_organ", "post_level", "rank")
_KEPT = [field.name for field in PersonKey._meta.concrete_fields if not field.primary_key]


class _Place:
    """Where a post stands: the order of its team and its own, and the organ."""

    __slots__ = ("organ_id", "post", "rank", "unit")

    def __init__(self, rank: str, organ_id: str, unit: str, post: str) -> None:
        self.rank, self.organ_id, self.unit, self.post = rank, organ_id, unit, post


def _places_of_posts() -> dict[str, _Place]:
    of_posts = RECORDS["post_teams"]._default_manager.filter(team_order=1)
    first_team = dict(of_posts.values_list("post_id", "team_id"))
    teams = dict(RECORDS["teams"]._default_manager.values_list("team_id", "display_order"))
    return {
        row["post_id"]: _Place(
            _digits(teams.get(first_team.get(row["post_id"], "")), row["display_order"]),
            row["organ_id"],
            row["organ__short_name"] or row["organ__organ_name"],
            row["post_name"],
        )
        for row in RECORDS["posts"]._default_manager.values(
            "post_id",
            "post_name",
            "display_order",
            "organ_id",
            "organ__organ_name",
            "organ__short_name",
        )
    }


def _keys(
    row: dict[str, Any], seats: list[tuple[str, int | None]], places: dict[str, _Place]
) -> PersonKey:
    name = row["name"]
    held = sorted(
        ((places[post], started) for post, started in seats if post in places),
        key=lambda each: each[0].rank,
    )
    first, since = held[0] if held else (None, None)
    level, rank = seniority(row["post_level"] or ""), rank_seniority(row["rank"] or "")
    return PersonKey(
        person_id=row["person_id"],
        name=squeezed(name),
        pinyin="".join(f" {key}" for key in pinyin_words(name)),
        words="|".join(squeezed(text) for text in _told(row, [place for place, _ in held])),
        organ_id=first.organ_id if first else None,
        unit=first.unit if first else row["reporting_organ"],
        seated_on=since,
        by_strokes=digits_key(name),
        by_pinyin="0".join(syllables(name)),
        by_rank=f"0{first.rank}" if first else f"1{_digits(99 - (level or 0), 99 - (rank or 0))}",
    )


def _told(row: dict[str, Any], held: list[_Place]) -> Iterator[str]:
    yield row["name"]
    yield row["current_posts_text"] or ""
    yield row["reporting_organ"] or ""
    for place in held:
        yield f"{place.unit}{place.post}"


def _digits(*numbers: int | None) -> str:
    return "".join(f"{min(max(_LAST if n is None else n, 0), _LAST):05d}" for n in numbers)


def pinyin_words(name: str) -> Iterable[str]:
    """Every run of letters that typing the name may begin with: from each syllable to the end.

    `王小明` → wangxiaoming, wxm, xiaoming, xm, ming, m. Every reading of a surname counts.
    """
    words = dict.fromkeys(search_keys(name))
    parts = syllables(name)
    for start in range(1, len(parts)):
        words["".join(parts[start:])] = None
        words["".join(part[:1] for part in parts[start:])] = None
    return words


def squeezed(text: str) -> str:
    """A text to be searched: clean, without blanks and middle dots, in lower case."""
    return "".join(clean_name(text).replace(MIDDLE_DOT, "").split()).lower()
