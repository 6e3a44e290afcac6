"""Careers that hold together: study, first post, level after level, month to month, no gap.

A career is a row of levels (科员 … 厅局级), each in one sector (township, county, city, province,
enterprise, university), with one to three posts at each level. Levels are never skipped and last
at least as long as the next promotion requires, so that every breach of a rule in the finished
region was put there on purpose by `world`.
"""

from __future__ import annotations

from random import Random

from banzi.demo.knobs import Words
from banzi.demo.people import LEVELS, Official, Step, Study, Within
from banzi.demo.titles import CITY, COUNTY, FIRM, PROVINCE, SCHOOL, TOWN, Workplaces
from banzi.kernel.dates import month_index
from banzi.people.choices import CareerTag

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
    "town_heads": ((TOWN, TOWN, TOWN, COUNTY, COUNTY), (COUNTY, TOWN, TOWN, COUNTY, COUNTY)),
    "county_bureau_heads": (
        (COUNTY, COUNTY, COUNTY, COUNTY, COUNTY),
        (TOWN, TOWN, COUNTY, COUNTY, COUNTY),
    ),
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
    "卫生健康": (_REFORM, "卫生和计划生育"),
    "工业和信息化": (month_index(2009, 7), "经济贸易"),
}
"""Name of today → month of the change, name before."""


def months_needed(level: str, months_at_level: int) -> int:
    """Fewest months of work that lead to so long a time at a level."""
    below = LEVELS[: LEVELS.index(level)]
    return sum(LEAST_MONTHS[each] for each in below) + months_at_level


def add_studies(rng: Random, person: Official, words: Words, master: bool) -> None:
    """Full-time study from the age of 18 or 19; work starts in the month of graduation (July)."""
    field = person.main_field.value
    born_year, born_month = person.born // 12, person.born % 12 + 1
    entered_year = born_year + (18 if born_month <= 8 else 19)
    major = rng.choice(words.base.majors[field])
    degree = words.base.degrees[field]
    start, end = entered_year * 12 + 8, (entered_year + 4) * 12 + 6
    school = rng.choice(words.schools)
    person.studies.append(Study(True, start, end, "大学", "21", f"{degree}学士", school, major))
    if master:
        start, end = end + 2, (entered_year + 7) * 12 + 6
        school = rng.choice(words.universities)
        study = Study(True, start, end, "研究生", "11", f"{degree}硕士", school, major)
        person.studies.append(study)
    person.work_started = end


def add_in_service_study(rng: Random, person: Official, words: Words) -> bool:
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
        school, major = rng.choice(words.universities), "公共管理"
        study = Study(False, start, end, "研究生", "11", "公共管理硕士", school, major)
        note = f"在{school}{major}专业在职研究生学习，获公共管理硕士学位"
    else:
        school, major = f"中共{words.province}省委党校", "经济管理"
        study = Study(False, start, end, "省委党校研究生", "1B", "", school, major)
        note = f"在{school}在职研究生班{major}专业学习"
    person.studies.append(study)
    person.within.append(Within(start, end, note))
    return True


_LONGEST_LOAN, _BRIEF_LOAN = 30, 14

TWO_POSTS_MONTHS = 30
"""Who is so long at the top level has two posts there, as AR/8.2 asks of those who go on."""


def add_secondment(rng: Random, words: Words, person: Official, brief: bool = False) -> bool:
    """Months lent to a county or township (挂职); False when no post is long enough.

    Not brief: up to two and a half years in the longest stay, the only grassroots time of this
    official.
    """
    ended = [stay for stay in person.steps if stay.ended is not None]
    if brief:
        fits = [s for s in ended if s.level in ("1A41", "1A32") and _length(s) > _BRIEF_LOAN]
        if not fits:
            return False
        stay, months = rng.choice(fits), _BRIEF_LOAN
    else:
        stay = max(ended, key=_length)
        months = min(_LONGEST_LOAN, _length(stay) - 1)
    county = rng.choice(words.counties)
    post = f"{county}人民政府党组成员"
    if brief:
        town = rng.choice(words.townships(county))
        post = f"{county}委常委" if stay.level == "1A32" else f"{county}{town}党委副书记"
    start = stay.started + 1
    tags = frozenset({CareerTag.GRASSROOTS, CareerTag.SECONDMENT})
    person.within.append(Within(start, start + months, f"挂任{post}", tags))
    return True


def _length(stay: Step) -> int:
    return (stay.ended or 0) - stay.started


def add_steps(
    rng: Random,
    person: Official,
    places: Workplaces,
    path: tuple[str, ...],
    level: str,
    months_at_level: int,
    as_of: int,
    one_post_now: bool = False,
    goes_on: bool = False,
) -> None:
    """Fill `person.steps` from the start of work to `as_of`, `months_at_level` at the top level.

    At the top level there are two posts, or one when the time is short or `one_post_now` asks so.
    `goes_on` tells that other posts follow: the last stay is then not a post held today. Whoever
    began elsewhere comes home when he becomes 乡科级正职.

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
    for index, each in enumerate(below):
        extra = int(free * shares[index] / sum(shares))
        end = (
            as_of - months_at_level
            if index == len(below) - 1
            else start + LEAST_MONTHS[each] + extra
        )
        if index == 2:
            places.come_home()
        wanted = 2 if index >= len(below) - 2 else rng.choice((1, 2, 2))
        _fill_level(places, person, path[min(index, 4)], each, (start, end), wanted, False)
        start = end
    if len(below) <= 2:
        places.come_home()
    person.level_since = start
    count = 1 if one_post_now or months_at_level < TWO_POSTS_MONTHS else 2
    sector = path[min(len(below), 4)]
    _fill_level(places, person, sector, level, (start, as_of), count, not goes_on)


def _fill_level(
    places: Workplaces,
    person: Official,
    sector: str,
    level: str,
    between: tuple[int, int],
    count: int,
    to_now: bool,
) -> None:
    """`count` posts of about equal length at one level in one sector; the last one held today?"""
    start, end = between
    cuts = [start + (end - start) * part // count for part in range(count)]
    used: set[tuple[str, str]] = set()
    for number, begin in enumerate(cuts):
        last = number + 1 == count
        stop = (None if to_now else end) if last else cuts[number + 1]
        organ, post = places.title(sector, level, number, used, current=to_now and last)
        used.add((organ, post))
        # Units are named as at that time (formats.md 1.4); whoever is still there, as of today.
        named = organ if stop is None else name_at_the_time(organ, begin)
        titles = ((named, post),)
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
