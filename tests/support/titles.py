"""An invented table of organs with two counties that have the same bureaus, and titles with truth.

`planted` writes each post in several ways; every way comes with what it means and whether the words
alone can tell (`tells`): `财政局` without a place cannot, two counties have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from banzi.documents.titles.guessing import DeclaredPost, Knowledge
from banzi.documents.titles.organ_names import Organ, organ_of
from banzi.people.choices import SeatRole

CITY, COUNTIES = "云岭市", ("青禾县", "临溪县")
BUREAUS = {
    "财政局": "财政局",
    "发展和改革局": "发改局",
    "科学技术局": "科技局",
    "自然资源局": "自然资源局",
    "林业和草原局": "林草局",
    "应急管理局": "应急局",
}
CODES = {CITY: "990100", "青禾县": "990121", "临溪县": "990122"}


def organ_rows() -> list[dict[str, object]]:
    """Rows of `organs`: city and two counties with Party, government, congress, CPPCC, bureaus."""
    rows: list[dict[str, object]] = []
    for place in (CITY, *COUNTIES):
        level = "厅局级" if place == CITY else "县处级"
        bureau_level = "县处级" if place == CITY else "乡科级"
        named = [
            ("委", f"中共{place}委员会", f"{place}委", level),
            ("府", f"{place}人民政府", None, level),
            ("人大", f"{place}人民代表大会常务委员会", f"{place}人大常委会", level),
            ("政协", f"中国人民政治协商会议{place}委员会", f"{place}政协", level),
            *((name, f"{place}{name}", None, bureau_level) for name in BUREAUS),
        ]
        for key, name, short, own in named:
            rows.append(
                {
                    "organ_id": f"{place}-{key}",
                    "organ_name": name,
                    "short_name": short,
                    "former_names": f"{place}国土资源局" if key == "自然资源局" else None,
                    "division_code": CODES[place],
                    "organ_level": own,
                }
            )
    return rows


def organs() -> list[Organ]:
    return [organ_of({"former_names": None, **row}) for row in organ_rows()]


def posts() -> list[DeclaredPost]:
    """The city government's posts are declared; those of other organs are not."""
    government = f"{CITY}-府"
    return [
        DeclaredPost("mayor", government, "市长", "1A21", SeatRole.PRINCIPAL),
        DeclaredPost("vice-1", government, "副市长", "1A22", SeatRole.DEPUTY),
        DeclaredPost("vice-2", government, "副市长", "1A22", SeatRole.DEPUTY),
    ]


def knowledge() -> Knowledge:
    return Knowledge.of(organs(), posts())


@dataclass(frozen=True, slots=True)
class Planted:
    """A title of one post, what it means, and whether its words alone can tell the organ."""

    title: str
    organ_id: str
    role: SeatRole
    level: str
    variant: str
    tells: bool = True


def planted() -> Iterator[Planted]:
    """Principals and deputies of every organ, in every way of writing that offices use."""
    for place in (CITY, *COUNTIES):
        top, bureau = ("1A21", "1A31") if place == CITY else ("1A31", "1A41")
        lower = {"1A21": "1A22", "1A31": "1A32", "1A41": "1A42"}
        kind = place[-1]
        heads: list[tuple[str, str, str, dict[str, str]]] = [
            ("府", f"{kind}长", top, {"full": f"{place}人民政府", "short": f"{place}政府"}),
            ("委", "书记", top, {"full": f"中共{place}委员会", "short": f"{place}委"}),
            (
                "人大",
                "主任",
                top,
                {"full": f"{place}人民代表大会常务委员会", "short": f"{place}人大常委会"},
            ),
            (
                "政协",
                "主席",
                top,
                {"full": f"中国人民政治协商会议{place}委员会", "short": f"政协{place}委员会"},
            ),
        ]
        for name, short in BUREAUS.items():
            ways = {"full": f"{place}{name}", "short": f"{place}{short}"}
            ways["without place"] = name
            ways["place by kind"] = f"{kind}{name}"
            if name == "自然资源局":
                ways["former"] = f"{place}国土资源局"
            heads.append((name, "局长", bureau, ways))
        for key, head, level, ways in heads:
            ways["with province"] = f"澜川省{place}{ways['full'].removeprefix(place)}"
            if not ways["full"].startswith(place):
                del ways["with province"]
            for role, words, own in (
                (SeatRole.PRINCIPAL, head, level),
                (SeatRole.DEPUTY, f"副{head}", lower[level]),
            ):
                for variant, written in ways.items():
                    alone = variant == "without place"
                    by_kind = variant == "place by kind" and place != CITY
                    tells = not (alone or by_kind)
                    yield Planted(written + words, f"{place}-{key}", role, own, variant, tells)
        # Beside a post that names the place, the place may be left out.
        for name in BUREAUS:
            title = f"{place}人民政府副{kind}长、党组成员，{kind}{name}局长"
            yield Planted(title, f"{place}-{name}", SeatRole.PRINCIPAL, bureau, "after another")


ELSEWHERE = (
    "澜川省财政厅厅长",
    "青禾县民政局局长",
    "云岭市人民政府办公室主任",
    "云岭市财政局综合科科长",
    "澜川大学校长",
    "砚湖县财政局局长",
    "云岭市青禾路小学校长",
    "澜川交通建设集团有限公司党委书记、董事长",
)
"""Titles of organs that the table does not have."""
