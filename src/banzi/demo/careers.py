"""Careers that hold together: study, first post, level after level, month to month, no gap.

A career is a row of levels (科员 … 厅局级), each in one sector (township, county, city, province,
enterprise, university), with one to three posts at each level. Levels are never skipped and last
at least as long as the next promotion requires, so that every breach of a rule in the finished
region was put there on purpose by `world`.
"""

from __future__ import annotations

from random import Random

from banzi.demo.knobs import Vocabulary
from banzi.demo.people import LEVELS, Official, Step, Study, Within
from banzi.kernel.dates import month_index
from banzi.people.choices import CareerTag

TOWN, COUNTY, CITY, PROVINCE, FIRM, SCHOOL = "town", "county", "city", "province", "firm", "school"

PATHS: dict[str, tuple[tuple[str, ...], ...]] = {
    "county_leaders": (
        (TOWN, TOWN, TOWN, COUNTY, COUNTY),
        (COUNTY, TOWN, TOWN, COUNTY, COUNTY),
        (TOWN, COUNTY, COUNTY, COUNTY, COUNTY),
    ),
    "bureau_heads": (
        (TOWN, TOWN, CITY, CITY, CITY),
        (COUNTY, COUNTY, CITY, CITY, CITY),
        (TOWN, TOWN, TOWN, COUNTY, CITY),
    ),
    "province_divisions": (
        (TOWN, PROVINCE, PROVINCE, PROVINCE, PROVINCE),
        (COUNTY, COUNTY, PROVINCE, PROVINCE, PROVINCE),
    ),
    "enterprise": ((FIRM, FIRM, FIRM, FIRM, FIRM),),
    "university": ((TOWN, SCHOOL, SCHOOL, SCHOOL, SCHOOL),),
    "laboratory": ((SCHOOL, SCHOOL, SCHOOL, SCHOOL, SCHOOL),),
    "organs_only": ((PROVINCE, PROVINCE, PROVINCE, PROVINCE, PROVINCE),),
}
"""Sectors of the levels 科员, 乡科副, 乡科正, 县处副, 县处正; the last one also serves above."""

LEAST_MONTHS = {"1A50": 30, "1A42": 26, "1A41": 38, "1A32": 28, "1A31": 40, "1A22": 30}
_WEIGHTS = {"1A50": 38, "1A42": 36, "1A41": 46, "1A32": 50, "1A31": 62, "1A22": 60}

_REFORM = month_index(2018, 11)
_RENAMED = {
    "生态环境": (_REFORM, "环境保护"),
    "农业农村": (_REFORM, "农业"),
    "应急管理": (_REFORM, "安全生产监督管理"),
    "自然资源": (_REFORM, "国土资源"),
    "林业和草原": (_REFORM, "林业"),
    "市场监督管理": (_REFORM, "工商行政管理"),
    "文化旅游": (_REFORM, "文化"),
    "工业和信息化": (month_index(2009, 7), "经济贸易"),
}
"""Name of today → month of the change, name before."""


def months_needed(level: str, months_at_level: int) -> int:
    """Fewest months of work that lead to so long a time at a level."""
    below = LEVELS[: LEVELS.index(level)]
    return sum(LEAST_MONTHS[each] for each in below) + months_at_level


def add_studies(rng: Random, person: Official, words: Vocabulary, master: bool) -> None:
    """Full-time study from the age of 18 or 19; work starts in the month of graduation (July)."""
    field = person.main_field.value
    born_year, born_month = person.born // 12, person.born % 12 + 1
    entered_year = born_year + (18 if born_month <= 8 else 19)
    major = rng.choice(words.majors[field])
    degree = words.degrees[field]
    start, end = entered_year * 12 + 8, (entered_year + 4) * 12 + 6
    school = rng.choice(words.schools)
    person.studies.append(Study(True, start, end, "大学", "21", f"{degree}学士", school, major))
    if master:
        start, end = end + 2, (entered_year + 7) * 12 + 6
        school = rng.choice(words.schools)
        study = Study(True, start, end, "研究生", "11", f"{degree}硕士", school, major)
        person.studies.append(study)
    person.work_started = end


def add_in_service_study(rng: Random, person: Official, words: Vocabulary) -> bool:
    """A course of two or three years beside one post; False when no post is long enough.

    A university's master's degree, or a diploma of the Party school (formats.md 1.6: always under
    在职).
    """
    fits = [
        (start, start + months)
        for stay in person.steps[1:]
        for months in (34, 22)
        if (start := stay.started + (8 - stay.started) % 12) + months <= (stay.ended or 0)
    ]
    if not fits:
        return False
    start, end = rng.choice(fits)
    if rng.random() < 0.5:
        school, major = rng.choice(words.schools), "公共管理"
        study = Study(False, start, end, "研究生", "11", "公共管理硕士", school, major)
        note = f"在{school}{major}专业在职研究生学习，获公共管理硕士学位"
    else:
        school, major = f"中共{words.province}省委党校", "经济管理"
        study = Study(False, start, end, "省委党校研究生", "1B", "", school, major)
        note = f"在{school}在职研究生班{major}专业学习"
    person.studies.append(study)
    person.within.append(Within(start, end, note))
    return True


