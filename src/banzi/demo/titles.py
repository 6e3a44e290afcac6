"""Where an official works and what the post is called, by sector and level.

One official keeps to one county, its townships and one kind of bureau, and moves as careers do:
to another county as deputy head, to other bureaus when there is no room. Posts held today are
given out once (heads) or a few times (deputies) in the whole region: no two county heads of one
county, and nobody beside the members of a team.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from banzi.demo.knobs import Words
from banzi.demo.people import PRINCIPAL_LEVELS, Official

TOWN, COUNTY, CITY, PROVINCE, FIRM, SCHOOL = "town", "county", "city", "province", "firm", "school"

Title = tuple[str, str]
"""Organ and post name."""

_DEPUTIES = 4
"""So many deputies of one title an organ has at most."""

_ZONES = ("经济开发区", "现代农业产业园区", "文化旅游度假区")


class Taken:
    """Titles held today, over the whole region; those of the teams are never given to others."""

    def __init__(self) -> None:
        self._held: Counter[Title] = Counter()
        self._closed: set[Title] = set()

    def close(self, title: Title) -> None:
        """A post of a team: only its seat counts."""
        self._closed.add(title)

    def is_closed(self, title: Title) -> bool:
        return title in self._closed

    def take(self, title: Title, level: str) -> bool:
        """Whether there is room, and if so take it; 局长 and 党组书记、局长 are one post."""
        most = 1 if level in PRINCIPAL_LEVELS else _DEPUTIES
        office = title[0], title[1].removeprefix("党组书记、")
        if self._held[office] >= most:
            return False
        self._held[office] += 1
        return True

    def crowd(self, title: Title) -> None:
        """Take a title that is full: only a region far larger than its places comes to this."""
        self._held[title] += 1


class Workplaces:
    """Titles for one official; `county` is where he stays when his area is a county."""

    def __init__(
        self,
        rng: Random,
        words: Words,
        person: Official,
        taken: Taken,
        county: str | None = None,
        from_elsewhere: bool = False,
    ) -> None:
        self._rng = rng
        self._words = words
        self._taken = taken
        self._own, self._away = county, from_elsewhere
        near = rng.choice(words.neighbours) if from_elsewhere else words.place
        self._city, self._counties = near.name, near.county_level
        self._county = county if county and not from_elsewhere else rng.choice(self._counties)
        field = person.main_field.value
        self._bureaus = words.base.bureaus[field]
        self._other_bureaus = tuple(
            name for key, names in words.base.bureaus.items() if key != field for name in names
        )
        self._firm = rng.choice(words.companies)
        self._school = rng.choice(words.schools)

    def come_home(self) -> None:
        """Whoever began elsewhere is moved to the prefecture of his area (交流); others stay."""
        if not self._away:
            return
        self._away = False
        self._city, self._counties = self._words.prefecture, self._words.counties
        self._county = self._own or self._rng.choice(self._counties)

    def title(self, sector: str, level: str, number: int, used: set[Title], current: bool) -> Title:
        """The title of a stay; a second stay at a level is in another post or another county."""
        if level == "1A32" and number == 0 and sector == COUNTY and not (current and self._own):
            self._county = self._rng.choice(self._counties)
        last: Title | None = None
        for found in self._options(sector, level, number):
            if found in used or (current and self._taken.is_closed(found)):
                continue
            if not current or self._taken.take(found, level):
                return found
            last = last or found
        if last is None:
            raise AssertionError("no further title")
        self._taken.crowd(last)
        return last

    def _options(self, sector: str, level: str, number: int) -> Iterator[Title]:
        """Titles that fit, the most natural first; where they end, posts nobody runs short of."""
        write = {
            TOWN: self._town,
            COUNTY: self._county_posts,
            CITY: self._city_posts,
            PROVINCE: self._province,
            FIRM: self._firm_posts,
            SCHOOL: self._school_posts,
        }[sector]
        yield from write(level, number)
        yield from write(level, number + 1)
        if sector == TOWN and level == "1A41":
            for town in self._words.townships(self._county):
                yield f"{self._county}{town}", "人大主席"
            yield from self._county_posts(level, number)
        if level in _INSPECTORS:
            place = self._city if level in ("1A31", "1A32") else self._county
            for count in range(1, 13):
                yield f"中共{place}委第{_NUMBERS[count]}巡察组", _INSPECTORS[level]

    def _near(self, everywhere: bool = True) -> Iterator[str]:
        yield self._county
        if everywhere and not self._own:
            yield from self._rng.sample(self._counties, len(self._counties))

    def _town(self, level: str, number: int) -> Iterator[Title]:
        for county in self._near():
            for town in self._rng.sample(self._words.townships(county), 10):
                kind, organ = town[-1], f"{county}{town}"
                yield {
                    "1A50": (f"{organ}人民政府", "科员"),
                    "1A42": (organ, (f"党委委员、副{kind}长", "党委副书记")[number % 2]),
                    "1A41": (organ, (f"党委副书记、{kind}长", "党委书记")[number % 2]),
                }[level]

    def _county_posts(self, level: str, number: int) -> Iterator[Title]:
        if level in ("1A32", "1A31"):
            yield from self._county_leaders(level, number)
            return
        for county in self._near(everywhere=False):
            for bureau in (*self._shuffled(self._bureaus), *self._shuffled(self._other_bureaus)):
                organ = f"{county}{bureau}"
                chief = _chief(bureau)
                if level == "1A50":
                    yield organ, "科员"
                elif level == "1A42":
                    yield organ, (f"副{chief}", f"党组成员、副{chief}")[number % 2]
                else:
                    yield organ, (chief, f"党组书记、{chief}")[number % 2]

    def _county_leaders(self, level: str, number: int) -> Iterator[Title]:
        for county in self._near():
            kind = county[-1]
            party, office = f"中共{county}委", f"{county}人民政府"
            if level == "1A31":
                yield ((office, f"{kind}长"), (party, "书记"))[number % 2]
            elif number % 2 == 0:
                yield office, f"副{kind}长"
            else:
                for part in self._shuffled(("组织部部长", "宣传部部长", "政法委书记")):
                    yield party, f"常委、{part}"
        for county in self._near():
            if level == "1A31":
                yield f"{county}人大常委会", "主任"
                yield f"政协{county}委员会", "主席"
            for zone in _ZONES:
                head = ("管委会主任", "党工委书记")[number % 2]
                yield f"{county}{zone}", head if level == "1A31" else "管委会副主任"

    def _city_posts(self, level: str, number: int) -> Iterator[Title]:
        if level == "1A22":
            yield f"{self._city}人民政府", "副市长"
            yield f"中共{self._city}委", "常委、秘书长"
            return
        own = self._bureaus[number % len(self._bureaus) :]
        for bureau in (*own, *self._bureaus, *self._shuffled(self._other_bureaus)):
            organ, chief = f"{self._city}{bureau}", _chief(bureau)
            yield {
                "1A50": (organ, "科员"),
                "1A42": (organ, ("办公室副主任", "综合科副科长")[number % 2]),
                "1A41": (organ, ("综合科科长", "办公室主任")[number % 2]),
                "1A32": (organ, (f"副{chief}", f"党组成员、副{chief}")[number % 2]),
                "1A31": (organ, f"党组书记、{chief}"),
            }[level]

    def _province(self, level: str, number: int) -> Iterator[Title]:
        own = self._bureaus[number % len(self._bureaus) :]
        for bureau in (*own, *self._bureaus, *self._shuffled(self._other_bureaus)):
            name = self._provincial(bureau)
            organ, chief = f"{self._words.province}省{name}", _chief(name)
            divisions = self._shuffled(self._words.base.provincial_divisions)
            if level == "1A22":
                yield organ, (f"党组成员、副{chief}", f"党组副书记、副{chief}")[number % 2]
            elif level in ("1A32", "1A31"):
                for division in divisions:
                    yield organ, division + ("处长" if level == "1A31" else "副处长")
            else:
                office = ("", "办公室")[number % 2] if level != "1A50" else ""
                rank = {"1A50": "科员", "1A42": "副主任科员", "1A41": "主任科员"}[level]
                yield organ, office + rank

    def _firm_posts(self, level: str, number: int) -> Iterator[Title]:
        for firm in (self._firm, *self._shuffled(self._words.companies)):
            yield {
                "1A50": (firm, ("技术员", "助理工程师")[number % 2]),
                "1A42": (firm, ("车间副主任", "工程部副部长")[number % 2]),
                "1A41": (firm, ("车间主任", "工程部部长")[number % 2]),
                "1A32": (firm, ("总经理助理", "副总经理")[number % 2]),
                "1A31": (firm, ("总经理", "党委书记、董事长")[number % 2]),
            }[level]

    def _school_posts(self, level: str, number: int) -> Iterator[Title]:
        for school in (self._school, *self._shuffled(self._words.schools)):
            for faculty in self._shuffled(self._words.base.faculties):
                yield {
                    "1A50": (school, ("教师", "辅导员")[number % 2]),
                    "1A42": (school, ("教研室副主任", "科研处副科长")[number % 2]),
                    "1A41": (school, ("教研室主任", "科研处科长")[number % 2]),
                    "1A32": (school, (f"{faculty}副院长", "科研处副处长")[number % 2]),
                    "1A31": (school, (f"{faculty}院长", f"{faculty}党委书记")[number % 2]),
                }[level]

    def _provincial(self, bureau: str) -> str:
        """The provincial counterpart of a city bureau: 财政局 → 财政厅; others keep their name."""
        name = bureau.removesuffix("局")
        return f"{name}厅" if name in self._words.base.departments else bureau

    def _shuffled(self, names: tuple[str, ...]) -> list[str]:
        return self._rng.sample(names, len(names))


_INSPECTORS = {"1A31": "组长", "1A32": "副组长", "1A41": "组长"}
"""Groups that a city and a county send out on inspection; a county's is one tier lower."""

_NUMBERS = ("", *"一二三四五六七八九十", "十一", "十二")


def _chief(bureau: str) -> str:
    return f"{bureau[-1]}长" if bureau.endswith(("局", "厅")) else "主任"