def add_steps(
    rng: Random,
    person: Official,
    words: Vocabulary,
    path: tuple[str, ...],
    level: str,
    months_at_level: int,
    as_of: int,
    one_post_now: bool = False,
) -> None:
    """Fill `person.steps` from the start of work to `as_of`, `months_at_level` at the top level.

    At the top level there are two posts, or one when the time is short or `one_post_now` asks so.

    Raises
    ------
    ValueError
        When the person is too young for the career (the caller draws another birth month).
    """
    below = LEVELS[: LEVELS.index(level)]
    free = as_of - person.work_started - months_needed(level, months_at_level)
    if free < 0:
        raise ValueError("too young for this career")
    shares = [_WEIGHTS[each] * rng.uniform(0.7, 1.3) for each in below]
    start = person.work_started
    home = _Home(rng, words, person)
    for index, each in enumerate(below):
        extra = int(free * shares[index] / sum(shares))
        end = (
            as_of - months_at_level
            if index == len(below) - 1
            else start + LEAST_MONTHS[each] + extra
        )
        wanted = 2 if index >= len(below) - 2 else rng.choice((1, 2, 2))
        _fill_level(home, person, path[min(index, 4)], each, start, end, wanted)
        start = end
    person.level_since = start
    count = 1 if one_post_now or months_at_level < 30 else 2
    _fill_level(home, person, path[min(len(below), 4)], level, start, None, count, as_of)


def _fill_level(
    home: _Home,
    person: Official,
    sector: str,
    level: str,
    start: int,
    end: int | None,
    count: int,
    as_of: int = 0,
) -> None:
    """`count` posts of about equal length at one level in one sector."""
    span = (as_of if end is None else end) - start
    cuts = [start + span * part // count for part in range(count)]
    used: set[tuple[str, str]] = set()
    for number, begin in enumerate(cuts):
        stop = cuts[number + 1] if number + 1 < count else end
        organ, post = home.title(sector, level, number, used)
        used.add((organ, post))
        titles = ((name_at_the_time(organ, begin), post),)
        person.steps.append(Step(begin, stop, titles, level, tags_of(sector, level)))


def name_at_the_time(organ: str, month: int) -> str:
    """The bureau's name when the stay began: units are named as at that time (formats.md 1.4)."""
    for now, (renamed, before) in _RENAMED.items():
        if month < renamed:
            organ = organ.replace(now, before)
    return organ


def tags_of(sector: str, level: str) -> frozenset[CareerTag]:
    """What a stay counts as; leading posts in townships and counties also as leadership there."""
    tags = {
        TOWN: {CareerTag.GRASSROOTS},
        COUNTY: {CareerTag.GRASSROOTS},
        CITY: set[CareerTag](),
        PROVINCE: {CareerTag.HIGHER_ORGAN},
        FIRM: {CareerTag.GRASSROOTS, CareerTag.ENTERPRISE},
        SCHOOL: {CareerTag.UNIVERSITY, CareerTag.INSTITUTION},
    }[sector]
    if sector == TOWN and level in ("1A42", "1A41"):
        tags = {*tags, CareerTag.TOWNSHIP_LEADERSHIP}
    if sector == COUNTY and level in ("1A32", "1A31"):
        tags = {*tags, CareerTag.COUNTY_LEADERSHIP}
    return frozenset(tags)


class _Home:
    """Where one official works: one county, its townships, one kind of bureau throughout."""

    def __init__(self, rng: Random, words: Vocabulary, person: Official) -> None:
        self._rng = rng
        self._words = words
        if person.group == "deputies_elsewhere":
            self.city = rng.choice(words.neighbours)
            self._counties = words.neighbour_counties[self.city]
        else:
            self.city = words.prefecture
            self._counties = (*words.districts, *words.counties)
        self._county = rng.choice(self._counties)
        self._bureaus = words.bureaus[person.main_field.value]
        self._firm = rng.choice(words.companies)
        self._school = rng.choice(words.schools)

    def title(
        self, sector: str, level: str, number: int, used: set[tuple[str, str]]
    ) -> tuple[str, str]:
        """Organ and post name; a second stay at a level is in another post or another county."""
        if level == "1A32" and number == 0:
            self._county = self._rng.choice(self._counties)
        write = {
            TOWN: self._town,
            COUNTY: self._county_post,
            CITY: self._city,
            PROVINCE: self._province,
            FIRM: self._firm_post,
            SCHOOL: self._school_post,
        }[sector]
        for _attempt in range(20):
            found = write(level, number)
            if found not in used:
                return found
            self._county = self._rng.choice(self._counties)
        raise AssertionError("no further title")

    def _town(self, level: str, number: int) -> tuple[str, str]:
        town = self._rng.choice(self._words.townships)
        kind = town[-1]
        organ = f"{self._county}{town}"
        return {
            "1A50": (f"{organ}人民政府", "科员"),
            "1A42": (organ, ("党委委员、副" + kind + "长", "党委副书记")[number % 2]),
            "1A41": (organ, ("党委副书记、" + kind + "长", "党委书记")[number % 2]),
        }[level]

    def _county_post(self, level: str, number: int) -> tuple[str, str]:
        county, kind = self._county, self._county[-1]
        party = f"中共{county}委"
        bureau = self._rng.choice(self._bureaus)
        return {
            "1A50": (f"{county}{bureau}", "科员"),
            "1A42": (f"{county}{bureau}", ("副局长", "党组成员、副局长")[number % 2])
            if bureau.endswith(("局", "会"))
            else (party + "办公室", "副主任"),
            "1A41": (f"{county}{bureau}", "局长")
            if bureau.endswith("局")
            else (f"{county}人民政府办公室", "主任"),
            "1A32": (
                (f"{county}人民政府", f"副{kind}长"),
                (
                    party,
                    self._rng.choice(("常委、组织部部长", "常委、宣传部部长", "常委、政法委书记")),
                ),
            )[number % 2],
            "1A31": ((f"{county}人民政府", f"{kind}长"), (party, "书记"))[number % 2],
        }[level]

    def _city(self, level: str, number: int) -> tuple[str, str]:
        bureau = self._bureaus[number % len(self._bureaus)]
        chief = "局长" if bureau.endswith("局") else "主任"
        organ = f"{self.city}{bureau}"
        return {
            "1A50": (organ, "科员"),
            "1A42": (organ, ("办公室副主任", "综合科副科长")[number % 2]),
            "1A41": (organ, ("综合科科长", "办公室主任")[number % 2]),
            "1A32": (organ, ("副" + chief, "党组成员、副" + chief)[number % 2]),
            "1A31": (organ, f"党组书记、{chief}"),
            "1A22": (
                (f"{self.city}人民政府", "副市长"),
                (f"中共{self.city}委", "常委、秘书长"),
            )[number % 2],
        }[level]

    def _province(self, level: str, number: int) -> tuple[str, str]:
        bureau = self._bureaus[number % len(self._bureaus)]
        organ = f"{self._words.province}省{_provincial(bureau)}"
        return {
            "1A50": (organ, "科员"),
            "1A42": (organ, ("副主任科员", "办公室副主任科员")[number % 2]),
            "1A41": (organ, ("主任科员", "办公室主任科员")[number % 2]),
            "1A32": (organ, ("办公室副主任", "综合处副处长")[number % 2]),
            "1A31": (organ, ("综合处处长", "办公室主任")[number % 2]),
            "1A22": (organ, ("党组成员、副厅长", "党组副书记、副厅长")[number % 2]),
        }[level]

    def _firm_post(self, level: str, number: int) -> tuple[str, str]:
        return {
            "1A50": (self._firm, ("技术员", "助理工程师")[number % 2]),
            "1A42": (self._firm, ("车间副主任", "工程部副部长")[number % 2]),
            "1A41": (self._firm, ("车间主任", "工程部部长")[number % 2]),
            "1A32": (self._firm, ("总经理助理", "副总经理")[number % 2]),
            "1A31": (self._firm, ("总经理", "党委书记、董事长")[number % 2]),
        }[level]

    def _school_post(self, level: str, number: int) -> tuple[str, str]:
        return {
            "1A50": (self._school, ("教师", "辅导员")[number % 2]),
            "1A42": (self._school, ("教研室副主任", "科研处副科长")[number % 2]),
            "1A41": (self._school, ("教研室主任", "科研处科长")[number % 2]),
            "1A32": (self._school, ("二级学院副院长", "科研处副处长")[number % 2]),
            "1A31": (self._school, ("二级学院院长", "科研处处长")[number % 2]),
        }[level]


def _provincial(bureau: str) -> str:
    """The provincial counterpart of a city bureau: 财政局 → 财政厅; commissions keep their name."""
    return bureau.removesuffix("局") + "厅" if bureau.endswith("局") else bureau
